"""Reading a DuckDB table: the SQL that makes one line of COPY's text of each row. `child` runs it."""

from buster_jobs.packages.data_sources.catalog import Column, Table
from buster_jobs.packages.data_sources.extraction import NO_CHARACTER, Extract, ExtractedColumn

_TYPES = {
    "BOOLEAN": "boolean",
    "TINYINT": "smallint",
    "UTINYINT": "smallint",
    "SMALLINT": "smallint",
    "USMALLINT": "integer",
    "INTEGER": "integer",
    "UINTEGER": "bigint",
    "BIGINT": "bigint",
    "UBIGINT": "numeric(20,0)",
    "HUGEINT": "numeric(39,0)",
    "UHUGEINT": "numeric(39,0)",
    "FLOAT": "real",
    "DOUBLE": "double precision",
    "UUID": "uuid",
    "DATE": "date",
    "TIME": "time without time zone",
    "TIMESTAMP": "timestamp without time zone",
    "TIMESTAMP_S": "timestamp without time zone",
    "TIMESTAMP_MS": "timestamp without time zone",
    "TIMESTAMP WITH TIME ZONE": "timestamp with time zone",
    "INTERVAL": "interval",
    "JSON": "json",
    "BLOB": "bytea",
}
"""Types whose text PostgreSQL reads back as the same value. All others become text."""

_NESTED = ("STRUCT", "MAP", "UNION")


def extracted_columns(table: Table) -> tuple[ExtractedColumn, ...]:
    """The table's columns, each with the type that takes its values."""
    return tuple(_column(column) for column in table.columns)


def _column(column: Column) -> ExtractedColumn:
    name, spelt = quoted(column.name), column.sql_type
    if spelt.endswith("]") or spelt.startswith(_NESTED):
        return ExtractedColumn(column.name, "json", _escaped(f"to_json({name})::VARCHAR"))
    if spelt.startswith("DECIMAL"):
        return ExtractedColumn(column.name, f"numeric{spelt.removeprefix('DECIMAL')}", f"{name}::VARCHAR")
    kind = _TYPES.get(spelt, "text")
    return ExtractedColumn(column.name, kind, _expression(kind, name))


def _expression(kind: str, name: str) -> str:
    if kind == "bytea":
        return f"'\\\\x' || hex({name})"
    if kind in ("text", "json"):
        return _escaped(f"{name}::VARCHAR")
    if kind == "date" or kind.startswith("timestamp"):
        # DuckDB writes a year before our era as 0044-03-15 (BC).
        return f"regexp_replace({name}::VARCHAR, ' \\(BC\\)(.*)$', '\\1 BC')"
    return f"{name}::VARCHAR"


def _escaped(value: str) -> str:
    for old, new in (
        ("'\\'", "'\\\\'"),
        ("chr(9)", "'\\t'"),
        ("chr(10)", "'\\n'"),
        ("chr(13)", "'\\r'"),
        ("chr(0)", f"'{NO_CHARACTER}'"),
    ):
        value = f"replace({value}, {old}, {new})"
    return value


def quoted(name: str) -> str:
    """A name as DuckDB takes it."""
    return '"' + name.replace('"', '""') + '"'


def statement(extract: Extract) -> str:
    """The query. Its one column is the line."""
    fields = ", ".join(f"coalesce({column.expression}, '\\N')" for column in extract.columns)
    table = f"{quoted(extract.table.schema)}.{quoted(extract.table.name)}"
    return f"SELECT concat_ws(chr(9), {fields}) FROM {table}{_order(extract)}"  # noqa: S608, quoted


def _order(extract: Extract) -> str:
    if extract.cursor is None:
        return ""
    cursor = quoted(extract.cursor)
    order = f" ORDER BY {cursor} NULLS FIRST"
    if extract.since is None:
        return order
    since = extract.since.replace("'", "''")
    kind = extract.table.column(extract.cursor).sql_type
    return f" WHERE {cursor} >= '{since}'::{kind}{order}"
