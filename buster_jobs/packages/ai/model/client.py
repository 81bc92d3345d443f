"""One request at a time to an endpoint for chat completions. Retries are the caller's.

Imports the openai library, which takes half a second: import this module where a model is asked, inside functions.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, cast

import httpx2
from openai import APIStatusError, APITimeoutError, OpenAI, OpenAIError

from buster_jobs.packages.ai.model.client_errors import error_for_status, error_in_body
from buster_jobs.packages.ai.model.endpoint import ModelEndpoint
from buster_jobs.packages.ai.model.errors import UnusableReply
from buster_jobs.packages.ai.model.reply import Message, Reply, parse_reply
from buster_jobs.packages.errors import BusterError, ConfigurationError, TimedOut, Unavailable

_MAX_BODY_BYTES = 8_000_000
_CONNECT_SECONDS = 10.0


T = TypeVar("T")


class ModelClient:
    """Sends requests one at a time. Use it as a context manager, which closes the connection."""

    def __init__(self, endpoint: ModelEndpoint, clock: Callable[[], float] = time.monotonic) -> None:
        self._endpoint = endpoint
        self._clock = clock
        self._client = _in_our_errors(lambda: _library_client(endpoint), endpoint)

    def __enter__(self) -> "ModelClient":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def complete(self, messages: Sequence[Message], tools: Sequence[Message], timeout: float) -> Reply:
        """Ask the model for its next message, within `timeout` seconds.

        Raises `RateLimited`, `Unavailable`, `TimedOut`, `ConfigurationError`, `ModelRequestRejected`, `UnusableReply`.
        """
        body = _in_our_errors(lambda: self._post(messages, tools, timeout), self._endpoint)
        failure = error_in_body(body, model=self._endpoint.model, key=self._endpoint.key)
        if failure is not None:
            raise failure
        return parse_reply(body)

    def _post(self, messages: Sequence[Message], tools: Sequence[Message], timeout: float) -> bytes:
        deadline = self._clock() + timeout
        request = self._client.chat.completions.with_streaming_response.create(
            model=self._endpoint.model,
            messages=cast("Any", list(messages)),
            tools=cast("Any", list(tools)),
            timeout=httpx2.Timeout(timeout, connect=min(timeout, _CONNECT_SECONDS)),
        )
        with request as response:
            return self._read(response.iter_bytes(), deadline)

    def _read(self, chunks: Iterator[bytes], deadline: float) -> bytes:
        """The whole body. The timeout of a socket restarts with every byte, so the deadline is checked here as well."""
        body = bytearray()
        for chunk in chunks:
            body += chunk
            if self._clock() > deadline:
                raise _timed_out()
            if len(body) > _MAX_BODY_BYTES:
                raise UnusableReply("The model's endpoint sent more than 8 MB; check OPENAI_BASE_URL.")
        return bytes(body)


def _library_client(endpoint: ModelEndpoint) -> OpenAI:
    return OpenAI(api_key=endpoint.key.get_secret_value(), base_url=endpoint.base_url, max_retries=0)


def _in_our_errors(work: Callable[[], T], endpoint: ModelEndpoint) -> T:
    """Raises our errors in place of the library's, without chaining: those hold the request, and with it the key."""
    try:
        return work()
    except BusterError:
        raise
    except Exception as error:
        failure = _ours(error, endpoint)
        if failure is None:
            raise
    raise failure


def _timed_out() -> TimedOut:
    return TimedOut("The model's endpoint did not answer in time; try again later.")


def _ours(error: Exception, endpoint: ModelEndpoint) -> BusterError | None:
    """Our error for one of the library's; None for any other exception, which is a defect of our own code."""
    match error:
        case APIStatusError():
            response = error.response
            return error_for_status(
                response.status_code, response.content, response.headers, model=endpoint.model, key=endpoint.key
            )
        case APITimeoutError() | httpx2.TimeoutException():
            return _timed_out()
        case httpx2.InvalidURL():
            return ConfigurationError("OPENAI_BASE_URL is no valid address; correct it.")
        case OpenAIError() | httpx2.HTTPError() | httpx2.StreamError():
            return Unavailable("The model's endpoint cannot be reached; check OPENAI_BASE_URL, or try again later.")
        case _:
            return None
