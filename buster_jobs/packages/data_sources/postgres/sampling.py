"""A sample of a PostgreSQL table: whole pages from anywhere in it. Only SQL, none executed."""

from psycopg import sql

from buster_jobs.packages.data_sources.catalog import Table
from buster_jobs.packages.data_sources.sampling import first_rows


def sample_queries(table: Table, rows: int) -> tuple[str, ...]:
    """The best first. Foreign tables and views know no TABLESAMPLE."""
    name = sql.Identifier(table.schema, table.name).as_string()
    first = first_rows(table, name, rows, _quoted)
    if table.row_count <= rows or table.kind == "view":
        return (first,)
    percent = min(100.0, 100.0 * rows / table.row_count)
    # A limit of `rows` would leave out the last pages of those that were drawn.
    return first_rows(table, f"{name} TABLESAMPLE SYSTEM ({percent:.12f})", 2 * rows, _quoted), first


def _quoted(name: str) -> str:
    return sql.Identifier(name).as_string()
