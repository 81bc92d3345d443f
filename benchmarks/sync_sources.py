"""The same flights in each engine, as data sources, in databases of their own that are dropped afterwards."""

# ruff: noqa: S608 - names of our own

import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID, uuid4

import psycopg
import pymysql
from sqlalchemy import text

from buster_jobs.demo.load import load_flights
from buster_jobs.demo.server import prepare_server
from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.database.people.organizations import create_organization
from buster_jobs.packages.database.server.engine import database_url, get_engine, own_connection
from buster_jobs.packages.database.sources.data_sources import create_data_source
from buster_jobs.packages.settings import get_settings
from buster_jobs.packages.warehouse.results import TableResult
from buster_jobs.packages.warehouse.schemas import data_source_schema
from buster_jobs.packages.warehouse.sync import SyncRequest, sync_data_source
from buster_jobs.packages.warehouse.table_choice import choose_table
from buster_jobs_tests.support.services import find_mariadb

FLIGHTS = "flights"
_DATABASE = "bench_flights"


@dataclass(frozen=True)
class Measured:
    """A data source with the flights. `url` is for other tools too; `execute` runs SQL as its owner."""

    engine: str
    url: str
    schema: str
    id: UUID
    execute: Callable[[str], object]

    def choose(self, cursor: str | None = None, key: str | None = None) -> None:
        choose_table(self.id, connect(self.url).introspect(), FLIGHTS, cursor=cursor, key=[key] if key else None)

    def sync(self) -> TableResult:
        (table,) = sync_data_source(SyncRequest(self.id, str(uuid4()))).tables
        return table


def _flights() -> psycopg.Connection:
    """A connection to the demo's flights, made if need be in a database of the benchmarks' own."""
    server = prepare_server(_DATABASE)
    load_flights(server)
    return server.connect()


@contextmanager
def postgres(times: int = 1) -> Generator[Measured]:
    """The flights so many times over, with a number that tells the rows apart."""
    name = f"bench_{uuid4().hex[:10]}"
    url = database_url().set(drivername="postgresql", database=name).render_as_string(hide_password=False)
    server = own_connection()
    server.execute(f"CREATE DATABASE {name}".encode())
    try:
        with psycopg.connect(url, autocommit=True) as owner:
            _fill(owner, times)
            yield _registered("postgresql", url, "public", lambda sql: owner.execute(sql.encode()))
    finally:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
        server.close()


def _fill(owner: psycopg.Connection, times: int) -> None:
    columns = "SELECT string_agg(format('%I %s', attname, format_type(atttypid, atttypmod)), ', ' ORDER BY attnum) "
    with _flights() as reader:
        query = f"{columns} FROM pg_attribute WHERE attrelid = 'flights'::regclass AND attnum > 0"
        (defined,) = reader.execute(query.encode()).fetchone() or ("",)
        owner.execute(f"CREATE TABLE once ({defined})".encode())
        with (
            reader.cursor().copy("COPY flights TO STDOUT") as rows,
            owner.cursor().copy("COPY once FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write(row)
    owner.execute(
        f"CREATE TABLE {FLIGHTS} AS SELECT row_number() OVER () AS id, row_number() OVER () AS version, once.* "
        f"FROM generate_series(1, {times}), once".encode()
    )
    owner.execute(f"DROP TABLE once; ALTER TABLE {FLIGHTS} ADD PRIMARY KEY (id); ANALYZE {FLIGHTS}".encode())


@contextmanager
def sqlite(original: Measured) -> Generator[Measured]:
    """The flights of `original` in a SQLite file."""
    folder = get_settings().data_source_dir
    if folder is None:
        raise SystemExit("Set BUSTER_DATA_SOURCE_DIR to a folder for the SQLite file.")
    path = folder / f"bench_{uuid4().hex[:10]}.db"
    columns, rows = _rows(original.url)
    owner = sqlite3.connect(path)
    owner.execute(f"CREATE TABLE {FLIGHTS} ({', '.join(f'{name} {kind}' for name, kind in columns)})")
    owner.executemany(f"INSERT INTO {FLIGHTS} VALUES ({', '.join('?' * len(columns))})", rows)
    owner.commit()
    try:
        yield _registered("sqlite", f"sqlite:///{path}", "main", owner.execute)
    finally:
        owner.close()
        path.unlink()


@contextmanager
def mariadb(original: Measured) -> Generator[Measured | None]:
    """The flights of `original` in the machine's MariaDB, if there is one."""
    if not find_mariadb():
        yield None
        return
    name = f"buster_bench_{uuid4().hex[:10]}"
    owner = pymysql.connect(host="127.0.0.1", user="root", autocommit=True).cursor()
    columns, rows = _rows(original.url)
    kinds = {"TIMESTAMP": "DATETIME", "TEXT": "VARCHAR(20)"}
    defined = ", ".join(f"`{column}` {kinds.get(kind, kind)}" for column, kind in columns)
    for statement in (f"CREATE DATABASE {name}", f"USE {name}", f"CREATE TABLE {FLIGHTS} ({defined})", "BEGIN"):
        owner.execute(statement)
    insert = f"INSERT INTO {FLIGHTS} VALUES ({', '.join(['%s'] * len(columns))})"
    for start in range(0, len(rows), 5_000):
        owner.executemany(insert, rows[start : start + 5_000])
    owner.execute("COMMIT")
    try:
        yield _registered("mysql", f"mysql://root@127.0.0.1/{name}", name, owner.execute)
    finally:
        owner.execute(f"DROP DATABASE {name}")


def _rows(url: str) -> tuple[list[tuple[str, str]], list[tuple[object, ...]]]:
    kinds = {25: "TEXT", 1184: "TIMESTAMP", 20: "BIGINT"}
    with psycopg.connect(url) as reader:
        cursor = reader.execute(f"SELECT *, time_hour::timestamp(0)::text AS hour_text FROM {FLIGHTS}".encode())
        described = cursor.description or []
        rows = [(*row[: len(row) - 2], row[-1]) for row in cursor]
    names = [(column.name, kinds.get(column.type_code, "INTEGER")) for column in described[:-1]]
    return names, rows


def _registered(engine: str, url: str, schema: str, execute: Callable[[str], object]) -> Measured:
    owner = create_organization(name=f"Benchmark {uuid4().hex[:6]}")
    stored = create_data_source(organization_id=owner.id, name="bench", type=engine, connection_url=url)
    return Measured(engine, url, schema, stored.id, execute)


def forget(measured: Measured) -> None:
    """Drop the copies that were made of it."""
    with get_engine().begin() as connection:
        connection.execute(text(f'DROP SCHEMA IF EXISTS "{data_source_schema(measured.id)}" CASCADE'))
        connection.execute(text("DELETE FROM buster.data_sources WHERE id = :id"), {"id": measured.id})
