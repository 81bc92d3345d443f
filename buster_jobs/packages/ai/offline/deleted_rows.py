"""Rows that are marked as deleted instead of being removed: nobody means them who does not name the mark. No SQL."""

from buster_jobs.packages.ai.offline.joins import Path
from buster_jobs.packages.ai.offline.plan import Condition, Filter, Ref
from buster_jobs.packages.ai.offline.words import split_name
from buster_jobs.packages.data_sources.catalog import Column, Table

_GONE = frozenset({"deleted", "removed"})
_AROUND = frozenset({"is", "was", "at", "on", "flag", "date", "time", "ts"})


def not_deleted(table: Table, path: Path, conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """The condition that a row of the table at the end of `path` is not deleted.

    None when rows carry no such mark, or when `conditions` speak of it themselves.
    """
    mark = next((column for column in table.columns if marks_deletion(column)), None)
    if mark is None or any(isinstance(c, Filter) and c.ref.column == mark and c.ref.table == table for c in conditions):
        return ()
    ref = Ref(path, table, mark)
    if mark.type != "boolean":
        return (Filter(ref, "null", words="not deleted"),)
    if not mark.nullable:
        return (Filter(ref, "=", (False,), words="not deleted"),)
    return (Filter(ref, "=", (True,), negated=True, words="deleted"),)


def marks_deletion(column: Column) -> bool:
    """Whether a column says that its row counts as gone: is_deleted, deleted_at, removed."""
    words = set(split_name(column.name))
    if not words & _GONE or words - _GONE - _AROUND:
        return False
    return column.type == "boolean" or (column.type in ("date", "timestamp") and column.nullable)
