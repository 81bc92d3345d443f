"""Variants of the format that compatible servers send are read; everything else is refused."""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buster_jobs.packages.ai.model.errors import UnusableReply
from buster_jobs.packages.ai.model.reply import parse_reply


def body(message: dict[str, Any], **rest: object) -> bytes:
    return json.dumps({"choices": [{"message": message}], **rest}).encode()


def test_content_in_parts_is_one_text() -> None:
    parts: list[Any] = [
        {"type": "text", "text": "a"},
        {"type": "thinking", "thinking": []},
        {"type": "text", "text": "b"},
        7,
    ]
    assert parse_reply(body({"content": parts})).text == "ab"


def test_arguments_as_an_object_are_its_json() -> None:
    reply = parse_reply(body({"tool_calls": [{"function": {"name": "f", "arguments": {"a": 1}}}]}))
    assert reply.calls[0].function.arguments == '{"a": 1}'


@pytest.mark.parametrize("usage", [{}, {"usage": None}, {"usage": {}}, {"usage": {"prompt_tokens": None}}])
def test_usage_that_is_not_reported_is_none(usage: dict[str, object]) -> None:
    reply = parse_reply(body({"content": "x"}, **usage))
    assert (reply.input_tokens, reply.output_tokens) == (None, None)


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"null", b"{}", b'{"choices": null}', b'{"choices": [null]}', b'{"choices": [{}]}', b"\xff"]
)
def test_what_is_no_completion_is_refused(content: bytes) -> None:
    with pytest.raises(UnusableReply, match="OPENAI_BASE_URL"):
        parse_reply(content)


_KEYS = ["choices", "message", "content", "tool_calls", "function", "arguments", "name", "id", "usage", "text"]
_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=4),
)


@given(_JSON, _JSON)
def test_any_message_is_read_or_refused(message: Any, usage: Any) -> None:
    content = body(message, usage=usage)
    with contextlib.suppress(UnusableReply):
        assert isinstance(parse_reply(content).text, str)
