"""Turns violations of the database's constraints into our errors, which are the caller's mistakes and never retried."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager

from psycopg import Error
from psycopg.errors import ForeignKeyViolation
from sqlalchemy.exc import DataError, IntegrityError

from buster_jobs.packages.errors import InvalidInput, NotFound


@contextmanager
def refused_as_input(sentences: Mapping[str, str] | None = None) -> Generator[None]:
    """Raise `NotFound` for a broken reference and `InvalidInput` for any other refused row, naming the constraint.

    `sentences` has better messages, by the name of the constraint.
    """
    try:
        yield
    except (IntegrityError, DataError) as error:
        raise _explained(error.orig, sentences or {}) from None


def _explained(reason: BaseException | None, sentences: Mapping[str, str]) -> InvalidInput:
    """Builds the message from our own names: PostgreSQL's messages repeat the row."""
    diagnostic = reason.diag if isinstance(reason, Error) else None
    constraint = diagnostic.constraint_name if diagnostic else None
    table = diagnostic.table_name if diagnostic else None
    if constraint and constraint in sentences:
        return InvalidInput(sentences[constraint])
    if isinstance(reason, ForeignKeyViolation):
        return NotFound(f"The {_referred(constraint, table)} that was named does not exist.")
    what = f"the rule {constraint}" if constraint else "the types of its columns"
    return InvalidInput(f"The database refused the row in {table or 'the table'}: it breaks {what}.")


def _referred(constraint: str | None, table: str | None) -> str:
    """`organization` from `fk_chats_organization_id`, by our naming of constraints."""
    column = (constraint or "").removeprefix(f"fk_{table}_").removesuffix("_id")
    return column.replace("_", " ") or "row"
