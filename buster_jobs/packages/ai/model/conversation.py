"""The messages of one analysis, in the form that chat completions require: every tool call in them has an answer."""

from collections.abc import Iterator
from itertools import count

from pydantic import JsonValue, TypeAdapter

from buster_jobs.packages.ai.analysis import ToolCall
from buster_jobs.packages.ai.model.prompts import wrap_data
from buster_jobs.packages.ai.model.reply import Function, Message, Reply, RequestedCall
from buster_jobs.packages.ai.model.tool_use import parse_arguments

_CALLS = TypeAdapter(list[RequestedCall])


class Conversation:
    """Begins with the rules and the question; replies and results are appended."""

    def __init__(self, rules: str, question: str, tag: str, messages: list[Message]) -> None:
        """`messages` is appended to: an empty list for a new conversation, or the messages of an earlier attempt."""
        self._tag = tag
        self._fresh_ids: Iterator[int] = count(1)
        self.messages = messages
        self._used_ids = {call.id for message in messages for call in _calls(message) if call.id}
        if not messages:
            messages.append({"role": "system", "content": rules})
            messages.append({"role": "user", "content": question})

    def unanswered_calls(self) -> tuple[RequestedCall, ...]:
        """The tool calls that have no result yet, each with a unique id."""
        answered = {str(message.get("tool_call_id")) for message in self.messages}
        return tuple(call for message in self.messages for call in _calls(message) if call.id not in answered)

    def add_reply(self, reply: Reply) -> None:
        """Append the reply of the model; its tool calls get unique ids."""
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
        """Append an instruction to the model."""
        self.messages.append({"role": "user", "content": text})

    def _with_id(self, call: RequestedCall) -> RequestedCall:
        """The call with a unique id: some servers send none, or the same one twice."""
        call_id = call.id
        while not call_id or call_id in self._used_ids:
            call_id = f"call_{next(self._fresh_ids)}"
        self._used_ids.add(call_id)
        return call.model_copy(update={"id": call_id})


def _calls(message: Message) -> list[RequestedCall]:
    return _CALLS.validate_python(message.get("tool_calls") or [])


def _echo(raw: JsonValue, calls: tuple[RequestedCall, ...]) -> list[JsonValue]:
    """The calls as the next request repeats them: as received, except for ids and for malformed arguments.

    Servers that parse the arguments of earlier calls fail on malformed JSON.
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
