"""Words for states of a column: what its comment, a flag's name or a date's name says that a row is. No values."""

from buster_jobs.packages.ai.offline.reading.english import GLUE
from buster_jobs.packages.ai.offline.reading.entries import Entry
from buster_jobs.packages.ai.offline.reading.readings import Val
from buster_jobs.packages.ai.schema.comments import Remark
from buster_jobs.packages.ai.schema.names import has_status
from buster_jobs.packages.ai.schema.words import singular, split_name, stem, word_set
from buster_jobs.packages.data_sources.catalog import Column, Table

_THINGS = word_set("goods items things products articles rows records entries ones cases")


def state_entries(table: Table, column: Column, remark: Remark) -> list[Entry]:
    """All of a column."""
    return [
        *_remarked(table, column, remark),
        *_flags(table, column),
        *_happened(table, column),
        *_open(table, column),
    ]


def _remarked(table: Table, column: Column, remark: Remark) -> list[Entry]:
    """What the comment says that null, a sign or a code means."""
    entries: list[Entry] = []
    own = {stem(word) for word in split_name(table.name)}
    for meaning in remark.meanings:
        words = tuple(word for word in meaning.words if word not in GLUE and stem(word) not in own)
        # "True for hazardous goods": goods are what the rows are anyway.
        words = words[:-1] if len(words) > 1 and words[-1] in _THINGS else words
        op, values = _test(meaning.test, meaning.code, column)
        if words and op and len(words) <= 3 and "not" not in meaning.words:
            entries.append(_state(Val(table, column, op, values, stated=True), words, 0.97))
    return entries


def _flags(table: Table, column: Column) -> list[Entry]:
    """ "active" and "inactive", of a boolean column."""
    words = tuple(word for word in split_name(column.name) if word not in ("is", "has", "was", "flag", "can"))
    if column.type != "boolean" or not words:
        return []
    no = Val(table, column, "=", (False,), stated=True)
    opposites = [(prefix + words[0],) for prefix in ("in", "un", "non")] if len(words) == 1 else []
    return [
        _state(Val(table, column, "=", (True,), stated=True), words),
        *(_state(no, opposite) for opposite in opposites),
    ]


def _happened(table: Table, column: Column) -> list[Entry]:
    """ "shipped" and "unshipped", of a nullable shipped_at; "paid" and "unpaid" of a nullable paid_on.

    A status may know more than the date of an irregular verb, such as that nothing is to be paid any more.
    """
    name = split_name(column.name)
    dated = column.type in ("date", "timestamp") and column.nullable
    if not dated or len(name) != 2 or name[1] not in ("at", "on", "date"):
        return []
    irregular = singular(name[0]) not in (name[0], name[0].removesuffix("s"))
    if not name[0].endswith("ed") and stem(name[0]) == singular(name[0]) and (not irregular or has_status(table)):
        return []
    done, undone = (Val(table, column, op, stated=True) for op in ("not null", "null"))
    return [_state(done, name[:1]), _state(undone, ("un" + name[0],))]


def _open(table: Table, column: Column) -> list[Entry]:
    """ "open": what was opened and not closed, where no status says more."""
    opened = any(stem("open") == stem(split_name(c.name)[0]) and c.type in ("date", "timestamp") for c in table.columns)
    closes = column.nullable and column.type in ("date", "timestamp") and stem(split_name(column.name)[0]) == "clos"
    if not opened or not closes or has_status(table):
        return []
    return [_state(Val(table, column, "null", stated=True), ("open",), 1.05)]


def _state(reading: Val, words: tuple[str, ...], weight: float = 1.0) -> Entry:
    return Entry(reading, words, words[len(words) - 1], weight, whole=True)


def _test(test: str, code: str | None, column: Column) -> tuple[str, tuple[str | int | bool, ...]]:
    if test == "null":
        return "null", ()
    if test == "not null":
        return "not null", ()
    if test in ("negative", "positive") and column.type in ("integer", "number"):
        return ("<" if test == "negative" else ">"), (0,)
    if test in ("true", "false") and column.type == "boolean":
        return "=", (test == "true",)
    if code is not None:
        return "=", (int(code) if column.type in ("integer", "number") else code,)
    return "", ()
