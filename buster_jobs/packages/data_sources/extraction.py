"""Reading whole tables for copies, from any engine, as the text that PostgreSQL's COPY takes.

The engines write that text themselves, in one column: a Python value for each field costs several times as much. What a
field's text must be, and how it is escaped, stands in PostgreSQL's manual at COPY, "Text Format".
"""

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass

from buster_jobs.packages.data_sources.catalog import Table

BLOCK = 1 << 16
"""Bytes that are handed on together, about."""

NO_CHARACTER = "\N{REPLACEMENT CHARACTER}"
"""Replaces the character 0, which text in PostgreSQL cannot hold."""


@dataclass(frozen=True, slots=True)
class ExtractedColumn:
    """A column as it is read. `type` is the PostgreSQL type that holds all of its values, as `format_type` writes it.

    From `expression` the engine makes the field's text.
    """

    name: str
    type: str
    expression: str


@dataclass(frozen=True, slots=True)
class Extract:
    """What to read of a table: all rows, or with `since` those whose column `cursor` is at least that.

    With `cursor`, rows come in its order, NULLs first. `since` is a value as PostgreSQL writes it.
    """

    table: Table
    columns: tuple[ExtractedColumn, ...]
    cursor: str | None = None
    since: str | None = None


def blocks(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Lines joined to blocks of about `BLOCK` bytes; each line brings its newline."""
    held: list[bytes] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= BLOCK:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)


def row_blocks(batches: Iterable[list[bytes]]) -> Generator[bytes]:
    """Batches of lines as blocks. The lines come without a newline and get one."""
    for batch in batches:
        if batch:
            yield b"\n".join(batch) + b"\n"
