"""The clocks of a table: the columns that tell the time of its rows, by their names, types and comments."""

import re
from dataclasses import dataclass

from buster_jobs.packages.ai.schema.comments import read_comment
from buster_jobs.packages.ai.schema.derived_columns import Derived
from buster_jobs.packages.ai.schema.joins import JoinGraph, Path
from buster_jobs.packages.ai.schema.names import expand, table_words
from buster_jobs.packages.ai.schema.words import singular, split_name, stem, word_set
from buster_jobs.packages.data_sources.catalog import Column, Table

_PARTS = {"year": "year", "yr": "year", "month": "month", "mon": "month", "day": "day", "hour": "hour"}
_AUDIT = frozenset(
    {"updated", "modified", "deleted", "changed", "synced", "loaded", "imported", "ingested", "refreshed"}
)
# Dates of plans, and of long before: "orders in May" means neither promised dates nor birthdays.
_ELSEWHEN = word_set(
    """
    promised promise due expected expects estimated eta scheduled planned plan target deadline expires expiry expiration
    expire valid renewal birth born dob required
    """
)
_BORN = word_set("birth born dob birthday birthdate")
_PLAIN = frozenset({"date", "time", "timestamp", "datetime", "day", "at"})


@dataclass(frozen=True, slots=True)
class Clock:
    """The time of rows: one date or timestamp column, or integer columns for year, month, day, …"""

    path: Path
    table: Table
    column: Column | None = None
    parts: tuple[tuple[str, Column], ...] = ()

    def part(self, name: str) -> Column | None:
        """The column for a part such as "month"; None when there is none."""
        return dict(self.parts).get(name)


def clocks(table: Table, path: Path) -> list[Clock]:
    """The clocks for a question that names no column: one, several equally good ones, or none."""
    parts = _parts(table)
    names = {name for name, _ in parts}
    dated = [column for column in table.columns if column.type in ("date", "timestamp")]
    if {"year", "month"} <= names or (names and not dated):
        return [Clock(path, table, None, parts)]
    return [Clock(path, table, column) for column in _primary(table, dated)]


def timestamps(table: Table, path: Path) -> list[Clock]:
    """The clocks that are one column. Weeks and weekdays need one: columns for parts of a date cannot give them."""
    dated = [column for column in table.columns if column.type in ("date", "timestamp")]
    return [Clock(path, table, column) for column in _primary(table, dated)]


def clock_of(column: Column, table: Table, path: Path) -> Clock:
    """The named column as a clock; an integer column holds years."""
    if column.type in ("date", "timestamp"):
        return Clock(path, table, column)
    return Clock(path, table, None, (("year", column),))


def keeps_time_of(graph: JoinGraph, table: Table) -> list[tuple[Table, Path]]:
    """The referred tables whose time is also that of `table`: the time of an order is that of its items."""
    own = {singular(word) for word in split_name(table.name)}
    found: list[tuple[Table, Path]] = []
    for hop in graph.hops(table):
        named = {singular(word) for word in split_name(hop.target.name)} <= own
        if named or set(hop.key.columns) < set(table.primary_key):
            found.append((hop.target, (hop,)))
    return found


def _parts(table: Table) -> tuple[tuple[str, Column], ...]:
    found: dict[str, Column] = {}
    for column in table.columns:
        words = [*split_name(column.name)]
        part = _PARTS.get(words[-1]) if 0 < len(words) <= 2 else None
        head = read_comment(column).head
        if part is None and head and re.fullmatch(r"(year|month|day|hour)", head[0]):
            part = head[0]
        if part and column.type == "integer":
            if part in found and len(split_name(found[part].name)) <= len(words):
                continue
            found[part] = column
    return tuple(found.items())


def _primary(table: Table, dated: list[Column]) -> list[Column]:
    # "dogs treated in May" are not the dogs born in May: a birthday counts where a question names it.
    dated = [column for column in dated if not set(expand(split_name(column.name))) & _BORN]
    for other in (_AUDIT, _ELSEWHEN):
        dated = [column for column in dated if not set(split_name(column.name)) & other] or dated
    # The time of what has a start and an end is its start.
    ends = {c.end for c in table.columns if isinstance(c, Derived) and c.kind == "span"}
    dated = [column for column in dated if column.name not in ends] or dated
    own = {stem(word) for word in table_words(table)}
    for chosen in (
        [c for c in dated if own & {stem(w) for w in split_name(c.name)} or set(split_name(c.name)) <= _PLAIN],
        [c for c in dated if not c.nullable],
    ):
        if len(chosen) == 1:
            return chosen
    return dated


def is_year(column: Column) -> bool:
    """Whether an integer column holds a year."""
    words = (column.name.lower(), *((column.comment or "").lower().split()))
    return column.type == "integer" and any(
        word.strip(".,;") in ("year", "yr") or word.endswith("_year") for word in words
    )
