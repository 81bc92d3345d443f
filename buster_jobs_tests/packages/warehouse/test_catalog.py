"""What is known of a data source's tables: true of real tables, replaced when complete, and kept when they are gone."""

from typing import Any

import pytest

from buster_jobs.packages.database.sources.catalog_tables import CatalogTable, list_catalog_tables
from buster_jobs.packages.database.sources.data_sources import get_data_source, set_connection
from buster_jobs.packages.errors import BusterError, NotFound
from buster_jobs.packages.warehouse import profiling
from buster_jobs.packages.warehouse.catalog import refresh_catalog
from buster_jobs_tests.packages.warehouse.engines import Source


@pytest.fixture
def people(source: Source) -> Source:
    source.execute("CREATE TABLE people (id INT PRIMARY KEY, color VARCHAR(20), born DATE, note VARCHAR(200))")
    colors = ("red", "red", "green", None)
    rows = ", ".join(
        f"({n}, {repr(colors[n % 4]) if colors[n % 4] else 'NULL'}, '19{50 + n % 50}-01-01', '{'x' * 120}{n}')"
        for n in range(1, 101)
    )
    source.execute(f"INSERT INTO people VALUES {rows}")
    return source


def known(source: Source, table: str = "people") -> CatalogTable:
    return next(found for found in list_catalog_tables(source.id) if found.table_name == table)


def column(source: Source, name: str) -> dict[str, Any]:
    return next(found for found in known(source).profile or [] if found["name"] == name)


def test_columns_are_described_by_what_they_hold(people: Source) -> None:
    result = refresh_catalog(people.id)
    assert (result.tables, result.columns, result.rows_sampled, result.tables_failed) == (1, 4, 100, 0)
    color = column(people, "color")
    assert color["null_share"] == 0.25
    assert color["distinct_count"] == 2
    assert color["values"] == ["red", "green"]
    assert color["most_common"] == [["red", 0.5], ["green", 0.25]]
    assert (column(people, "id")["minimum"], column(people, "id")["maximum"]) == (1, 100)
    assert column(people, "id")["distinct_count"] == 100
    assert (column(people, "born")["minimum"], column(people, "born")["maximum"]) == ("1950-01-01", "1999-01-01")
    assert column(people, "note")["values"] is None
    assert known(people).structure["primary_key"] == ["id"]


def test_a_table_larger_than_the_sample_is_looked_at_all_over(people: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    for times in range(4):
        people.execute(f"INSERT INTO people SELECT id + {100 * 2**times}, color, born, note FROM people")
    if people.engine == "postgres":
        people.execute("ANALYZE people")
    monkeypatch.setattr("buster_jobs.packages.warehouse.catalog.SAMPLE_ROWS", 400)
    found: list[dict[str, Any]] = []
    for _ in range(10):  # PostgreSQL draws its pages at random
        assert 0 < refresh_catalog(people.id).rows_sampled <= 1200
        found.append(column(people, "id"))
    assert min(each["minimum"] for each in found) < 400
    assert max(each["maximum"] for each in found) > 1200


def test_a_table_that_is_gone_is_marked_and_what_was_known_of_it_stays(people: Source) -> None:
    people.execute("CREATE TABLE other (id INT)")
    refresh_catalog(people.id)
    people.execute("DROP TABLE people")
    assert refresh_catalog(people.id).tables_gone == 1
    assert known(people).status == "gone"
    assert known(people).profile
    assert refresh_catalog(people.id).tables_gone == 0


def test_a_broken_table_stops_no_other_and_keeps_what_was_known(postgresql: Source) -> None:
    postgresql.execute("CREATE TABLE base (id int); INSERT INTO base VALUES (5)")
    postgresql.execute("CREATE VIEW fragile AS SELECT 1 / (id - 1) AS id FROM base")
    refresh_catalog(postgresql.id)
    postgresql.execute("UPDATE base SET id = 1")
    result = refresh_catalog(postgresql.id)
    assert (result.tables_failed, list(result.failures)) == (1, ["public.fragile"])
    fragile = known(postgresql, "fragile")
    assert (fragile.status, fragile.error) == ("failed", result.failures["public.fragile"])
    assert fragile.profile
    assert known(postgresql, "base").status == "current"


def test_a_table_that_is_named_and_not_there_is_said_to_be_missing(postgresql: Source) -> None:
    with pytest.raises(NotFound, match="does not have all of the tables"):
        refresh_catalog(postgresql.id, ["public.nothing"])


def test_a_connection_that_does_not_work_is_recorded_and_one_that_works_again_too(postgresql: Source) -> None:
    set_connection(data_source_id=postgresql.id, connection_url=postgresql.url.replace("/scratch", "/no_scratch"))
    with pytest.raises(BusterError):
        refresh_catalog(postgresql.id)
    broken = get_data_source(postgresql.id)
    assert broken.status == "error"
    assert broken.error
    set_connection(data_source_id=postgresql.id, connection_url=postgresql.url)
    refresh_catalog(postgresql.id)
    assert get_data_source(postgresql.id).status == "active"


def test_what_tables_hold_is_forgotten_when_the_connection_leads_elsewhere(people: Source) -> None:
    refresh_catalog(people.id)
    assert known(people).profile
    set_connection(data_source_id=people.id, connection_url=people.url)
    assert (known(people).profile, known(people).profiled_at) == (None, None)


def test_the_number_of_distinct_values_is_estimated_as_postgresql_does() -> None:
    # n = 4, d = 3, f1 = 2, N = 8: 4 * 3 / (4 - 2 + 2 * 4 / 8) = 4
    from collections import Counter

    estimate = profiling._distinct(Counter(["a", "a", "b", "c"]), sampled=4, rows=8)  # pyright: ignore[reportPrivateUsage]
    assert estimate == 4
