"""Starts what is compared, each as its users would, one at a time, in a folder of its own. Measures nothing."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from buster_jobs_tests.support.dagster_dev import DagsterDev, dagster, running

OURS = "benchmarks.two_steps"
SHIPPED = "buster_jobs.definitions"
"""What users have, with all its sensors and schedules."""
STOCK = "benchmarks.stock_two_steps"
_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
"""Encrypts nothing: the benchmarks have no data sources."""

System = Callable[[], AbstractContextManager[DagsterDev]]


@contextmanager
def stock() -> Generator[DagsterDev]:
    """Plain `dagster dev`: its default launcher, its default coordinator, SQLite."""
    with state_folder() as folder:
        environment = {"DAGSTER_HOME": str(folder)}
        with running(dagster("dev", "-m", STOCK), folder / "log", environment, STOCK) as dev:
            yield dev


@contextmanager
def embedded(module: str = OURS, **settings: str) -> Generator[DagsterDev]:
    """`dagster dev` with the project's dagster.yaml, unchanged, and nothing else started; its workers are warm."""
    with state_folder() as folder:
        environment = {"BUSTER_STATE_DIR": str(folder)} | settings
        try:
            with _ready(folder, environment, module) as dev:
                yield dev
        finally:
            buster_jobs(environment, "database", "stop")


@contextmanager
def on_a_server() -> Generator[DagsterDev]:
    """The same on the PostgreSQL that BENCH_DATABASE_URL names, in a database of its own."""
    server = make_url(os.environ["BENCH_DATABASE_URL"])
    name = f"bench_{uuid4().hex[:8]}"
    with (
        psycopg.connect(server.render_as_string(hide_password=False), autocommit=True) as connection,
        state_folder() as folder,
    ):
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        environment = {
            "BUSTER_STATE_DIR": str(folder),
            "BUSTER_DATABASE_URL": server.set(database=name).render_as_string(hide_password=False),
            "BUSTER_ENCRYPTION_KEY": _KEY,
        }
        try:
            with _ready(folder, environment) as dev:
                yield dev
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def systems() -> dict[str, System]:
    """What can be compared here, by name; the first is what the others are compared with."""
    found: dict[str, System] = {"stock dagster dev": stock, "buster_jobs embedded": embedded}
    if "BENCH_DATABASE_URL" in os.environ:
        found["buster_jobs on a server"] = on_a_server
    if "BENCH_REDIS_URL" in os.environ:
        from benchmarks.celery_redis import celery_on_redis

        found["dagster-celery on Redis"] = celery_on_redis
    return found


def database_of(dev: DagsterDev) -> psycopg.Connection:
    """A connection to the embedded database of a running system; it commits at once."""
    socket = f"{dev.log.parent}/postgres/socket"
    return psycopg.connect(host=socket, user="buster", dbname="buster", autocommit=True)


@contextmanager
def _ready(folder: Path, environment: dict[str, str], module: str = OURS) -> Generator[DagsterDev]:
    with running(dagster("dev", "-m", module), folder / "log", environment, module) as dev:
        buster_jobs(environment, "ready")
        yield dev


def buster_jobs(environment: dict[str, str], *arguments: str) -> None:
    """Our command line."""
    command = [sys.executable, "-m", "buster_jobs.cli", *arguments]
    subprocess.run(command, env=os.environ | environment, check=True, capture_output=True)  # noqa: S603


@contextmanager
def state_folder() -> Generator[Path]:
    """A folder that goes away afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="buster-bench-"))
    folder.chmod(0o755)  # else root's embedded PostgreSQL would have to live elsewhere
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
