"""What the guard costs per query, in milliseconds, over every legitimate query of the tests. No database is asked.

Run: python -m benchmarks.guard_cost
"""

import time
from importlib import import_module
from statistics import median, quantiles

from buster_jobs.packages.data_sources.catalog import Catalog, Column, Table
from buster_jobs.packages.data_sources.guard import guard_query

_TESTS = "buster_jobs_tests.packages.data_sources"
_COLUMN = Column("id", "integer", "integer")
_TABLES = ("customers", "items", "order_totals", "orders", "products", "visits", "countries")
_SCHEMAS = {"postgres": "public", "mysql": "shop", "sqlite": "main", "duckdb": "main"}
_STATUS = Column("status", "public.status", "text")


def _catalog(dialect: str) -> Catalog:
    schema = _SCHEMAS[dialect]
    tables = [Table(schema, name, "table", (_COLUMN, _STATUS)) for name in _TABLES]
    return Catalog(
        (*tables, Table("crm", "customers", "table", (_COLUMN,))) if dialect == "postgres" else tuple(tables)
    )


def _queries(dialect: str) -> list[str]:
    own: list[str] = import_module(f"{_TESTS}.{dialect}.queries").QUERIES
    common: list[str] = import_module(f"{_TESTS}.common_queries").QUERIES
    return own if dialect == "postgres" else [*common, *own]


def _cost(sql: str, catalog: Catalog, dialect: str) -> float:
    started = time.perf_counter()
    guard_query(sql, catalog, dialect)
    return (time.perf_counter() - started) * 1000


def main() -> None:
    """Print a table: engine, number of queries, median, 95th percentile, most."""
    print(f"{'engine':<10} {'queries':>7} {'p50 ms':>8} {'p95 ms':>8} {'max ms':>8}")
    for dialect in _SCHEMAS:
        catalog, queries = _catalog(dialect), _queries(dialect)
        guard_query("SELECT 1", catalog, dialect)
        costs = [_cost(sql, catalog, dialect) for sql in queries]
        figures = (median(costs), quantiles(costs, n=20)[-1], max(costs))
        print(f"{dialect:<10} {len(queries):>7} " + " ".join(f"{figure:>8.2f}" for figure in figures))


if __name__ == "__main__":
    main()
