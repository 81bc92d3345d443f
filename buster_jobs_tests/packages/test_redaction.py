"""Which texts lose their secrets, and which stay as they are."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buster_jobs.packages.redaction import redact

SECRET = "hunter2-9f"


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://bob:{}@db/prod",
        "postgresql://bob:p@ss@{}@db/prod",
        "Authorization: Bearer {}",
        'headers={{"Authorization": "Basic {}"}}',
        "the key sk-{}",
        "password={}",
        "PGPASSWORD={}",
        "sslpassword = '{}'",
        "client_secret={}&grant_type=code",
        "https://example.com/?access_token={}",
        "OPENAI_API_KEY={}",
        "aws_secret_access_key={}",
        "private-key: {}",
        '{{"password": "{}"}}',
        "{{'api_key': '{}', 'x': 1}}",
        '{{"token":"{} with words"}}',
    ],
)
def test_a_secret_is_hidden_however_it_is_written(text: str) -> None:
    shown = redact(text.format(SECRET))
    assert SECRET not in shown
    assert "***" in shown


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/a:b?c=d",
        "The tokens ran out: 500 of 500.",
        "Write to ops@example.com, or see https://example.com.",
        "sketch-1234567890 is a file.",
        "The secret of success is work.",
        '{"rows": 3, "token_count": 500}',
    ],
)
def test_what_is_no_secret_stays_as_it_is(text: str) -> None:
    assert redact(text) == text


def test_each_configured_secret_is_hidden_whole_and_in_its_parts(configure: Callable[..., None]) -> None:
    configure(
        BUSTER_DATABASE_URL="postgresql://bob:a%20long%2Fpassword@db/prod",
        BUSTER_ENCRYPTION_KEY="MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=,first-of-the-older-keys",
        OPENAI_API_KEY="short",
    )
    text = "a%20long%2Fpassword | a long/password | first-of-the-older-keys | short | bob at db"
    assert redact(text) == "*** | *** | *** | *** | bob at db"


def test_a_part_that_is_an_ordinary_word_is_left_in_sentences(configure: Callable[..., None]) -> None:
    configure(BUSTER_DATABASE_URL="postgresql://postgres:postgres@db/prod")
    assert redact("The server of postgres is away.") == "The server of postgres is away."


@given(st.from_regex(r"[^\s\"]+", fullmatch=True))
def test_no_password_of_a_url_survives(password: str) -> None:
    shown = redact(f"cannot open postgresql://bob:§{password}§@db:5432/prod now")
    assert f"§{password}§" not in shown
    assert shown.endswith("@db:5432/prod now")
