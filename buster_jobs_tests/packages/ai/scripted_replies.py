"""Responses for a scripted endpoint: words, tool calls, failures, silence."""

import json
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
USAGE = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}


@dataclass(frozen=True)
class Response:
    """One HTTP response. `behaviour` is "answer", "hang" (until the client goes) or "drip" (blanks for ever)."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict[str, str])
    behaviour: str = "answer"


def completes(message: Json, finish_reason: str = "stop", usage: Json | None = USAGE) -> Response:
    """A chat completion with that assistant message."""
    body: Json = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "scripted",
        "choices": [{"index": 0, "finish_reason": finish_reason, "message": {"role": "assistant", **message}}],
        "usage": usage,
    }
    return Response(body=json.dumps(body).encode())


def says(text: str, finish_reason: str = "stop", usage: Json | None = USAGE) -> Response:
    """The model answers in words."""
    return completes({"content": text, "refusal": None}, finish_reason, usage)


def calls(*tools: tuple[str, Any], finish_reason: str = "tool_calls", ids: tuple[str | None, ...] = ()) -> Response:
    """The model calls tools: pairs of a name and arguments; arguments that are text are sent as they are."""
    requested = [
        {
            "id": ids[index] if ids else f"call-{name}-{index}",
            "type": "function",
            "function": {"name": name, "arguments": given if isinstance(given, str) else json.dumps(given)},
        }
        for index, (name, given) in enumerate(tools)
    ]
    return completes({"content": None, "tool_calls": requested}, finish_reason)


def runs(sql: str) -> Response:
    """The model runs one query."""
    return calls(("run_sql", {"sql": sql}))


def fails(status: int, sentence: str = "It went wrong.", code: str | None = None, **headers: str) -> Response:
    """The endpoint answers with an error; header names are given with underscores."""
    body = json.dumps({"error": {"message": sentence, "type": "error", "param": None, "code": code}}).encode()
    return Response(status, body, {name.replace("_", "-"): value for name, value in headers.items()})


HANGS = Response(behaviour="hang")
DRIPS = Response(behaviour="drip")
