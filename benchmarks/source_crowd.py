"""A crowd of data sources to measure with: small real databases, and a host that takes connections and never speaks."""

import os
import socket
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import psycopg

from benchmarks.systems import database_of
from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.database.people.organizations import create_organization
from buster_jobs.packages.database.server.engine import reset_engine
from buster_jobs.packages.database.sources.data_sources import create_data_source
from buster_jobs.packages.database.sources.synced_tables import TableChoice, save_table_choice
from buster_jobs.packages.settings import get_settings
from buster_jobs.packages.warehouse.table_choice import choose_all_tables
from buster_jobs_tests.support.dagster_dev import DagsterDev

_PER_ORGANIZATION = 10
_POSTGRES_EVERY = 5
"""Every fifth is a database on the system's own PostgreSQL, the others are SQLite files."""
_ROWS = "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < 1000)"
_ORDERS = f"CREATE TABLE orders AS {_ROWS} SELECT id, 'order ' || id AS name, id % 7 AS kind FROM n"  # noqa: S608 - ours


@dataclass(frozen=True)
class Crowd:
    """Ids of the data sources that answer, and of the one that does not."""

    living: list[UUID]
    dead: UUID


@contextmanager
def crowd(dev: DagsterDev, folder: Path, number: int) -> Generator[Crowd]:
    """So many data sources of the running system, each with one table of 1,000 rows chosen for sync.

    `folder` is where its SQLite files may be.
    """
    os.environ |= {"BUSTER_STATE_DIR": str(dev.log.parent), "BUSTER_DATA_SOURCE_DIR": str(folder)}
    os.environ.pop("BUSTER_DATABASE_URL", None)
    get_settings.cache_clear()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        try:
            living = [_register(dev, folder, place) for place in range(number - 1)]
            yield Crowd(living, _dead(silent.getsockname()[1]))
        finally:
            reset_engine()


def _register(dev: DagsterDev, folder: Path, place: int) -> UUID:
    if place % _PER_ORGANIZATION == 0:
        _owners.append(create_organization(name=f"Organization {place}").id)
    is_postgres = place % _POSTGRES_EVERY == 0
    url = _postgres(dev, place) if is_postgres else _sqlite(folder / f"source_{place}.db")
    kind = "postgresql" if is_postgres else "sqlite"
    stored = create_data_source(organization_id=_owners[-1], name=f"source {place}", type=kind, connection_url=url)
    choose_all_tables(stored.id, connect(url).introspect())
    return stored.id


_owners: list[UUID] = []


def _sqlite(path: Path) -> str:
    with sqlite3.connect(path) as owner:
        owner.execute(_ORDERS)
    return f"sqlite:///{path}"


def _postgres(dev: DagsterDev, place: int) -> str:
    with database_of(dev) as server:
        server.execute(f"CREATE DATABASE source_{place} STRATEGY wal_log".encode())
        at = server.info
        with psycopg.connect(host=at.host, user=at.user, dbname=f"source_{place}") as owner:
            owner.execute(_ORDERS.encode())
        return f"postgresql://{at.user}@/source_{place}?host={at.host}"


def _dead(port: int) -> UUID:
    url = f"postgresql://reader:nobody@127.0.0.1:{port}/silent"
    stored = create_data_source(organization_id=_owners[-1], name="dead", type="postgresql", connection_url=url)
    save_table_choice(stored.id, TableChoice("public", "orders", "orders"))
    return stored.id
