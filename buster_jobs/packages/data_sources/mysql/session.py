"""Layer (b): what the server is told before it sees a query, so that it refuses by itself to write or to run long."""

import contextlib
import re
from collections.abc import Generator

import pymysql

from buster_jobs.packages.data_sources.errors import QueryRefused
from buster_jobs.packages.data_sources.mysql.connection import Connection, is_mariadb

LOCK_WAIT = 5
# The guard reads strings and operators by these: backslashes escape, double quotes are strings, || is OR.
_PINNED_MODE = "STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO"
# The time limit of a statement, as each of the two calls it.
_MARIADB = "SET SESSION max_statement_time = {seconds}"
_MYSQL = "SET SESSION max_execution_time = {milliseconds}"


# A read-only session still takes SET, DO, HANDLER, FLUSH, and MariaDB's BEGIN NOT ATOMIC, which can undo it.
_QUERY = re.compile(r"[\s(]*(select|with|values)\b", re.IGNORECASE)


def check_is_query(sql: str) -> None:
    """Refuse a text that does not begin like a query. Raises `QueryRefused`."""
    if not _QUERY.match(sql):
        raise QueryRefused("Only a query may be run (SELECT, WITH … SELECT, VALUES).")


@contextlib.contextmanager
def read_only_session(connection: Connection, timeout: float) -> Generator[None]:
    """A read-only transaction, always rolled back, whose statements the server ends after `timeout` seconds.

    The session itself is read-only too: CREATE, DROP and the like end a transaction before they begin, and then find
    the next one read-only.
    """
    limit = _MARIADB if is_mariadb(connection) else _MYSQL
    for statement in (
        f"SET SESSION sql_mode = '{_PINNED_MODE}'",
        f"SET SESSION lock_wait_timeout = {LOCK_WAIT}, innodb_lock_wait_timeout = {LOCK_WAIT}",
        limit.format(seconds=max(0.001, timeout), milliseconds=max(1, round(timeout * 1000))),
        "SET SESSION TRANSACTION READ ONLY",
        "START TRANSACTION READ ONLY",
    ):
        run(connection, statement)
    try:
        yield
    finally:
        # On a lost connection the server rolls back by itself.
        with contextlib.suppress(pymysql.MySQLError, OSError):
            run(connection, "ROLLBACK")


def run(
    connection: Connection, statement: str, parameters: tuple[object, ...] | None = None
) -> list[tuple[object, ...]]:
    """Execute one of our own statements, and fetch all of its rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())
