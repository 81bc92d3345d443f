"""A query around the query: the server stops sending values once their bytes exceed the cap.

libpq holds a whole row before anything can be counted, and a value may have a gigabyte. So the server counts: a row
with which the sum exceeds the cap, and every later one, arrives as NULLs and a mark. Results of narrow types go as
they are.
"""

from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg import Column, sql
from psycopg.postgres import types

# No value of these is longer than some kilobytes.
_NARROW = frozenset(
    types[name].oid
    for name in (
        "bool", "date", "float4", "float8", "inet", "int2", "int4", "int8", "interval", "money", "name",
        "numeric", "oid", "time", "timestamp", "timestamptz", "timetz", "uuid",
    )
)  # fmt: skip

_BEGIN = sql.SQL(
    "SELECT {values}, bytes > {most} FROM (SELECT row.*, pg_catalog.sum({size})"
    " OVER (ROWS UNBOUNDED PRECEDING) AS bytes FROM (\n"
)
# Not pg_column_size, which counts a value as it is stored: compressed to a hundredth of what is sent.
_SIZE = sql.SQL("coalesce(pg_catalog.octet_length({name}{as_text})::pg_catalog.int8, 0)")
_END = sql.SQL("\n) AS row ({names})) AS counted")
_VALUE = sql.SQL("CASE WHEN bytes <= {most} THEN {name} END AS {shown}")


def bounded(connection: psycopg.Connection[Any], query: str, columns: Sequence[Column], most_bytes: int) -> str | None:
    """The query to run instead, of which about `most_bytes` bytes arrive; its last column says that a row was left out.

    None when all of `columns`, which are the query's, are of narrow types.
    """
    if all(column.type_code in _NARROW for column in columns):
        return None
    names = [sql.Identifier(f"c{index}") for index in range(len(columns))]
    most = sql.Literal(most_bytes)
    values = sql.SQL(", ").join(
        _VALUE.format(most=most, name=name, shown=sql.Identifier(column.name))
        for name, column in zip(names, columns, strict=True)
    )
    size = sql.SQL(" + ").join(
        _SIZE.format(name=name, as_text=_as_text(column))
        for name, column in zip(names, columns, strict=True)
        if column.type_code not in _NARROW
    )
    begin = _BEGIN.format(values=values, most=most, size=size).as_string(connection)
    return begin + query + _END.format(names=sql.SQL(", ").join(names)).as_string(connection)


def _as_text(column: Column) -> sql.SQL:
    # As text, a character(n) lacks the spaces at its end, which are sent.
    return sql.SQL("" if column.type_code == types["bpchar"].oid else "::pg_catalog.text")
