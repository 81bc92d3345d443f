"""A driver's own error of a connection to PostgreSQL, where nobody made one of ours of it: what a person is told."""

import sys

_PASSING_CLASSES = ("08", "53", "57P")
"""SQLSTATEs of a lost or refused connection, from the PostgreSQL manual, appendix A; libpq's own errors have none."""


def lost_connection(error: Exception) -> str | None:
    """The sentence, without a secret; None for any other error."""
    said = getattr(error, "orig", None) or error
    state = getattr(said, "sqlstate", None) or getattr(said, "pgcode", None) or ""
    if not isinstance(said, _operational_errors()) or not (state == "" or state.startswith(_PASSING_CLASSES)):
        return None
    return "PostgreSQL cannot be reached, or was lost on the way: see that it runs, check BUSTER_DATABASE_URL."


def _operational_errors() -> tuple[type[Exception], ...]:
    # Only of drivers that the command has imported: every command would start more slowly otherwise.
    drivers = [sys.modules[name] for name in ("psycopg", "psycopg2") if name in sys.modules]
    return tuple(driver.OperationalError for driver in drivers)
