"""How the offline analyst answers the gold sets: right, declined or wrong, by the rows of the result.

Run: python -m benchmarks.questions URL   (a PostgreSQL server on which databases may be made; they are dropped again)
"""

import sys
from collections import Counter
from uuid import uuid4

import psycopg
from sqlalchemy import make_url

from benchmarks.report import report
from buster_jobs.packages.data_sources.connect import connect
from buster_jobs_tests.packages.ai.offline.conftest import Asked
from buster_jobs_tests.packages.ai.offline.gold.sets import GoldSet, gold_set

_SETS = (
    "store",
    "practice",
    "flights",
    "billing",
    "school",
    "freight",
    "campus",
    "telecom",
    "hotel",
    "payroll",
    "library",
    "radio",
)
_COLUMNS = ("right", "declined", "wrong", "declined in time", "answered in vain")


def _figures(gold: GoldSet, url: str) -> dict[str, float | str]:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(gold.schema.encode())
    source = connect(url)
    asked = Asked(url, source, source.introspect())
    counts = Counter(asked.verdict(question, gold.today) for question in gold.questions)
    return {column: float(counts[column]) for column in _COLUMNS}


def main() -> None:
    """Print a table: for each set how many questions ended in which way."""
    server = make_url(sys.argv[1])
    rows: dict[str, dict[str, float | str]] = {}
    with psycopg.connect(server.render_as_string(hide_password=False), autocommit=True) as connection:
        for name in _SETS:
            database = f"questions_{uuid4().hex[:10]}"
            connection.execute(f"CREATE DATABASE {database}".encode())
            try:
                url = server.set(database=database).render_as_string(hide_password=False)
                rows[name] = _figures(gold_set(name), url)
            finally:
                connection.execute(f"DROP DATABASE {database} WITH (FORCE)".encode())
    report("questions", rows)


if __name__ == "__main__":
    main()
