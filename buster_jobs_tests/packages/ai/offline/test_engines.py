"""The analyst on SQLite, DuckDB and MariaDB: the rows of a query that a person wrote, or a declined sentence."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from buster_jobs.packages.ai.analysis import Analysis
from buster_jobs.packages.ai.offline.analyst import answer_offline
from buster_jobs_tests.packages.ai.offline.agreement import agree
from buster_jobs_tests.packages.ai.offline.conftest import MESSAGE
from buster_jobs_tests.packages.data_sources.engine_fixtures import (
    duckdb_shop,
    engine,
    files,
    files_are_allowed,
    mysql_shop,
    sqlite_shop,
)
from buster_jobs_tests.packages.data_sources.engines import Engine

__all__ = ["duckdb_shop", "engine", "files", "files_are_allowed", "mysql_shop", "sqlite_shop"]

_NOW = datetime(2023, 6, 15, tzinfo=UTC)
_RANKED = """SELECT name, region, n FROM (
    SELECT c.name AS name, region, count(*) AS n,
        row_number() OVER (PARTITION BY region ORDER BY count(*) DESC, c.id) AS p
    FROM orders o JOIN customers c ON c.id = customer_id GROUP BY c.id, c.name, region) AS r WHERE p = 1"""
# Days are counted here as no engine's own function does it: orders stand 29 hours apart from 5 January 2023, 8:30, on.
_HOURS = [(8.5 + 29 * n) for n in range(1, 201)]
_WEEKDAYS = [(day, sum(int(3 + hours // 24) % 7 + 1 == day for hours in _HOURS)) for day in range(1, 8)]
_BORN = [date(1960, 1, 1) + timedelta(days=173 * n) for n in range(1, 61)]
_AGES = [_NOW.year - born.year - ((born.month, born.day) > (_NOW.month, _NOW.day)) for born in _BORN]
_GOLD: list[tuple[str, str]] = [
    (
        "what share of orders is paid?",
        "SELECT 100.0 * count(CASE WHEN status = 'paid' THEN 1 END) / count(*) FROM orders",
    ),
    ("share of vip customers", "SELECT 100.0 * count(CASE WHEN vip THEN 1 END) / count(*) FROM customers"),
    ("ratio of paid to returned orders", "SELECT 1.0"),
    ("share of orders per status", "SELECT status, 100.0 * count(*) / 200 FROM orders GROUP BY status"),
    ("Compare the number of orders in March 2023 with May 2023", "SELECT 'March 2023', 25 UNION SELECT 'May 2023', 26"),
    ("growth of orders from March 2023 to May 2023", "SELECT 25, 26, 1, 4.0"),
    ("total visitors in 2023 vs 2024", "SELECT 2023, 227910 UNION SELECT 2024, 574090"),
    ("Which customer has the most orders in each region?", _RANKED),
    ("orders per year", "SELECT 2023, 200"),
    ("orders per quarter", "SELECT '2023-01-01', 70 UNION SELECT '2023-04-01', 76 UNION SELECT '2023-07-01', 54"),
    ("How many orders on Mondays?", f"SELECT {_WEEKDAYS[0][1]}"),
    ("How many orders in March 2023?", "SELECT 25"),
    ("How many orders were placed last month?", "SELECT 26"),
    ("How many customers were born before 1970?", "SELECT count(*) FROM customers WHERE born < '1970-01-01'"),
    ("average age of customers", f"SELECT {sum(_AGES) / 60:.10f}"),
    ("How many customers have no orders?", "SELECT 5"),
    ("average number of orders per customer", "SELECT 200 / 55.0"),
]


def _asking(engine: Engine) -> Callable[[str], Analysis]:
    source, catalog = engine.source(), engine.catalog()
    return lambda question: answer_offline(question, source, message_id=MESSAGE, catalog=catalog, now=_NOW)


def test_every_kind_of_question_has_the_rows_of_a_query_that_a_person_wrote(engine: Engine):
    ask = _asking(engine)
    gold = dict(_GOLD)
    answers = {question: ask(question) for question in gold}
    faults = {
        q: (a.response, a.sql, a.rows[:3]) for q, a in answers.items() if not agree(a.rows, engine.fetch(gold[q]))
    }
    assert faults == {}


def test_weeks_begin_on_monday_and_days_of_the_week_are_counted_from_it(engine: Engine):
    ask = _asking(engine)
    assert agree(ask("orders per day of the week").rows, _WEEKDAYS)
    weeks = ask("orders per week")
    assert [str(row[0]) for row in weeks.rows[:2]] == ["2023-01-02", "2023-01-09"]
    assert "the week of 2023-01-02: 3" in weeks.response
    assert "January 2023: 22; February 2023: 23" in ask("How many orders per month in 2023?").response


def test_a_median_is_computed_or_declined_in_a_sentence(engine: Engine):
    analysis = _asking(engine)("median price")
    if engine.dialect == "duckdb":
        assert agree(analysis.rows, [(77.175, 20)])
    else:
        assert not analysis.answered
        assert "has no median" in analysis.response
