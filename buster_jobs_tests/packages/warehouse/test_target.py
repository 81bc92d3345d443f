"""Which names and types of a data source may become a part of our SQL."""

import pytest

from buster_jobs.packages.errors import InvalidInput
from buster_jobs.packages.warehouse.target import type_of


@pytest.mark.parametrize(
    "spelt",
    [
        "text",
        "int4range",
        "numeric(20,0)",
        "numeric(3,-2)",
        "character varying(20)",
        "bit varying(8)",
        "double precision",
        "timestamp(3) without time zone",
        "time with time zone",
        "interval day to second(3)",
        "interval(3)",
        "numeric(10,2)[]",
        "timestamp with time zone[]",
    ],
)
def test_types_go_through_as_postgresql_spells_them(spelt: str) -> None:
    assert type_of(spelt).as_string() == spelt


@pytest.mark.parametrize(
    "spelt",
    [
        "text); DROP TABLE buster.users; --",
        "numeric(1,1));DROP/**/TABLE/**/buster.users;--",
        "text references buster.organizations",
        "text default now()",
        'text collate "C"',
        "buster.users",
        "text\n",
        "",
    ],
)
def test_what_a_server_calls_a_type_and_is_none_is_refused_without_being_repeated(spelt: str) -> None:
    with pytest.raises(InvalidInput, match="a type which PostgreSQL cannot have"):
        type_of(spelt)
