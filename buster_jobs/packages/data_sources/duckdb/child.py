"""The process that runs DuckDB: no secrets, little memory, no file written, and the database opened anew for each call.

DuckDB runs within the process that imports it, and some of its functions neither stop when interrupted nor keep to its
memory limit. In a process of its own it can be killed, and the worker lives on.
"""

import os
import pickle
import resource
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import BinaryIO

import duckdb

from buster_jobs.packages.data_sources.catalog import Catalog
from buster_jobs.packages.data_sources.duckdb.connection import check_is_query, open_connection
from buster_jobs.packages.data_sources.duckdb.failures import query_failure
from buster_jobs.packages.data_sources.duckdb.introspection import read_catalog, with_row_counts
from buster_jobs.packages.data_sources.duckdb.protocol import ReadCatalog, ReadLines, Request, RunQuery
from buster_jobs.packages.data_sources.kill_timer import KillTimer
from buster_jobs.packages.data_sources.limits import Row, read_rows, sized
from buster_jobs.packages.errors import BusterError

MEMORY = 2 * 1024**3
GRACE = 0.5
_LINES = 2_000


def main() -> None:
    """Answer requests from standard input until it ends."""
    for limit, value in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        # macOS has no limit on a process's memory.
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))
    # Only answers may go to the real standard output.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    while (request := _next(sys.stdin.buffer)) is not None:
        for answer in _answers(request):
            pickle.dump(answer, answers)
            answers.flush()


def _next(requests: BinaryIO) -> Request | None:
    try:
        return pickle.load(requests)  # noqa: S301, from our own parent
    except EOFError:
        return None


def _answers(request: Request) -> Iterator[object]:
    try:
        yield from _run(request)
    except BusterError as error:
        yield error
    except duckdb.Error as error:
        yield query_failure(error)
    except MemoryError:
        yield query_failure(duckdb.OutOfMemoryException("The process may use no more memory."))


def _run(request: Request) -> Iterator[object]:
    with closing(open_connection(Path(request.path))) as connection:
        timer = KillTimer(request.seconds, connection.interrupt, lambda: os._exit(1), GRACE)
        with timer:
            match request:
                case RunQuery():
                    yield _query(connection, request)
                case ReadCatalog():
                    yield _catalog(connection, request)
                case ReadLines():
                    yield from _lines(connection, request)


def _catalog(connection: duckdb.DuckDBPyConnection, request: ReadCatalog) -> Catalog:
    catalog = read_catalog(connection)
    return with_row_counts(connection, catalog) if request.counted else catalog


def _query(connection: duckdb.DuckDBPyConnection, request: RunQuery) -> tuple[tuple[str, ...], tuple[Row, ...], bool]:
    check_is_query(connection, request.sql)
    result = connection.execute(request.sql)
    rows, truncated = read_rows(lambda count: sized(result.fetchmany(count)), request.rows, request.bytes)
    return tuple(str(column[0]) for column in result.description or ()), rows, truncated


def _lines(connection: duckdb.DuckDBPyConnection, request: ReadLines) -> Iterator[bytes]:
    result = connection.execute(request.sql)
    while batch := result.fetchmany(_LINES):
        yield "".join(f"{line}\n" for (line,) in batch).encode()
    yield b""


if __name__ == "__main__":
    main()
