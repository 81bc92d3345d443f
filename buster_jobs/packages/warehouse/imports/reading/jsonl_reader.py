"""Reads JSON lines, one object a line. Numbers keep the digits that they have in the file."""

import json
from collections.abc import Iterator, Sequence
from typing import IO, Any, NoReturn, cast

from buster_jobs.packages.errors import InvalidInput
from buster_jobs.packages.warehouse.imports.batches import (
    BATCH_CHARACTERS,
    BATCH_ROWS,
    Batch,
    Reject,
    TypedText,
    shown,
)
from buster_jobs.packages.warehouse.imports.declaration import ImportSource
from buster_jobs.packages.warehouse.imports.reading.lines import MOST_CHARACTERS, TextLines

_MOST_COLUMNS = 1_600
"""PostgreSQL's limit for a table."""


class _Bare(TypedText):
    """A number, true or false, spelled as in the file."""

    __slots__ = ()
    kinds = ("boolean", "integer", "decimal", "number")


class _Nested(TypedText):
    """An object or a list."""

    __slots__ = ()
    kinds = ("json",)


class JsonLinesReader:
    """Implements `Reader`. Empty lines are skipped; keys that an object lacks are missing values."""

    has_empty_text = True

    def __init__(self, file: IO[bytes], source: ImportSource) -> None:
        self._lines = TextLines(file, source.encoding)
        self._names: dict[str, None] = {}

    def columns(self) -> Sequence[str]:
        return ()

    def text_kinds(self, column: str) -> Sequence[str] | None:  # noqa: ARG002 - the protocol's
        return ("date", "timestamp", "timestamptz", "uuid")

    def batches(self) -> Iterator[Batch]:
        lines: list[int] = []
        rows: list[dict[str, str | None]] = []
        rejects: list[Reject] = []
        began_at = self._lines.characters
        for line in self._lines:
            number = self._lines.number
            row = self._row(number, line)
            if isinstance(row, Reject):
                rejects.append(row)
            elif row is not None:
                lines.append(number)
                rows.append(row)
            if len(rows) + len(rejects) >= BATCH_ROWS or self._lines.characters - began_at > BATCH_CHARACTERS:
                yield self._batch(lines, rows, rejects)
                lines, rows, rejects, began_at = [], [], [], self._lines.characters
        if rows or rejects:
            yield self._batch(lines, rows, rejects)

    def _batch(self, lines: list[int], rows: list[dict[str, str | None]], rejects: list[Reject]) -> Batch:
        return Batch(lines, {name: [row.get(name) for row in rows] for name in self._names}, rejects)

    def _row(self, number: int, line: str) -> "dict[str, str | None] | Reject | None":
        if number in self._lines.too_long:
            return Reject(number, None, None, f"has more than {MOST_CHARACTERS:,} characters")
        if not line.strip():
            return None
        try:
            parsed: object = json.loads(line, parse_int=_Bare, parse_float=_Bare, parse_constant=_no_constant)
        except (ValueError, RecursionError):
            return Reject(number, None, shown(line.strip()), "is no JSON")
        if not isinstance(parsed, dict):
            return Reject(number, None, shown(line.strip()), "is no JSON object")
        return self._texts(cast("dict[str, Any]", parsed))

    def _texts(self, parsed: dict[str, Any]) -> dict[str, str | None]:
        for name in parsed:
            self._names.setdefault(name)
        if len(self._names) > _MOST_COLUMNS:
            raise InvalidInput(f"The file's objects have more than {_MOST_COLUMNS:,} different keys.")
        return {name: value if isinstance(value, str) else _text(value) for name, value in parsed.items()}


def _text(value: object) -> str | None:
    if value is None:
        return None
    return _Bare(_spelled(value)) if isinstance(value, bool) else _Nested(_spelled(value))


def _spelled(value: object) -> str:
    """The value as JSON with the original digits of numbers, which json.dumps would write as strings."""
    match value:
        case _Bare():
            return str(value)
        case dict():
            items = cast("dict[str, object]", value).items()
            members = ", ".join(f"{json.dumps(key)}: {_spelled(item)}" for key, item in items)
            return f"{{{members}}}"
        case list():
            return f"[{', '.join(map(_spelled, cast('list[object]', value)))}]"
        case _:
            return json.dumps(value)


def _no_constant(_name: str) -> NoReturn:
    raise ValueError
