"""Which types hold every value of others, and which can be cursors."""

import pytest

from buster_jobs.packages.warehouse.types import is_ordered, widens


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("smallint", "bigint"),
        ("bigint", "numeric"),
        ("integer", "double precision"),
        ("real", "double precision"),
        ("numeric(5,2)", "numeric(7,2)"),
        ("numeric(5,2)", "numeric(7,4)"),
        ("numeric(5,2)", "numeric"),
        ("character varying(5)", "character varying(9)"),
        ("character varying(5)", "text"),
        ("character(5)", "text"),
        ("date", "timestamp without time zone"),
        ("timestamp(0) without time zone", "timestamp without time zone"),
        ("timestamp(3) with time zone", "timestamp(6) with time zone"),
    ],
)
def test_a_wider_type_holds_what_the_other_did_and_not_the_other_way_round(old: str, new: str) -> None:
    assert widens(old, new)
    assert not widens(new, old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("integer", "text"),
        ("text", "date"),
        ("numeric(5,2)", "numeric(5,4)"),
        ("timestamp without time zone", "timestamp with time zone"),
        ("json", "jsonb"),
        ("integer[]", "bigint[]"),
    ],
)
def test_others_do_not(old: str, new: str) -> None:
    assert not widens(old, new)


def test_numbers_and_times_are_ordered_and_texts_are_not() -> None:
    assert all(is_ordered(name) for name in ("integer", "numeric(5,2)", "date", "timestamp(3) with time zone"))
    assert not any(is_ordered(name) for name in ("text", "uuid", "jsonb", "integer[]", "time without time zone"))
