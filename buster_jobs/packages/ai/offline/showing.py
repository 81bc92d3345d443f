"""Which columns people know a row by: names, titles, readable keys. No plans, no SQL."""

from buster_jobs.packages.ai.offline.comments import read_comment
from buster_jobs.packages.ai.offline.derived import Derived
from buster_jobs.packages.ai.offline.joins import Path
from buster_jobs.packages.ai.offline.names import expand, table_words
from buster_jobs.packages.ai.offline.plan import Ref
from buster_jobs.packages.ai.offline.words import split_name
from buster_jobs.packages.data_sources.catalog import Column, Table

_WHOLE = frozenset({"name", "title", "label", "fullname"})
_FIRST = frozenset({"first", "given", "firstname", "forename"})
_LAST = frozenset({"last", "family", "lastname", "surname"})
_MOST_COLUMNS = 8


def is_surrogate(column: Column) -> bool:
    """Whether a key is a number or an id that means nothing to people."""
    return column.type == "integer" or column.sql_type.lower() == "uuid"


def naming_columns(table: Table) -> list[Column]:
    """The columns that together name a row; none when nothing does."""
    texts = [column for column in table.columns if column.type == "text"]
    first = [column for column in texts if set(_words(column)) & _FIRST]
    last = [column for column in texts if set(_words(column)) & _LAST]
    if first and last:
        return [first[0], last[0]]
    own = set(table_words(table))
    whole = [c for c in texts if set(_words(c)) & _WHOLE or _words(c) == ("full", "name")]
    whole.sort(key=lambda c: len([word for word in _words(c) if word not in own]))
    if whole:
        return whole[:1]
    noted = [c for c in texts if (head := read_comment(c).head) and head[-1] in _WHOLE]
    noted += [c for c in texts if (head := read_comment(c).head) and head[0] in _WHOLE and c not in noted]
    described = [c for c in texts if (*own, "description") == _words(c)]
    return (noted or described)[:1]


def _shown(column: Column) -> bool:
    return column.type != "json" and not isinstance(column, Derived)


def _words(column: Column) -> tuple[str, ...]:
    return expand(split_name(column.name))


def entity_columns(table: Table, path: Path, shown: tuple[Ref, ...], *, only_shown: bool) -> tuple[Ref, ...]:
    """What a list of rows shows: what was asked for, else names and keys, else the first columns."""
    names = [Ref(path, table, column) for column in naming_columns(table)]
    keys = [Ref(path, table, table.column(name)) for name in table.primary_key]
    if only_shown:
        return tuple(dict.fromkeys((*names, *shown))) if all(ref.table == table for ref in shown) else shown
    if names or (keys and path):
        return tuple(dict.fromkeys((*keys, *names)))
    others = [Ref(path, table, column) for column in table.columns if _shown(column)]
    return tuple(dict.fromkeys((*keys, *others)))[:_MOST_COLUMNS]
