"""The messages of one analysis, always legal: every tool call that is in it is answered. Asks nobody, runs nothing."""

from collections.abc import Iterator
from itertools import count

from pydantic import JsonValue, TypeAdapter

from buster_jobs.packages.ai.analysis import ToolCall
from buster_jobs.packages.ai.model.prompts import wrap_data
from buster_jobs.packages.ai.model.reply import Function, Message, Reply, RequestedCall
from buster_jobs.packages.ai.model.tool_use import parse_arguments

_CALLS = TypeAdapter(list[RequestedCall])


class Conversation:
    """Begins with the rules and the question, and grows by replies and results."""

    def __init__(self, rules: str, question: str, tag: str, messages: list[Message]) -> None:
        """`messages` is where the conversation is kept: empty for a new one, or what an earlier attempt has kept."""
        self._tag = tag
        self._fresh_ids: Iterator[int] = count(1)
        self.messages = messages
        self._used_ids = {call.id for message in messages for call in _calls(message) if call.id}
        if not messages:
            messages.append({"role": "system", "content": rules})
            messages.append({"role": "user", "content": question})

    def unanswered_calls(self) -> tuple[RequestedCall, ...]:
        """The tool calls that have no result yet, each with an id that no other call has."""
        answered = {str(message.get("tool_call_id")) for message in self.messages}
        return tuple(call for message in self.messages for call in _calls(message) if call.id not in answered)

    def add_reply(self, reply: Reply) -> None:
        """Append what the model said; its tool calls get ids that no other call has."""
        calls = tuple(self._with_id(call) for call in reply.calls)
        message = {key: value for key, value in reply.message.items() if key != "tool_calls"}
        if calls:
            message["tool_calls"] = _echo(reply.message.get("tool_calls"), calls)
        self.messages.append({"content": None, **message})

    def add_result(self, call: RequestedCall, use: ToolCall) -> None:
        """Append the answer to one tool call, marked as data."""
        content: JsonValue = {"error": use.error} if use.error else use.result
        self.messages.append({"role": "tool", "tool_call_id": call.id or "", "content": wrap_data(content, self._tag)})

    def add_instruction(self, text: str) -> None:
        """Append a sentence of our own to the model."""
        self.messages.append({"role": "user", "content": text})

    def _with_id(self, call: RequestedCall) -> RequestedCall:
        """Some servers send no ids, or the same one twice."""
        call_id = call.id
        while not call_id or call_id in self._used_ids:
            call_id = f"call_{next(self._fresh_ids)}"
        self._used_ids.add(call_id)
        return call.model_copy(update={"id": call_id})


def _calls(message: Message) -> list[RequestedCall]:
    return _CALLS.validate_python(message.get("tool_calls") or [])


def _echo(raw: JsonValue, calls: tuple[RequestedCall, ...]) -> list[JsonValue]:
    """The calls as the next request repeats them: as they came, but for ids, and arguments that are no JSON.

    Servers that parse the arguments of earlier calls fail on malformed ones.
    """
    came = raw if isinstance(raw, list) else []
    return [
        {
            **(item if isinstance(item, dict) else {}),
            "id": call.id,
            "type": "function",
            "function": _function(call.function),
        }
        for item, call in zip(came, calls, strict=True)
    ]


def _function(function: Function) -> JsonValue:
    legal = function.arguments if function.arguments and parse_arguments(function.arguments) is not None else "{}"
    return {"name": function.name, "arguments": legal}
