"""The warehouse's own errors, and what PostgreSQL's errors mean there. Messages never repeat a value of a row."""

import re

import psycopg

from buster_jobs.packages.errors import BusterError, DatabaseUnavailable, TimedOut, Unavailable

_PLACE = re.compile(r"line (\d+)(?:, column (.*?)(?::|$))?")


class SchemaChanged(BusterError):
    """A table's structure changed in a way that would break readers of its copy: a person has to decide."""

    code = "SCHEMA_CHANGED"
    retryable = False


class LoadRefused(BusterError):
    """PostgreSQL cannot hold a value that was read."""

    code = "LOAD_REFUSED"
    retryable = False


class SyncFailed(BusterError):
    """No table could be copied."""

    code = "SYNC_FAILED"

    def __init__(self, message: str, *, retryable: bool) -> None:
        super().__init__(message)
        self.retryable = retryable


def warehouse_failure(error: psycopg.Error, table: str) -> BusterError:
    """Our error for one that PostgreSQL raised while `table` was loaded."""
    if isinstance(error, psycopg.DataError):
        return LoadRefused(f"{_place(error)} of {table} cannot be stored: {_kind(error)}.")
    for kinds, made, sentence in _MEANINGS:
        if isinstance(error, kinds):
            return made(sentence.format(table))
    return LoadRefused(f"The warehouse refused {table}: {_kind(error)}.")


_MEANINGS: tuple[tuple[tuple[type[psycopg.Error], ...], type[BusterError], str], ...] = (
    ((psycopg.errors.QueryCanceled,), TimedOut, "Loading {} took too long."),
    (
        (psycopg.errors.LockNotAvailable,),
        Unavailable,
        "{} is being synced by another run, or held by a reader: try again later.",
    ),
    (
        (psycopg.errors.DependentObjectsStillExist, psycopg.errors.FeatureNotSupported),
        SchemaChanged,
        "The structure of {} changed, and views read what changed: drop these views, sync, and make them anew.",
    ),
    (
        (psycopg.errors.CardinalityViolation, psycopg.errors.UniqueViolation),
        LoadRefused,
        "The key columns of {} are not unique in the source: choose others.",
    ),
    ((psycopg.OperationalError,), DatabaseUnavailable, "The warehouse went away while {} was loaded."),
)


def _place(error: psycopg.Error) -> str:
    found = _PLACE.search(error.diag.context or "")
    if not found:
        return "A value"
    return f"Row {found[1]}" + (f", column {found[2]}," if found[2] else "")


def _kind(error: psycopg.Error) -> str:
    """The name of the error, such as "invalid text representation"."""
    words = re.sub(r"(?<!^)([A-Z])", r" \1", type(error).__name__).lower()
    return f"{words} ({error.sqlstate})"
