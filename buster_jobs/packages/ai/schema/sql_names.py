"""Names of tables and columns in a query's tree, always quoted."""

from sqlglot import exp

from buster_jobs.packages.data_sources.catalog import Table


def quoted(name: str) -> exp.Identifier:
    """The name as a quoted identifier."""
    return exp.to_identifier(name, quoted=True)


def column_of(table: str, name: str) -> exp.Column:
    """A column of the table with that name or alias."""
    return exp.column(quoted(name), table=quoted(table))


def table_as(table: Table, alias: str) -> exp.Table:
    """The table, with its schema, under an alias."""
    return exp.table_(quoted(table.name), db=quoted(table.schema), alias=quoted(alias))
