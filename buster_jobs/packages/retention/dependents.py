"""Which rows of other tables hang on some rows, by foreign key, whichever tables there are. Deletes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, Table, select

from buster_jobs.packages.database.model_base import Base


@dataclass(frozen=True, slots=True)
class Dependents:
    """The rows of `table` that are `which`. They go with what they hang on, or lose their `reference` to it."""

    table: Table
    which: ColumnElement[bool]
    reference: "Column[object] | None" = None


def dependents(table: Table, which: ColumnElement[bool]) -> Iterator[Dependents]:
    """What hangs on those rows of `table`, the furthest first, so that each can go when it comes."""
    for child in Base.metadata.sorted_tables:
        for key in child.foreign_keys:
            if child is table or key.column.table is not table:
                continue
            theirs = key.parent.in_(select(key.column).where(which).correlate(None))
            if key.ondelete == "CASCADE":
                yield from dependents(child, theirs)
                yield Dependents(child, theirs)
            else:
                yield Dependents(child, theirs, key.parent)
