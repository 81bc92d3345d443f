"""Explains a failed connection in one sentence, without the password."""

import re

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from buster_jobs.packages.database.server.tcp_keepalive import CONNECT_SECONDS
from buster_jobs.packages.errors import ConfigurationError, DatabaseUnavailable

__all__ = ["DatabaseUnavailable", "explained"]

_SETTING = "check BUSTER_DATABASE_URL"
_MISCONFIGURED = (
    (r"password authentication failed|no password supplied", "refused the password of user {user}; " + _SETTING),
    (
        r"no pg_hba.conf entry|authentication failed",
        "does not let user {user} in; " + _SETTING,
    ),
    (r'role ".*" does not exist', "has no user {user}; " + _SETTING),
    (r'database ".*" does not exist', "has no database {database}; create it, or " + _SETTING),
    (r"permission denied for database", "does not let user {user} use the database {database}; " + _SETTING),
)
_UNAVAILABLE = (
    (
        r"could not translate host name|failed to resolve|name or service not known|nodename nor servname",
        "cannot be reached: no such host; " + _SETTING,
    ),
    (r"refused", "cannot be reached: nothing listens there; start it, or " + _SETTING),
    (r"no such file or directory", "cannot be reached: there is no such socket; start it, or " + _SETTING),
    (r"timeout|timed out", f"did not answer within {CONNECT_SECONDS} s; check the network, or " + _SETTING),
    (r"starting up|shutting down|recovery", "is starting or stopping; try again in a moment"),
    (r"too many (clients|connections)|remaining connection slots", "has no free connection; try again in a moment"),
)


def explained(error: DBAPIError | PoolTimeout, url: URL) -> ConfigurationError | DatabaseUnavailable:
    """The error to raise, `from None`, instead of the driver's."""
    where = _where(url)
    if isinstance(error, PoolTimeout):
        return DatabaseUnavailable(
            f"{where} cannot be used: this process has all its connections in use; do less at once."
        )
    reason = str(error.orig)
    for pattern, sentence in _MISCONFIGURED:
        if re.search(pattern, reason, re.IGNORECASE):
            return ConfigurationError(f"{where} {sentence.format(user=url.username, database=url.database)}.")
    for pattern, sentence in _UNAVAILABLE:
        if re.search(pattern, reason, re.IGNORECASE):
            return DatabaseUnavailable(f"{where} {sentence}.")
    return DatabaseUnavailable(f"{where} cannot be used: {_without_password(reason, url)}.")


def is_away(error: Exception) -> bool:
    """Whether the error means that PostgreSQL is unavailable now, rather than that it refused a statement."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or isinstance(error, OperationalError)
    return isinstance(error, (DatabaseUnavailable, PoolTimeout))


def _where(url: URL) -> str:
    host = url.host or url.query.get("host") or "the default socket"
    port = url.port or url.query.get("port") or 5432
    return f"PostgreSQL at {host}, port {port},"


def _without_password(reason: str, url: URL) -> str:
    line = reason.strip().splitlines()[0].rstrip(".") if reason.strip() else "it gave no reason"
    return line.replace(str(url.password), "***") if url.password else line
