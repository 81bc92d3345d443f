"""Reads the result of a query of a data source. The query passes the guard; data sources limit its result."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import cast
from uuid import UUID

from buster_jobs.packages.data_sources.json_values import to_json_value
from buster_jobs.packages.data_sources.source import MAX_BYTES, DataSource
from buster_jobs.packages.errors import InvalidInput
from buster_jobs.packages.warehouse.imports.batches import BATCH_ROWS, Batch, TypedText
from buster_jobs.packages.warehouse.imports.reading.csv_reader import checked_names

_MOST_ROWS = 1_000_000
_SECONDS = 600.0


class _Whole(TypedText):
    kinds = ("integer", "decimal")


class _Number(TypedText):
    kinds = ("number",)


class _Decimal(TypedText):
    kinds = ("decimal",)


class _Boolean(TypedText):
    kinds = ("boolean",)


class _Date(TypedText):
    kinds = ("date", "timestamp")


class _Time(TypedText):
    kinds = ("time",)


class _Timestamp(TypedText):
    kinds = ("timestamp",)


class _Moment(TypedText):
    kinds = ("timestamptz",)


class _Uuid(TypedText):
    kinds = ("uuid",)


class _Json(TypedText):
    kinds = ("json",)


class QueryReader:
    """Implements `Reader`; lines are row numbers. The whole result is in memory: at most 20 MB."""

    has_empty_text = True

    def __init__(self, source: DataSource, query: str) -> None:
        result = source.query(query, max_rows=_MOST_ROWS, timeout=_SECONDS)
        if result.truncated:
            raise InvalidInput(
                f"The query gives more than {_MOST_ROWS:,} rows or {MAX_BYTES // 1_000_000} MB: ask for less, "
                "or import a file."
            )
        self._rows = result.rows
        self._columns = checked_names(result.columns)

    def columns(self) -> Sequence[str]:
        return self._columns

    def text_kinds(self, column: str) -> Sequence[str] | None:  # noqa: ARG002 - the protocol's
        return ()

    def batches(self) -> Iterator[Batch]:
        for start in range(0, len(self._rows), BATCH_ROWS):
            rows = [[_text(value) for value in row] for row in self._rows[start : start + BATCH_ROWS]]
            columns = dict(zip(self._columns, zip(*rows, strict=True), strict=True))
            yield Batch(range(start + 1, start + 1 + len(rows)), columns)


def _text(value: object) -> str | None:
    match value:
        case None | str():
            return value
        case bool():
            return _Boolean(str(value).lower())
        case int():
            return _Whole(value)
        case float():
            return _Number(repr(value))
        case Decimal():
            return _Decimal(format(value, "f"))
        case _:
            return _composed(value)


def _composed(value: object) -> str:
    match value:
        case datetime():
            return (_Moment if value.tzinfo else _Timestamp)(value.isoformat(sep=" "))
        case date() | time():
            return (_Date if isinstance(value, date) else _Time)(value.isoformat())
        case UUID():
            return _Uuid(value)
        case bytes():
            return f"\\x{value.hex()}"
        case dict() | list():
            return _Json(json.dumps(to_json_value(cast("object", value))))
        case _:
            return str(value)
