"""Derived columns: which tables have them, and that each engine computes the same, past its guard."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlglot import exp

from buster_jobs.packages.ai.offline.sql.derived_columns import derived_call
from buster_jobs.packages.ai.offline.sql.dialects import written
from buster_jobs.packages.ai.schema.derived_columns import Derived, with_derived
from buster_jobs.packages.data_sources.catalog import Catalog, Column, Table
from buster_jobs_tests.packages.data_sources.engines import Engine, duckdb_engine, mysql_engine, sqlite_engine

_TODAY = date(2024, 7, 17)


def _derived(*columns: tuple[str, str]) -> list[Derived]:
    made = tuple(Column(name, kind, "date" if kind == "date" else "timestamp") for name, kind in columns)
    table = with_derived(Catalog((Table("public", "t", "table", made),)), _TODAY).tables[0]
    return [column for column in table.columns if isinstance(column, Derived)]


def test_a_beginning_and_its_end_imply_a_duration_a_promise_whether_it_was_late_and_a_birthday_an_age():
    assert [(d.kind, d.start, d.end) for d in _derived(("started_at", "t"), ("ended_at", "t"))] == [
        ("span", "started_at", "ended_at")
    ]
    found = _derived(("shipped_on", "date"), ("promised_on", "date"), ("delivered_on", "date"))
    assert [(d.kind, d.start, d.end) for d in found] == [
        ("span", "shipped_on", "delivered_on"), ("late", "promised_on", "delivered_on"),
        ("overdue", "promised_on", "delivered_on"),
    ]  # fmt: skip
    assert [d.kind for d in _derived(("date_of_birth", "date"))] == ["age"]


def test_what_has_a_status_is_not_told_to_be_overdue_by_its_dates():
    found = _derived(("due_on", "date"), ("paid_on", "date"), ("status", "date"))
    assert [d.kind for d in found] == ["late"]


def test_dates_that_have_nothing_to_do_with_each_other_imply_nothing():
    assert _derived(("created_at", "t"), ("billed_on", "date"), ("updated_at", "t")) == []


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("derived")


@pytest.fixture(params=["sqlite", "duckdb", pytest.param("mysql", marks=pytest.mark.needs_mariadb)])
def engine(request: pytest.FixtureRequest, folder: Path, configure: Callable[..., None]) -> Iterator[Engine]:
    configure(BUSTER_DATA_SOURCE_DIR=str(folder))
    make = {"sqlite": lambda: sqlite_engine(folder), "duckdb": lambda: duckdb_engine(folder), "mysql": mysql_engine}
    with make[request.param]() as made:
        yield made


def _value(engine: Engine, kind: str, start: str, end: str) -> object:
    of = {"span": ("started_at", "ended_at"), "late": ("due_on", "paid_on"), "age": ("birth_date", "")}[kind]
    types = "date" if kind != "span" else "timestamp"
    column = next(d for d in _derived(*((name, types) for name in of if name)) if d.kind == kind)
    first, last = (_told(engine, text) for text in (start, end))
    call = exp.alias_(derived_call(column, first, last if kind != "age" else None), "value")
    query = exp.select(call).from_("visits").limit(1)
    return engine.source().query(written(query, engine.dialect)).rows[0][0]


_DUE = (("2024-07-16", None), ("2024-07-17", None), ("2024-07-16", "2024-07-18"))


def _overdue(engine: Engine, due: str, done: str | None) -> object:
    """As of `_TODAY`."""
    column = next(d for d in _derived(("due_on", "date"), ("paid_on", "date")) if d.kind == "overdue")
    last = exp.Null() if done is None else _told(engine, done)
    query = exp.select(exp.alias_(derived_call(column, _told(engine, due), last), "value")).from_("visits").limit(1)
    return engine.source().query(written(query, engine.dialect)).rows[0][0]


def _told(engine: Engine, text: str) -> exp.Expr:
    kind = "timestamp" if ":" in text else "date"
    return exp.Literal.string(text) if engine.dialect == "sqlite" else exp.cast(exp.Literal.string(text), kind)


def test_every_engine_computes_the_same(engine: Engine):
    hours = _value(engine, "span", "2024-02-28 23:00:00", "2024-03-01 00:30:00")
    assert float(str(hours)) == pytest.approx(25.5)
    assert bool(_value(engine, "late", "2024-02-28", "2024-02-29"))
    assert not bool(_value(engine, "late", "2024-02-28", "2024-02-28"))
    assert [bool(_overdue(engine, due, done)) for due, done in _DUE] == [True, False, False]
    ages = [_value(engine, "age", born, born) for born in ("1990-07-17", "1990-07-18", "2000-02-29")]
    assert [int(str(age)) for age in ages] == [34, 33, 24]
