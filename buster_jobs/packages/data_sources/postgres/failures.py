"""What a failure of psycopg means: retryable or not, in one sentence and without a secret."""

import re
from collections.abc import Iterable

import psycopg

from buster_jobs.packages.data_sources.errors import QueryFailed
from buster_jobs.packages.data_sources.postgres.address import Address
from buster_jobs.packages.errors import BusterError, ConfigurationError, TimedOut, Unavailable

# SQLSTATE classes and codes, from the PostgreSQL manual, appendix A.
_TIMED_OUT = {"57014", "55P03", "25P03", "25P04"}
_PASSING_CLASSES = ("08", "53", "57P", "40")

_WRONG_CREDENTIALS = re.compile(
    r"authentication failed|no password supplied|no pg_hba\.conf entry|role .* does not exist"
    r"|not permitted to log in|SASL|SCRAM"
)
_NO_DATABASE = re.compile(r"database .* does not exist")
_NO_PERMISSION = re.compile(r"permission denied for database")
_TLS = re.compile(r"SSL|certificate|TLS", re.IGNORECASE)
_FULL = re.compile(r"too many (clients|connections)|remaining connection slots|starting up|shutting down|recovery mode")


def connection_failure(error: Exception, address: Address) -> BusterError:
    """Why a connection could not be opened. libpq gives no SQLSTATE here, so its words are matched."""
    said = str(error)
    if _NO_DATABASE.search(said):
        return ConfigurationError(f"The server has no database {address.database!r}: check the name in the URL.")
    if _NO_PERMISSION.search(said):
        return ConfigurationError(
            f"The user {address.user!r} may not connect to the database {address.database!r}: grant CONNECT on it."
        )
    if _FULL.search(said):
        return Unavailable(f"The server of {address.shown} takes no more connections now: try again later.")
    if _WRONG_CREDENTIALS.search(said) or _was_asked_for_a_password(error):
        return ConfigurationError(
            f"The server of {address.shown} does not let the user {address.user!r} in: check user and password."
        )
    if _TLS.search(said):
        return ConfigurationError(
            f"No TLS connection to {address.shown} could be made: check the server's certificate, or say sslmode "
            "in the URL."
        )
    return Unavailable(f"Nothing answers for {address.shown}: check host and port, and that this machine may reach it.")


def _was_asked_for_a_password(error: Exception) -> bool:
    """True when the server refused us after asking who we are, in whatever language it said so."""
    connection = error.pgconn if isinstance(error, psycopg.Error) else None
    return connection is not None and (connection.needs_password or connection.used_password)


def query_failure(error: psycopg.Error, address: Address, offset: int = 0) -> BusterError:
    """Why a query failed. `offset` is the number of characters that we sent before the query itself."""
    state = error.sqlstate or ""
    if state in _TIMED_OUT:
        return TimedOut("The database stopped the query because it took too long: ask for less data.")
    if not state and isinstance(error, psycopg.OperationalError):
        return Unavailable(f"The connection to {address.shown} was lost during the query: try again.")
    message = redact(_said(error, offset), address.secrets)
    if state.startswith(_PASSING_CLASSES):
        return Unavailable(f"The database could not run the query now, try again later: {message}")
    return QueryFailed(f"The database refused the query: {message}")


def _said(error: psycopg.Error, offset: int) -> str:
    diagnosis = error.diag
    if not diagnosis.message_primary:
        return str(error)
    parts = [diagnosis.message_primary]
    if diagnosis.message_detail:
        parts.append(f"Detail: {diagnosis.message_detail}")
    if diagnosis.message_hint:
        parts.append(f"Hint: {diagnosis.message_hint}")
    if diagnosis.statement_position:
        parts.append(f"Position: character {int(diagnosis.statement_position) - offset} of the query")
    return ". ".join(part.rstrip(".") for part in parts) + "."


def redact(message: str, secrets: Iterable[str]) -> str:
    """The message with every secret replaced by three asterisks."""
    for secret in secrets:
        message = message.replace(secret, "***")
    return message
