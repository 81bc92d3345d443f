"""Columns that mark a row as deleted: is_deleted, deleted_at, removed."""

from buster_jobs.packages.ai.schema.words import split_name
from buster_jobs.packages.data_sources.catalog import Column, Table

_GONE = frozenset({"deleted", "removed"})
_AROUND = frozenset({"is", "was", "at", "on", "flag", "date", "time", "ts"})


def deletion_mark(table: Table) -> Column | None:
    """The column by which rows of the table are marked as deleted; None where no column says so."""
    return next((column for column in table.columns if marks_deletion(column)), None)


def marks_deletion(column: Column) -> bool:
    """Whether a column says that its row counts as deleted: a flag, or the nullable time of the deletion."""
    words = set(split_name(column.name))
    if not words & _GONE or words - _GONE - _AROUND:
        return False
    return column.type == "boolean" or (column.type in ("date", "timestamp") and column.nullable)
