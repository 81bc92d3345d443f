"""Why a view could not be refreshed, in a sentence. It repeats no row: that belongs to the customer."""

import psycopg
from psycopg import errors

from buster_jobs.packages.errors import BusterError
from buster_jobs.packages.warehouse.views.values import View

_NOT_UNIQUE = (errors.UniqueViolation, errors.CardinalityViolation)


def sentence(error: Exception, view: View, seconds: float) -> str:
    """What to tell whoever registered the view."""
    if isinstance(error, BusterError):
        return error.message
    if isinstance(error, _NOT_UNIQUE) and view.unique_key:
        return f"Its rows are not unique by {', '.join(view.unique_key)}: change its key or its query."
    if isinstance(error, errors.QueryCanceled):
        return f"Its query took longer than {seconds:g} s: make it smaller, or build it of several views."
    if isinstance(error, errors.UndefinedTable | errors.UndefinedColumn | errors.InvalidSchemaName):
        return f"What it reads has changed: {_said(error)}"
    if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
        return "The connection to the warehouse was lost: try again."
    return f"The warehouse refused it: {_said(error)}" if isinstance(error, psycopg.Error) else type(error).__name__


def _said(error: psycopg.Error) -> str:
    """The first line, without the value that PostgreSQL quotes after a colon."""
    message = error.diag.message_primary or "it gave no reason"
    return message.partition(': "')[0].rstrip(".") + "."
