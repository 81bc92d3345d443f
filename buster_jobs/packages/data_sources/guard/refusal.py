"""How the guard refuses: with a reason by which a person, or the model that wrote the query, can repair it."""

from typing import NoReturn

from buster_jobs.packages.data_sources.errors import QueryRefused

_LONGEST_QUOTE = 60


def refuse(reason: str) -> NoReturn:
    """Raise `QueryRefused`. `reason` is one sentence that says what is not allowed."""
    raise QueryRefused(reason)


def quoted(text: str) -> str:
    """A piece of a hostile query, short and printable, for use within a reason."""
    shown = text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"
    return "".join(c if c.isprintable() else "?" for c in shown)
