"""Imports of a query's result: the guard, and the permissions of the asking user, apply."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import URL, create_engine, text

from buster_jobs.packages.database.sources.data_source_permissions import set_permission
from buster_jobs.packages.database.sources.data_sources import set_data_source_status
from buster_jobs.packages.visibility import Visibility
from buster_jobs_tests.packages.warehouse.imports.conftest import Importer

SALES = """
CREATE TABLE sales (id int, price numeric(9, 2), day date, note text, doc jsonb, rate float8, secret text);
INSERT INTO sales SELECT i, i * 1.10, date '2031-05-17' + i, '0' || i, '{"a": 1}', 'nan', 'hidden'
FROM generate_series(1, 2500) i;
"""


@pytest.fixture
def source(importer: Importer, scratch_database: Callable[[], URL]) -> dict[str, Any]:
    url = scratch_database()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(SALES))
    engine.dispose()
    stored = importer.organization.add_data_source(url.set(drivername="postgresql"))
    return {"data_source_id": str(stored.id), "user_id": str(importer.organization.user_id)}


def test_a_result_keeps_its_types_and_values(importer: Importer, source: dict[str, Any]) -> None:
    done = importer.run(source={**source, "query": "SELECT id, price, day, note, doc, rate FROM sales"}, key=["id"])
    assert done.error is None
    kinds = {
        "id": "bigint",
        "price": "numeric",
        "day": "date",
        "note": "text",
        "doc": "jsonb",
        "rate": "double precision",
    }
    assert importer.types() == {**kinds, "rate": "double precision"}
    rows = importer.sql("SELECT id, price, day, note, doc, rate::text FROM t ORDER BY id")
    assert len(rows) == 2500
    assert rows[0] == (1, Decimal("1.10"), date(2031, 5, 18), "01", {"a": 1}, "NaN")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("DELETE FROM sales", ""),
        ("SELECT secret FROM sales", "secret"),
        ("SELECT id, id FROM sales", "are both named 'id'"),
        ("SELECT a.id FROM sales a, sales b, sales c", "more than 1,000,000 rows or 20 MB"),
    ],
)
def test_a_query_that_may_not_be_or_gives_too_much_is_refused(
    importer: Importer, source: dict[str, Any], query: str, words: str
) -> None:
    hidden = Visibility(hidden_columns=frozenset({"public.sales.secret"}))
    set_permission(hidden, data_source_id=UUID(source["data_source_id"]), role="member")
    done = importer.run(source={**source, "query": query})
    assert done.job.status == "rejected"
    assert words in (done.error or "")
    assert importer.tables() == set()


def test_another_organizations_data_source_is_refused(
    importer: Importer, source: dict[str, Any], new_organization: Callable[[], Any]
) -> None:
    other = Importer(importer.database, new_organization(), importer.folder)
    done = other.run(source={**source, "query": "SELECT id FROM sales"})
    assert "does not belong to the organization" in (done.error or "")


def test_a_data_source_that_is_disabled_is_not_asked(importer: Importer, source: dict[str, Any]) -> None:
    set_data_source_status(data_source_id=UUID(source["data_source_id"]), status="disabled")
    refused = importer.run(source={**source, "query": "SELECT id FROM sales"})
    assert refused.error is not None
    assert "is disabled: enable it" in refused.error
