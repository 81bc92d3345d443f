"""Whatever rows are written as CSV or JSON lines are in the table afterwards, value by value."""

import csv
import io
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from buster_jobs.packages.warehouse.imports import steps
from buster_jobs.packages.warehouse.imports.declaration import ImportDeclaration
from buster_jobs_tests.packages.warehouse.imports.conftest import Importer
from buster_jobs_tests.support.properties import WITH_FIXTURES

# What PostgreSQL cannot hold is a bad row, which other tests are about.
texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
rows = st.lists(
    st.tuples(
        st.integers(-(2**63), 2**63 - 1) | st.none(),
        texts.map(lambda value: value or None) | st.none(),
        st.floats(allow_nan=False, allow_infinity=False) | st.none(),
        st.decimals(-(10**20), 10**20, places=5) | st.none(),
        st.dates() | st.none(),
        st.datetimes() | st.none(),
        st.booleans() | st.none(),
    ),
    min_size=1,
    max_size=12,
).map(lambda made: [(number, *row) for number, row in enumerate(made)])

NAMES = ("n", "i", "t", "f", "d", "day", "at", "ok")
TYPES = ("integer", "integer", "text", "number", "decimal", "date", "timestamp", "boolean")
RULES = [{"source": name, "type": kind} for name, kind in zip(NAMES, TYPES, strict=True)]

bounded = settings(max_examples=15, suppress_health_check=WITH_FIXTURES)


def bring(importer: Importer, file: str, **declared: Any) -> list[tuple[Any, ...]]:
    """All steps but the wait."""
    declaration = ImportDeclaration.model_validate(importer.payload(file=file, mode="replace", **declared))
    plan = steps.validate(declaration, "a run")
    steps.load(declaration, plan, steps.extract(declaration, plan) - steps.transform(declaration))
    with importer.database.connect() as connection:
        return [tuple(row) for row in connection.execute(text(f'SELECT * FROM "{importer.schema}".t ORDER BY n'))]


@bounded
@given(made=rows, dialect=st.sampled_from(("excel", "unix")), delimiter=st.sampled_from(",;\t|"))
def test_csv(importer: Importer, made: list[tuple[Any, ...]], dialect: str, delimiter: str) -> None:
    file = io.StringIO()
    writer = csv.writer(file, dialect, delimiter=delimiter)
    writer.writerow(NAMES)
    writer.writerows(made)
    importer.write("rows.csv", file.getvalue())
    assert bring(importer, "rows.csv", columns=RULES) == made


@bounded
@given(made=rows)
def test_csv_whose_types_are_told_by_its_values(importer: Importer, made: list[tuple[Any, ...]]) -> None:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(("n", "t"))
    pairs = [(row[0], row[2]) for row in made]
    writer.writerows(pairs)
    importer.write("rows.csv", file.getvalue())
    with importer.database.begin() as connection:
        connection.execute(text(f'DROP TABLE IF EXISTS "{importer.schema}".t'))
    found = bring(importer, "rows.csv")
    if all(value is None or isinstance(value, str) for _, value in found):
        assert found == pairs
    else:
        assert [str(value).lower() for _, value in found] == [str(value).lower() for _, value in pairs]


@bounded
@given(made=rows)
def test_json_lines(importer: Importer, made: list[tuple[Any, ...]]) -> None:
    lines = [json.dumps(dict(zip(NAMES, map(plain, row), strict=True))) for row in made]
    importer.write("rows.jsonl", "\n".join(lines))
    assert bring(importer, "rows.jsonl", columns=RULES) == made


def plain(value: object) -> object:
    return str(value) if isinstance(value, (Decimal, date, datetime)) else value
