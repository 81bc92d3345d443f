"""Says what is illegal about a chat-completions request, as a strict endpoint would. Used by the scripted server."""

import json
import re
from typing import Any

Json = dict[str, Any]

_ROLES = {"system", "developer", "user", "assistant", "tool"}
_TOOL_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")


def violations(body: Json) -> list[str]:
    """Every way in which the request breaks the protocol; empty when it is legal."""
    messages: list[Json] = body.get("messages") or []
    found = [*_of_envelope(body, messages), *_of_order(messages)]
    for message in messages:
        found += _of_message(message)
    tools: list[Json] = body.get("tools") or []
    for tool in tools:
        found += _of_tool(tool)
    return found


def _of_envelope(body: Json, messages: list[Json]) -> list[str]:
    found: list[str] = []
    if not isinstance(body.get("model"), str):
        found.append("model is missing")
    if not messages or messages[0]["role"] != "system":
        found.append("the first message is not the system's")
    if body.get("stream"):
        found.append("this server does not stream")
    return found


def _of_message(message: Json) -> list[str]:
    role: object = message.get("role")
    if role not in _ROLES:
        return [f"unknown role {role!r}"]
    content: object = message.get("content")
    calls = _calls_of(message)
    found = [] if isinstance(content, str) or (role == "assistant" and calls) else [f"{role} has no content"]
    for call in calls:
        found += _of_call(call)
    return found


def _calls_of(message: Json) -> list[Json]:
    return message.get("tool_calls") or []


def _of_call(call: Json) -> list[str]:
    if call.get("type") != "function" or not call.get("id"):
        return [f"a tool call without type or id: {call}"]
    try:
        legal = isinstance(json.loads(call["function"]["arguments"]), dict)
    except ValueError:
        legal = False
    return [] if legal else [f"arguments of {call['id']} are no JSON object"]


def _of_order(messages: list[Json]) -> list[str]:
    """Every tool call is answered exactly once, right after the message that made it, and nothing else is."""
    found: list[str] = []
    open_ids: list[str] = []
    for message in messages:
        if message["role"] == "tool":
            if message.get("tool_call_id") in open_ids:
                open_ids.remove(message["tool_call_id"])
            else:
                found.append(f"an answer to a call that is not open: {message.get('tool_call_id')!r}")
            continue
        if open_ids:
            found.append(f"unanswered tool calls {open_ids}")
        open_ids = [call["id"] for call in _calls_of(message)]
        if len(set(open_ids)) != len(open_ids):
            found.append(f"the same id twice in {open_ids}")
    return [*found, f"unanswered tool calls {open_ids}"] if open_ids else found


def _of_tool(tool: Json) -> list[str]:
    function: Json = tool.get("function") or {}
    parameters: Json = function.get("parameters") or {}
    if tool.get("type") != "function" or not _TOOL_NAME.fullmatch(function.get("name", "")):
        return [f"an illegal tool {tool}"]
    if parameters.get("type") != "object" or "strict" in function:
        return [f"illegal parameters of {function['name']}"]
    return []
