"""What each failure of an endpoint becomes, over real HTTP; and that no failure shows the key."""

import logging
import traceback
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from pydantic import SecretStr

from buster_jobs.packages.ai.model.client import ModelClient
from buster_jobs.packages.ai.model.endpoint import ModelEndpoint
from buster_jobs.packages.ai.model.errors import ModelRequestRejected, UnusableReply
from buster_jobs.packages.ai.model.reply import Message, Reply
from buster_jobs.packages.ai.model.tools import tool_schemas
from buster_jobs.packages.errors import BusterError, ConfigurationError, RateLimited, TimedOut, Unavailable
from buster_jobs_tests.packages.ai.scripted_replies import DRIPS, HANGS, Response, fails, says
from buster_jobs_tests.packages.ai.scripted_server import KEY, ScriptedServer
from buster_jobs_tests.support.ports import free_port

MESSAGES: list[Message] = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hello?"}]


def complete(endpoint: ModelEndpoint, timeout: float = 10.0, clock: Callable[[], float] | None = None) -> Reply:
    with ModelClient(endpoint, clock) if clock else ModelClient(endpoint) as client:
        return client.complete(MESSAGES, tool_schemas(), timeout)


def failure(endpoint: ModelEndpoint, timeout: float = 10.0, clock: Callable[[], float] | None = None) -> BusterError:
    """The error of one request, of which nothing shows the key."""
    with pytest.raises(BusterError) as caught:
        complete(endpoint, timeout, clock)
    error = caught.value
    shown = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    assert KEY not in shown + str(error) + repr(error) + repr(vars(error))
    assert (error.__cause__, error.__context__) == (None, None)
    return error


def test_a_reply_has_text_and_tokens(model_server: ScriptedServer) -> None:
    model_server.will(says("Hello."))
    reply = complete(model_server.endpoint)
    assert (reply.text, reply.finish_reason, reply.input_tokens, reply.output_tokens) == ("Hello.", "stop", 100, 10)


@pytest.mark.parametrize(
    ("response", "kind", "retryable", "retry_after"),
    [
        (fails(429, retry_after="12"), RateLimited, True, 12),
        (fails(429, retry_after_ms="1500", retry_after="2"), RateLimited, True, 1.5),
        (fails(429), RateLimited, True, None),
        (fails(429, code="insufficient_quota"), ConfigurationError, False, None),
        (fails(500), Unavailable, True, None),
        (fails(503, retry_after="3"), Unavailable, True, 3),
        (fails(408), TimedOut, True, None),
        (fails(504), TimedOut, True, None),
        (fails(401), ConfigurationError, False, None),
        (fails(403), ConfigurationError, False, None),
        (fails(402), ConfigurationError, False, None),
        (fails(404), ConfigurationError, False, None),
        (fails(400), ModelRequestRejected, False, None),
        (fails(413), ModelRequestRejected, False, None),
        (fails(422), ModelRequestRejected, False, None),
        (Response(502, b"<html>Bad gateway</html>"), Unavailable, True, None),
        (Response(200, b"<html>Welcome</html>"), UnusableReply, True, None),
        (Response(200, b'{"choices": []}'), UnusableReply, True, None),
        (Response(200, b'{"error": {"code": 429, "message": "upstream"}}'), RateLimited, True, None),
        (Response(200, b'{"error": "upstream is down"}'), Unavailable, True, None),
    ],
)
def test_every_failure_has_its_kind(
    model_server: ScriptedServer,
    response: Response,
    kind: type[BusterError],
    retryable: bool,
    retry_after: float | None,
) -> None:
    model_server.will(response)
    error = failure(model_server.endpoint)
    assert (type(error), error.retryable, error.retry_after) == (kind, retryable, retry_after)
    assert len(model_server.requests) == 1


def test_a_refused_key_says_what_to_set(model_server: ScriptedServer) -> None:
    model_server.will(fails(401, f"Incorrect API key provided: {KEY}."))
    assert "OPENAI_API_KEY" in failure(model_server.endpoint).message


def test_an_unknown_model_says_what_to_set(model_server: ScriptedServer) -> None:
    model_server.will(fails(404, "The model does not exist.", code="model_not_found"))
    error = failure(model_server.endpoint)
    assert "OPENAI_MODEL" in error.message
    assert "scripted-model" in error.message


@pytest.mark.parametrize("status", [400, 402, 404, 422, 429, 500])
def test_the_endpoints_sentence_is_quoted_without_the_key(model_server: ScriptedServer, status: int) -> None:
    model_server.will(fails(status, f"Tools are off.\nYour key was {KEY}, Bearer {KEY}"))
    assert "Tools are off. Your key was ***" in failure(model_server.endpoint).message


def test_a_connection_that_is_refused_is_unavailable() -> None:
    error = failure(ModelEndpoint(f"http://127.0.0.1:{free_port()}/v1", SecretStr(KEY), "m"))
    assert isinstance(error, Unavailable)
    assert "OPENAI_BASE_URL" in error.message


def test_an_address_that_is_none_is_a_setting_to_correct() -> None:
    error = failure(ModelEndpoint("http://a\x01b/v1", SecretStr(KEY), "m"))
    assert isinstance(error, ConfigurationError)


def test_a_password_in_the_address_is_not_shown() -> None:
    endpoint = ModelEndpoint("http://someone:hunter2@127.0.0.1:1/v1", SecretStr(KEY), "m")
    assert "hunter2" not in failure(endpoint).message + repr(endpoint)


def test_a_slow_answer_is_a_timeout(model_server: ScriptedServer) -> None:
    model_server.will(HANGS)
    assert isinstance(failure(model_server.endpoint, timeout=0.2), TimedOut)


def test_an_answer_that_drips_for_ever_is_a_timeout_too(model_server: ScriptedServer) -> None:
    model_server.will(DRIPS)
    seconds = count()
    assert isinstance(failure(model_server.endpoint, timeout=5, clock=lambda: float(next(seconds))), TimedOut)


def test_an_answer_without_end_is_given_up(model_server: ScriptedServer) -> None:
    model_server.will(Response(200, b" " * 9_000_000))
    assert isinstance(failure(model_server.endpoint), UnusableReply)


def test_debug_logs_do_not_hold_the_key(model_server: ScriptedServer, caplog: pytest.LogCaptureFixture) -> None:
    model_server.will(fails(500))
    with caplog.at_level(logging.DEBUG):
        failure(model_server.endpoint)
    assert caplog.records
    assert KEY not in caplog.text


def test_a_defect_of_ours_is_not_dressed_up(model_server: ScriptedServer) -> None:
    illegal: Any = [{"role": "user", "content": object()}]
    with ModelClient(model_server.endpoint) as client, pytest.raises(TypeError):
        client.complete(illegal, [], 1.0)
