"""The query that finds words of a question among the values of a column."""

from sqlglot import exp

from buster_jobs.packages.ai.schema.sql_names import column_of, table_as
from buster_jobs.packages.data_sources.catalog import Column, Table


def lookup_sql(table: Table, column: Column, phrases: tuple[str, ...], *, prefixes: bool, dialect: str) -> str:
    """Distinct values of a column that equal a lower-case phrase or, with `prefixes`, begin with one."""
    own = column_of(table.name, column.name)
    lower = exp.Lower(this=exp.cast(own.copy(), "text"))
    test: exp.Expr = exp.In(this=lower, expressions=[exp.Literal.string(phrase) for phrase in phrases])
    if prefixes:
        likes = [exp.Like(this=lower.copy(), expression=exp.Literal.string(_like(p))) for p in phrases if len(p) > 2]
        test = exp.or_(test, *likes)
    query = exp.select(own).distinct().from_(table_as(table, table.name)).where(test).limit(100)
    return query.sql(dialect=dialect)


def _like(phrase: str) -> str:
    return phrase.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + " %"
