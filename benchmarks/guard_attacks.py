"""How many attacks each layer stops, per engine, and whether anything was changed or called. Takes three minutes.

Run: python -m benchmarks.guard_attacks [URL of a PostgreSQL server, as a superuser]. Without a URL an embedded one is
started. MariaDB is asked as root on 127.0.0.1:3306, if it answers. Makes databases of its own and drops them.
"""

import contextlib
import os
import sys
import tempfile
from collections.abc import Generator
from importlib import import_module
from pathlib import Path

import psycopg
import pymysql
from sqlalchemy import make_url

from buster_jobs_tests.packages.data_sources import common_attacks, corpus
from buster_jobs_tests.packages.data_sources.engines import (
    Engine,
    duckdb_engine,
    mysql_engine,
    postgres_engine,
    sqlite_engine,
)
from buster_jobs_tests.packages.data_sources.harm import listening, state_of
from buster_jobs_tests.packages.data_sources.judging import let_through, past_the_guard
from buster_jobs_tests.packages.data_sources.postgres import attacks as postgres_attacks
from buster_jobs_tests.packages.data_sources.reading import reading
from buster_jobs_tests.packages.data_sources.shop import SHOP

_COLUMNS = (
    f"{'engine':<10} {'attacks':>7} {'guard lets':>10} {'database refuses':>16} {'timer ends':>10} {'answered':>8}"
    f" {'longest s':>9} {'changed':>7} {'calls':>5}"
)


def _attacks(dialect: str, port: int) -> list[str]:
    """Both lists of the tests, without those whose size alone is the attack: no database is to parse them."""
    if dialect == "postgres":
        own = [sql for sql, _ in postgres_attacks.ATTACKS]
    else:
        module = import_module(f"buster_jobs_tests.packages.data_sources.{dialect}.attacks")
        own = [*common_attacks.ATTACKS, *module.ATTACKS]
    return [sql for sql in dict.fromkeys([*corpus.attacks(dialect, port), *own]) if len(sql) < 5_000]


def _row(engine: Engine, folder: Path) -> str:
    with listening() as listener, reading(engine) as source:
        attacks = _attacks(engine.dialect, listener.port)
        let = let_through(attacks, engine.catalog(), engine.dialect)
        before = state_of(engine, folder)
        verdict = past_the_guard(attacks, source)
        changed = "no" if state_of(engine, folder) == before else "YES"
        return (
            f"{engine.dialect:<10} {len(attacks):>7} {len(let):>10} {verdict.refused:>16} {verdict.stopped:>10}"
            f" {verdict.answered:>8} {verdict.longest:>9.1f} {changed:>7} {listener.calls:>5}"
        )


@contextlib.contextmanager
def _postgres(url: str | None) -> Generator[Engine]:
    if url is None:
        from buster_jobs.packages.database.server import embedded

        server = embedded.ensure_running()
        url = server.url("postgres").set(drivername="postgresql").render_as_string(hide_password=False)
    name = f"guard_attacks_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server_connection:
        server_connection.execute(f"CREATE DATABASE {name}".encode())
        try:
            shop = make_url(url).set(database=name).render_as_string(hide_password=False)
            with psycopg.connect(shop) as made:
                made.execute(SHOP)
            with postgres_engine(shop) as engine:
                yield engine
        finally:
            server_connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def main() -> None:
    """Print a row for each engine. "guard lets" are those that are harmless strings to that engine."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BUSTER_DATA_SOURCE_DIR"] = folder
        print(_COLUMNS)
        with _postgres(sys.argv[1] if len(sys.argv) > 1 else None) as engine:
            print(_row(engine, Path(folder)), flush=True)
        for make in (sqlite_engine, duckdb_engine):
            with make(Path(folder)) as engine:
                print(_row(engine, Path(folder)), flush=True)
        try:
            with mysql_engine() as engine:
                print(_row(engine, Path(folder)), flush=True)
        except pymysql.err.OperationalError as error:
            print(f"mysql      not asked: {error}")


if __name__ == "__main__":
    main()
