"""A driver's values as JSON: rounded nowhere without a sign of it."""

import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buster_jobs.packages.data_sources.json_values import json_rows, to_json_value
from buster_jobs.packages.data_sources.source import DataSource


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("12.50"), 12.5),
        (Decimal("3.00"), 3),
        (Decimal("0.1"), 0.1),
        (Decimal("1234567890.123456789012"), "1234567890.123456789012"),
        (Decimal("NaN"), "NaN"),
        (Decimal("1E+400"), "1E+400"),
        (2**53, "9007199254740992"),
        (float("inf"), "inf"),
        (True, True),
        (None, None),
        (date(2024, 2, 29), "2024-02-29"),
        (datetime(2024, 1, 1, 10, tzinfo=UTC), "2024-01-01T10:00:00+00:00"),
        (time(8, 30), "08:30:00"),
        (timedelta(days=1, hours=2), "1 day, 2:00:00"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (b"\x00\xff", "\\x00ff"),
        (b"a" * 40, "\\x" + "61" * 32 + "… (40 bytes)"),
        ([1, [Decimal("2.5"), None]], [1, [2.5, None]]),
        ({"a": (1, date(2024, 1, 1))}, {"a": [1, "2024-01-01"]}),
    ],
)
def test_a_value_becomes_json(value: object, expected: object) -> None:
    assert to_json_value(value) == expected
    assert type(to_json_value(value)) is type(expected)


@given(st.decimals())
def test_a_decimal_survives_the_way_through_json(value: Decimal) -> None:
    back = json.loads(json.dumps(to_json_value(value), allow_nan=False))
    assert value.is_nan() or Decimal(repr(back) if not isinstance(back, str) else back) == value


def test_the_rows_of_a_real_result_can_be_dumped(shop: DataSource) -> None:
    result = shop.query("SELECT price, valid, attributes, 'x'::bytea, ARRAY[price], 'infinity'::float8 FROM products")
    rows = json_rows(result)
    json.dumps(rows, allow_nan=False)
    assert rows[0][:2] == [7.35, "[2023-01-02, 2023-03-02)"]
