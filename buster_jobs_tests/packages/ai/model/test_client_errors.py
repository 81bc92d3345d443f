"""How the endpoint's wish to wait is read."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from buster_jobs.packages.ai.model.client_errors import error_for_status, retry_after_seconds

NOW = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "30"}, 30),
        ({"retry-after": "0.25"}, 0.25),
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after-ms": "soon", "retry-after": "9"}, 9),
        ({"retry-after": format_datetime(NOW + timedelta(seconds=90), usegmt=True)}, 90),
        ({"retry-after": format_datetime(NOW - timedelta(seconds=90), usegmt=True)}, 0),
        ({"retry-after": "Mon, 06 May 2024 07:09:09 -0000"}, 60),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "tomorrow"}, None),
        ({"retry-after": ""}, None),
        ({}, None),
    ],
)
def test_the_wish_to_wait_is_read_in_all_its_spellings(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after_seconds(headers, lambda: NOW) == seconds


@given(st.text())
def test_no_wish_to_wait_breaks_us(value: str) -> None:
    seconds = retry_after_seconds({"retry-after": value, "retry-after-ms": value}, lambda: NOW)
    assert seconds is None or 0 <= seconds < float("inf")


@given(st.integers(400, 599), st.binary(), st.text())
def test_every_status_and_body_is_an_error_of_one_line(status: int, body: bytes, words: str) -> None:
    key = SecretStr("sk-0123456789")
    for content in (body, b'{"error": {"message": "sk-0123456789", "code": 5}}', words.encode("utf-8", "replace")):
        error = error_for_status(status, content, {}, model="m", key=key)
        assert "0123456789" not in error.message
        assert "\n" not in error.message
