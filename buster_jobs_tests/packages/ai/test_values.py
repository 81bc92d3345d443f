"""Every value that a driver returns becomes one that JSON and jsonb can hold."""

import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buster_jobs.packages.ai.values import clean_text, json_value, shorten

_PAIRS: list[tuple[object, object]] = [
    (None, None),
    (True, True),
    (2**70, 2**70),
    (1.5, 1.5),
    (float("nan"), "nan"),
    (Decimal("NaN"), "NaN"),
    (Decimal("sNaN"), "sNaN"),
    (Decimal("10.50"), 10.5),
    (Decimal("7.000"), 7),
    (Decimal("1E+5"), 100_000),
    (Decimal("1E+9999"), "1E+9999"),
    (Decimal("-0.1"), -0.1),
    (date(2024, 2, 29), "2024-02-29"),
    (datetime(2024, 2, 29, 1, 2, 3, tzinfo=UTC), "2024-02-29T01:02:03+00:00"),
    (time(1, 2), "01:02:00"),
    (timedelta(hours=26), "1 day, 2:00:00"),
    (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
    (b"\x00\xff", "(2 bytes)"),
    (memoryview(b"abc"), "(3 bytes)"),
    ([1, Decimal("0.5"), [None]], [1, 0.5, [None]]),
    (MappingProxyType({"a": date(2024, 1, 1)}), {"a": "2024-01-01"}),
    ("a\x00b\ud800", "ab?"),
    ("x" * 60, "x" * 50 + "… (10 more characters)"),
    (list(range(100)), "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,… (340 more characters)"),
]


@pytest.mark.parametrize(("value", "expected"), _PAIRS)
def test_a_value_becomes_what_json_holds(value: object, expected: object) -> None:
    assert json_value(value, 50) == expected


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.decimals() | st.text() | st.binary() | st.datetimes(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


@given(_VALUES, st.integers(5, 100))
def test_every_value_becomes_strict_json_of_bounded_length(value: object, limit: int) -> None:
    text = json.dumps(json_value(value, limit), allow_nan=False)
    assert "\\u0000" not in text
    assert len(text) <= 12 * (limit + 40)


@given(st.text(st.characters()))
def test_clean_text_is_utf8_without_nul(text: str) -> None:
    assert b"\x00" not in clean_text(text).encode()


def test_a_short_text_stays_as_it_is() -> None:
    assert shorten("abc", 3) == "abc"
