"""The names of copied tables and columns in the warehouse: those of the source, within PostgreSQL's 63 bytes."""

from collections.abc import Collection, Iterable
from hashlib import sha256

_MOST_BYTES = 63
_DEFAULT_SCHEMAS = ("public", "main")
# System columns, which every table of PostgreSQL has.
_TAKEN = frozenset({"ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"})


def warehouse_table(schema: str, table: str, *, only_schema: bool, taken: Collection[str] = ()) -> str:
    """The copy's name: the table's own, prefixed with its schema unless that is the default or the only one.

    A name that is too long, or `taken` by another table of the source, ends in a hash of the whole name.
    """
    plain = table if only_schema or schema in _DEFAULT_SCHEMAS else f"{schema}_{table}"
    name = _fitted(plain, f"{schema}.{table}")
    return name if name not in taken else _ending(plain, f"{schema}.{table}")


def warehouse_columns(names: Iterable[str]) -> list[str]:
    """The columns' names in the copy, in the same order: unchanged where PostgreSQL accepts them."""
    made: list[str] = []
    for number, name in enumerate(names, start=1):
        fitted = _fitted(name.replace("\0", ""), name) or f"column_{number}"
        while fitted in _TAKEN or fitted in made:
            fitted = _fitted(f"{fitted}_", f"{fitted}_ {number}")
        made.append(fitted)
    return made


def _fitted(name: str, whole: str) -> str:
    return name if len(name.encode()) <= _MOST_BYTES else _ending(name, whole)


def _ending(name: str, whole: str) -> str:
    ending = f"_{sha256(whole.encode()).hexdigest()[:8]}"
    return name.encode()[: _MOST_BYTES - len(ending)].decode(errors="ignore") + ending
