"""Reads CSV with the standard library's parser, the only one of those we measured that knows a record's line."""

import csv
from collections.abc import Iterator, Sequence
from typing import IO

from buster_jobs.packages.errors import InvalidInput
from buster_jobs.packages.warehouse.imports.batches import BATCH_CHARACTERS, BATCH_ROWS, Batch, Reject, shown
from buster_jobs.packages.warehouse.imports.declaration import ImportSource
from buster_jobs.packages.warehouse.imports.reading.lines import MOST_CHARACTERS, TextLines

_DELIMITERS = ",;\t|"
_SAMPLE_LINES = 50


class CsvReader:
    """Implements `Reader`. Empty lines are skipped."""

    has_empty_text = False

    def __init__(self, file: IO[bytes], source: ImportSource) -> None:
        self._lines = TextLines(file, source.encoding)
        self.delimiter = source.delimiter or detect_delimiter(self._lines.sample, source.quote)
        # The limit belongs to the process; nothing else sets it. TextLines limits lines itself.
        csv.field_size_limit(MOST_CHARACTERS)
        self._rows = csv.reader(self._lines, delimiter=self.delimiter, quotechar=source.quote, strict=True)
        self._first: list[str] | None = None
        self._columns = self._header() if source.header else self._numbered()

    def columns(self) -> Sequence[str]:
        return self._columns

    def text_kinds(self, column: str) -> Sequence[str] | None:  # noqa: ARG002 - the protocol's
        return None

    def batches(self) -> Iterator[Batch]:
        lines: list[int] = []
        rows: list[list[str]] = []
        rejects: list[Reject] = []
        began_at = self._lines.characters
        for line, row in self._records():
            if isinstance(row, Reject):
                rejects.append(row)
            else:
                lines.append(line)
                rows.append(row)
            if len(rows) + len(rejects) >= BATCH_ROWS or self._lines.characters - began_at > BATCH_CHARACTERS:
                yield self._batch(lines, rows, rejects)
                lines, rows, rejects, began_at = [], [], [], self._lines.characters
        if rows or rejects:
            yield self._batch(lines, rows, rejects)

    def _batch(self, lines: list[int], rows: list[list[str]], rejects: list[Reject]) -> Batch:
        return Batch(lines, dict(zip(self._columns, zip(*rows, strict=True), strict=True)) if rows else {}, rejects)

    def _records(self) -> Iterator[tuple[int, list[str] | Reject]]:
        width, too_long, rows = len(self._columns), self._lines.too_long, self._rows
        if self._first is not None:
            yield 1, self._first
        while True:
            line = rows.line_num + 1
            try:
                for row in rows:
                    if len(row) == width and not too_long:
                        yield line, row
                    elif row or too_long:
                        yield from self._judged(line, row)
                    line = rows.line_num + 1
            except csv.Error as error:
                yield line, self._broken(line, error)
            else:
                return

    def _judged(self, line: int, row: list[str]) -> Iterator[tuple[int, list[str] | Reject]]:
        if any(line <= number <= self._rows.line_num for number in self._lines.too_long):
            yield line, Reject(line, None, None, f"has more than {MOST_CHARACTERS:,} characters in one line")
        elif len(row) == len(self._columns):
            yield line, row
        elif row:
            fields = self.delimiter.join(row)
            yield line, Reject(line, None, shown(fields), f"has {len(row)} fields, and not {len(self._columns)}")

    def _broken(self, line: int, error: csv.Error) -> Reject:
        """The reject for a malformed line. Raises `InvalidInput` if an open quote has swallowed the lines after it."""
        if self._rows.line_num > line or "unexpected end" in str(error):
            raise InvalidInput(
                f"A quote that opens in line {line} does not close where a field ends: the rows after it cannot be "
                "told apart. Mend the line, or declare another quote."
            )
        if "field limit" in str(error):
            return Reject(line, None, None, f"has more than {MOST_CHARACTERS:,} characters in one field")
        return Reject(line, None, None, "has text after a closing quote, or a stray carriage return")

    def _header(self) -> list[str]:
        try:
            names = next((row for row in self._rows if row), None)
        except csv.Error:
            raise InvalidInput("The file's header line has a quote that does not close where a field ends.") from None
        if names is None:
            raise InvalidInput("The file is empty: it has no header line.")
        return checked_names([name.strip() for name in names])

    def _numbered(self) -> list[str]:
        try:
            self._first = next(self._rows, None)
        except csv.Error:
            raise InvalidInput("The file's first line has a quote that does not close where a field ends.") from None
        if not self._first:
            raise InvalidInput("The file is empty, or its first line is.")
        return [f"column_{number}" for number in range(1, len(self._first) + 1)]


def detect_delimiter(sample: str, quote: str) -> str:
    """The delimiter that splits the first line into most fields and other lines into as many; a comma by default."""
    lines = [line for line in sample.splitlines(keepends=True)[:_SAMPLE_LINES] if line.strip()]

    def score(delimiter: str) -> float:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter, quotechar=quote)]
        except csv.Error:
            return 0
        return (widths[0] - 1) * widths.count(widths[0]) / len(widths) if widths else 0

    return max(_DELIMITERS, key=score)  # the first of equals, which is the comma


def checked_names(names: Sequence[str]) -> list[str]:
    """The names. Raises `InvalidInput` for an empty or duplicate name, or bytes of another encoding."""
    for position, name in enumerate(names, 1):
        if not name:
            raise InvalidInput(f"Column {position} of the header has no name: give it one.")
        if (first := names.index(name) + 1) != position:
            raise InvalidInput(f"Columns {first} and {position} of the header are both named {name!r}: rename one.")
        if not name.isascii() and shown(name) != name:
            raise InvalidInput(
                f"The name of column {position} of the header is not of the file's encoding: declare it."
            )
    return list(names)
