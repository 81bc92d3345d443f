"""What describe_table tells the model beyond the declared schema, over real HTTP and a real SQLite file."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from buster_jobs.packages.ai.agent import analyse
from buster_jobs.packages.ai.model.limits import Limits
from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.visibility import EVERYTHING, Visibility
from buster_jobs_tests.packages.ai.asking import MESSAGE_ID, wrapped
from buster_jobs_tests.packages.ai.scripted_replies import calls, says
from buster_jobs_tests.packages.ai.scripted_server import ScriptedServer

TABLES = """
CREATE TABLE depots (id integer PRIMARY KEY, city text NOT NULL);
CREATE TABLE parcels (
    id integer PRIMARY KEY, depot_id integer, weight_kg real, shipped_at timestamp, delivered_at timestamp,
    promised_on date NOT NULL, updated_at timestamp, deleted_at timestamp
);
CREATE TABLE couriers (courier_id integer, birth_date date, is_removed boolean);
CREATE TABLE "#" ("%" integer PRIMARY KEY, "$" date, "?" boolean);
CREATE TABLE routes (id integer PRIMARY KEY, depot_id integer REFERENCES depots (id));
"""

Describe = Callable[..., dict[str, Any]]


@pytest.fixture
def describe(tmp_path: Path, configure: Callable[..., None], model_server: ScriptedServer) -> Describe:
    """Asks for a table as the model does, of what a member may see, and gives what the tool answers."""
    configure(BUSTER_DATA_SOURCE_DIR=str(tmp_path))
    with sqlite3.connect(tmp_path / "parcels.db") as made:
        made.executescript(TABLES)
    made.close()

    def ask(table: str, visible: Visibility = EVERYTHING, limits: Limits | None = None) -> dict[str, Any]:
        model_server.will(calls(("describe_table", {"table": table})), says("So it is."))
        source = connect("sqlite:///parcels.db", visible)
        analyse("What is there?", source, MESSAGE_ID, endpoint=model_server.endpoint, limits=limits)
        return wrapped(model_server.tool_texts()[0])

    return ask


def test_a_reference_that_only_names_imply_is_told_apart_from_declared_ones(describe: Describe) -> None:
    told = describe("parcels")
    assert told["foreign_keys"] == []
    assert told["implied"]["foreign_keys"] == [
        {"columns": ["depot_id"], "refers_to": "main.depots", "referred_columns": ["id"]}
    ]
    assert "the database declares none of it" in told["implied"]["note"]


def test_a_declared_reference_is_not_implied_again(describe: Describe) -> None:
    told = describe("routes")
    assert [key["refers_to"] for key in told["foreign_keys"]] == ["main.depots"]
    assert "implied" not in told


def test_a_primary_key_that_only_the_name_implies_is_told_as_implied(describe: Describe) -> None:
    told = describe("couriers")
    assert (told["primary_key"], told["implied"]["primary_key"]) == ([], ["courier_id"])


@pytest.mark.parametrize(
    "visible",
    [
        Visibility(frozenset({"main.parcels"})),
        Visibility(hidden_columns=frozenset({"main.depots.id"})),
        Visibility(hidden_columns=frozenset({"main.parcels.depot_id"})),
    ],
    ids=["the table that it refers to is hidden", "the column that it refers to is hidden", "its own column is hidden"],
)
def test_an_implied_reference_to_or_from_what_a_member_may_not_see_is_not_told(
    describe: Describe, visible: Visibility
) -> None:
    told = describe("parcels", visible)
    assert "deleted_rows" in told["implied"]
    assert "depot" not in json.dumps(told["implied"])


def test_marks_of_deleted_rows_are_told(describe: Describe) -> None:
    parcels, couriers = describe("parcels"), describe("couriers")
    assert parcels["implied"]["deleted_rows"] == "a row counts as deleted when deleted_at is not null"
    assert couriers["implied"]["deleted_rows"] == "a row counts as deleted when is_removed is true"


def test_a_hidden_mark_of_deleted_rows_is_not_told(describe: Describe) -> None:
    told = describe("parcels", Visibility(hidden_columns=frozenset({"main.parcels.deleted_at"})))
    assert "deleted" not in json.dumps(told)


def test_of_several_dates_the_one_that_tells_the_time_of_a_row_is_told(describe: Describe) -> None:
    assert describe("parcels")["implied"]["time"] == "shipped_at tells when a row happened"


def test_columns_that_can_be_computed_are_told_with_what_they_are_computed_from(describe: Describe) -> None:
    assert describe("parcels")["implied"]["computable_columns"] == [
        "duration_hours: from shipped_at to delivered_at",
        "late: delivered_at is after promised_on",
        "overdue: delivered_at is null and promised_on has passed",
    ]
    assert describe("couriers")["implied"]["computable_columns"] == ["age: whole years since birth_date"]


def test_the_unit_in_the_name_of_a_column_is_told(describe: Describe) -> None:
    assert describe("parcels")["implied"]["units"] == {"weight_kg": "kg"}


def test_what_is_implied_gives_way_before_columns_do(describe: Describe) -> None:
    told = describe("parcels", limits=Limits(result_characters=800))
    assert len(told["columns"]) == 8
    assert "implied" not in told


def test_of_many_implied_references_twenty_are_told(describe: Describe, tmp_path: Path) -> None:
    columns = ", ".join(f"depot_{number}_depot_id integer" for number in range(30))
    with sqlite3.connect(tmp_path / "parcels.db") as made:
        made.executescript(f"CREATE TABLE tours (id integer PRIMARY KEY, {columns})")
    made.close()
    assert len(describe("tours")["implied"]["foreign_keys"]) == 20


def test_names_without_a_word_are_described_as_they_are(describe: Describe) -> None:
    told = describe("#")
    assert [column["name"] for column in told["columns"]] == ["%", "$", "?"]
    assert "implied" not in told
