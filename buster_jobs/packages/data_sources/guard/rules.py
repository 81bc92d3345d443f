"""What the guard must know of an engine. A module in `engines` makes one `Rules` for each engine."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import cast

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect

from buster_jobs.packages.data_sources.catalog import Catalog
from buster_jobs.packages.data_sources.engines import BY_DIALECT
from buster_jobs.packages.data_sources.guard.refusal import quoted, refuse


@dataclass(frozen=True, slots=True)
class PlainText:
    """A query without comments. `literals` are the strings that were taken out of it."""

    sql: str
    literals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """How one engine's queries are read, checked and written.

    `read` writes a query plainly, or refuses it. `check_syntax` refuses syntax outside of the engine's lists.
    `prepare_names` brings names to the form in which they are looked up; equal names have the same `fold` then.
    A name of WITH may not begin with `reserved_prefix`.
    """

    dialect: type[Dialect]
    read: Callable[[str], PlainText]
    write: Callable[[str, tuple[str, ...]], str]
    check_syntax: Callable[[exp.Expr, Catalog], None]
    prepare_names: Callable[[exp.Expr], None]
    fold: Callable[[str], str]
    default_schema: str = ""
    reserved_prefix: str = ""
    query_words: tuple[str, ...] = ("select", "with", "values")


def rules_of(dialect: str) -> Rules:
    """The rules of sqlglot's `dialect`. Refuses a dialect without rules."""
    if dialect not in BY_DIALECT:
        refuse(f"There are no rules yet for {quoted(dialect)}, so nothing may be asked there.")
    return _load(dialect)


@lru_cache(maxsize=len(BY_DIALECT))
def _load(dialect: str) -> Rules:
    module = import_module(BY_DIALECT[dialect].rules)
    return cast("Callable[[], Rules]", module.rules)()
