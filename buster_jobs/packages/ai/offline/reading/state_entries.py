"""Phrases for states of a row, from comments, flags and dates: "active", "shipped", "unpaid"."""

from buster_jobs.packages.ai.offline.reading.english import GLUE
from buster_jobs.packages.ai.offline.reading.entries import Entry
from buster_jobs.packages.ai.offline.reading.readings import Val
from buster_jobs.packages.ai.schema.comments import Remark
from buster_jobs.packages.ai.schema.names import has_status
from buster_jobs.packages.ai.schema.words import singular, split_name, stem, word_set
from buster_jobs.packages.data_sources.catalog import Column, Table

_THINGS = word_set("goods items things products articles rows records entries ones cases")


def state_entries(table: Table, column: Column, remark: Remark) -> list[Entry]:
    """The entries of a column for the states that it tells."""
    return [
        *_remarked(table, column, remark),
        *_flags(table, column),
        *_happened(table, column),
        *_open(table, column),
    ]


def _remarked(table: Table, column: Column, remark: Remark) -> list[Entry]:
    """States that the comment gives: what null, a sign or a code means."""
    entries: list[Entry] = []
    own = {stem(word) for word in split_name(table.name)}
    for meaning in remark.meanings:
        words = tuple(word for word in meaning.words if word not in GLUE and stem(word) not in own)
        # "True for hazardous goods": all rows are goods, so "hazardous" names the state.
        words = words[:-1] if len(words) > 1 and words[-1] in _THINGS else words
        op, values = _test(meaning.test, meaning.code, column)
        if words and op and len(words) <= 3 and "not" not in meaning.words:
            entries.append(_state(Val(table, column, op, values, stated=True), words, 0.97))
    return entries


def _flags(table: Table, column: Column) -> list[Entry]:
    """States of a boolean column: "active" and "inactive"."""
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
    """States of a nullable date: "shipped" and "unshipped" of shipped_at, "paid" and "unpaid" of paid_on.

    Irregular verbs are left out of tables with a status, which may say more: that an invoice was cancelled.
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
    """The state "open": opened and not yet closed. Left out of tables with a status, which may say more."""
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
