"""Reading a MySQL or MariaDB table: the server makes one line of text of each row, PyMySQL hands it through."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any, cast

import pymysql

from buster_jobs.packages.data_sources.errors import QueryFailed
from buster_jobs.packages.data_sources.extraction import Extract, ExtractedColumn, row_blocks
from buster_jobs.packages.data_sources.guarded_source import CONNECT_TIMEOUT
from buster_jobs.packages.data_sources.mysql.address import Address
from buster_jobs.packages.data_sources.mysql.connection import abandon, connections, killed_after
from buster_jobs.packages.data_sources.mysql.extracted import quoted
from buster_jobs.packages.data_sources.mysql.failures import query_failure
from buster_jobs.packages.data_sources.mysql.session import read_only_session, run
from buster_jobs.packages.errors import TimedOut

_BATCH = 1_000


@contextmanager
def extracting(address: Address, extract: Extract, seconds: float) -> Generator[Iterator[bytes]]:
    """The rows, in blocks of COPY's text. Raises `TimedOut` and what a query raises, from the iterator too."""
    with (
        connections(address).lease(CONNECT_TIMEOUT) as connection,
        killed_after(connection, address, seconds + 1) as timer,
    ):

        def explained(error: Exception) -> Exception:
            if timer.fired:
                return TimedOut(f"Reading {extract.table.name} took longer than {seconds:g} s.")
            return query_failure(error, address)

        def read(cursor: Any) -> Iterator[bytes]:
            try:
                yield from row_blocks(_batches(cursor))
            except (pymysql.MySQLError, OSError) as error:
                raise explained(error) from None

        with read_only_session(connection, seconds):
            cursor = connection.cursor()
            try:
                # The server waits for us while our warehouse is busy.
                run(connection, f"SET SESSION time_zone = '+00:00', net_write_timeout = {round(seconds) + 60}")
                cursor.execute(_statement(extract))
            except (pymysql.MySQLError, OSError) as error:
                raise explained(error) from None
            try:
                yield read(cursor)
            except BaseException:
                abandon(connection)
                raise
            cursor.close()


def _batches(cursor: Any) -> Iterator[list[bytes]]:
    while batch := cast("list[tuple[bytes | None]]", cursor.fetchmany(_BATCH)):
        lines = [line for (line,) in batch if line is not None]
        if len(lines) < len(batch):
            raise QueryFailed("A row is larger than the server's max_allowed_packet: raise that, and sync again.")
        yield lines


def _statement(extract: Extract) -> str:
    # Not CONCAT_WS, which leaves out what became NULL because it was too large.
    fields = (f"IF({_null(column)}, '\\\\N', {column.expression})" for column in extract.columns)
    line = ", '\\t', ".join(fields)
    table = f"{quoted(extract.table.schema)}.{quoted(extract.table.name)}"
    return f"SELECT CAST(CONCAT({line}) AS BINARY) FROM {table}{_order(extract)}"  # noqa: S608, quoted


def _null(column: ExtractedColumn) -> str:
    is_moment = column.type == "date" or column.type.startswith("timestamp")
    return f"({column.expression}) IS NULL" if is_moment else f"{quoted(column.name)} IS NULL"


def _order(extract: Extract) -> str:
    if extract.cursor is None:
        return ""
    order = f" ORDER BY {quoted(extract.cursor)}"
    if extract.since is None:
        return order
    since = extract.since.removesuffix("+00").replace("'", "''").replace("\\", "\\\\")
    return f" WHERE {quoted(extract.cursor)} >= '{since}'{order}"
