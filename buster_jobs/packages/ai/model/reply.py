"""Reads the body of a chat completion, as leniently as compatible servers need."""

import json
from typing import Annotated, Any, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, JsonValue

from buster_jobs.packages.ai.model.errors import UnusableReply

Message = dict[str, JsonValue]

_RESPONSE_ONLY = frozenset({"annotations", "audio", "function_call", "refusal"})


def _text_of(content: object) -> object:
    """Some servers send a list of parts where others send a text."""
    if not isinstance(content, list):
        return content
    parts = [cast("dict[str, object]", part) for part in cast("list[object]", content) if isinstance(part, dict)]
    return "".join(str(part["text"]) for part in parts if isinstance(part.get("text"), str))


def _arguments_text(arguments: object) -> object:
    """Some servers send the arguments as an object where others send its JSON."""
    return json.dumps(arguments) if isinstance(arguments, dict) else arguments or ""


def _null_is_default(value: object) -> object:
    return value or {}


class _Lenient(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Function(_Lenient):
    """What a tool call asks for. `arguments` is text that should be a JSON object; some models send malformed JSON."""

    name: str = ""
    arguments: Annotated[str, BeforeValidator(_arguments_text)] = ""


class RequestedCall(_Lenient):
    """One tool call of the model, as it came."""

    id: str | None = None
    function: Function = Function()


class _Assistant(_Lenient):
    content: Annotated[str | None, BeforeValidator(_text_of)] = None
    refusal: str | None = None
    tool_calls: list[RequestedCall] | None = None


class _Choice(_Lenient):
    finish_reason: str | None = None
    message: _Assistant


class _Tokens(_Lenient):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Completion(_Lenient):
    choices: list[_Choice]
    usage: Annotated[_Tokens, BeforeValidator(_null_is_default)] = _Tokens()


class Reply(_Lenient):
    """One reply of the model. `message` goes back into the conversation; tokens are None when unreported."""

    text: str
    refusal: str | None
    finish_reason: str | None
    calls: tuple[RequestedCall, ...]
    message: Message
    input_tokens: int | None
    output_tokens: int | None


def parse_reply(body: bytes) -> Reply:
    """The first choice of a chat completion's body. Raises `UnusableReply` for a body of another format."""
    reply = _reply_in(body)
    if reply is None:
        raise UnusableReply(
            "The model's endpoint answered with something that is no chat completion; check OPENAI_BASE_URL, "
            "which usually ends in /v1."
        )
    return reply


def _reply_in(body: bytes) -> Reply | None:
    try:
        raw = cast("dict[str, Any]", json.loads(body))
        completion = _Completion.model_validate(raw)
        choice, message = completion.choices[0], raw["choices"][0]["message"]
    except (ValueError, IndexError):
        return None
    return Reply(
        text=choice.message.content or "",
        refusal=choice.message.refusal,
        finish_reason=choice.finish_reason,
        calls=tuple(choice.message.tool_calls or ()),
        message=_echo(message),
        input_tokens=completion.usage.prompt_tokens,
        output_tokens=completion.usage.completion_tokens,
    )


def _echo(message: Message) -> Message:
    """The message as the next request repeats it: reasoning and signatures of other servers stay, empty fields go."""
    kept = {key: value for key, value in message.items() if value is not None and key not in _RESPONSE_ONLY}
    return {**kept, "role": "assistant"}
