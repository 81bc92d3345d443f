"""The engines beside PostgreSQL, as tests need them: filled with the small shop, queried with and without the guard."""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from buster_jobs.packages.data_sources.catalog import Catalog
from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.data_sources.guarded_source import GuardedSource
from buster_jobs_tests.packages.data_sources.small_shop import rows, statements

Fetch = Callable[[str], Sequence[tuple[object, ...]]]


@dataclass(frozen=True)
class Engine:
    """`fetch` runs SQL as the database's owner, past all that is ours; `url` is the data source's."""

    dialect: str
    url: str
    schema: str
    fetch: Fetch

    def source(self) -> GuardedSource:
        source = connect(self.url)
        assert isinstance(source, GuardedSource)
        return source

    def catalog(self) -> Catalog:
        """All but the table of secrets."""
        tables = self.source().introspect().tables
        return Catalog(tuple(table for table in tables if table.name != "secrets"))


def _fill(execute: Callable[..., object], mark: str, **types: str) -> None:
    for statement in statements(**types):
        execute(statement)
    for table, values in rows().items():
        for row in values:
            execute(f"INSERT INTO {table} VALUES ({', '.join([mark] * len(row))})", row)


@contextmanager
def postgres_engine(url: str) -> Generator[Engine]:
    """The larger shop, which is there already."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("SET search_path TO public, crm")

        def fetch(sql: str) -> Sequence[tuple[object, ...]]:
            found = owner.execute(sql.encode())
            return found.fetchall() if found.description else []

        yield Engine("postgres", url, "public", fetch)


@contextmanager
def sqlite_engine(folder: Path) -> Generator[Engine]:
    import sqlite3

    with sqlite3.connect(folder / "shop.db") as made:
        _fill(made.execute, "?")
    made.close()
    owner = sqlite3.connect(f"{(folder / 'shop.db').as_uri()}?mode=ro", uri=True)
    yield Engine("sqlite", "sqlite:///shop.db", "main", lambda sql: owner.execute(sql).fetchall())
    owner.close()


@contextmanager
def duckdb_engine(folder: Path, *more: str) -> Generator[Engine]:
    """With `more`, further statements are run when the file is made."""
    import duckdb

    with duckdb.connect(str(folder / "shop.duckdb")) as made:

        def execute(sql: str, values: tuple[object, ...] = ()) -> None:
            made.execute(sql, list(values))

        _fill(execute, "?")
        for statement in more:
            made.execute(statement)
    owner = duckdb.connect(str(folder / "shop.duckdb"), read_only=True)
    yield Engine("duckdb", "duckdb:///shop.duckdb", "main", lambda sql: owner.execute(sql).fetchall())
    owner.close()


@contextmanager
def mysql_engine() -> Generator[Engine]:
    import pymysql

    name = f"buster_{uuid4().hex[:10]}"
    owner = pymysql.connect(host="127.0.0.1", user="root", autocommit=True)
    cursor = owner.cursor()
    cursor.execute(f"CREATE DATABASE {name}")
    try:
        cursor.execute(f"USE {name}")
        _fill(cursor.execute, "%s", timestamp="DATETIME")

        def fetch(sql: str) -> Sequence[tuple[object, ...]]:
            cursor.execute(sql)
            return cursor.fetchall()

        yield Engine("mysql", f"mysql://root@127.0.0.1/{name}", name, fetch)
    finally:
        cursor.execute(f"DROP DATABASE {name}")
        owner.close()
