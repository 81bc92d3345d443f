"""What sync_speed.py measures, each case beside its baseline in the same minute."""

# ruff: noqa: S603, S607, S608 - programs and names of our own

import multiprocessing
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import psycopg

from benchmarks import sync_sources
from benchmarks.report import report
from benchmarks.sync_sources import FLIGHTS, Measured
from buster_jobs.packages.database.server.engine import database_url
from buster_jobs.packages.settings import get_settings
from buster_jobs.packages.warehouse.catalog import refresh_catalog

REPEATS = 3

T = TypeVar("T")


def postgres() -> None:
    """Rows a second of each way; the best of three, of dlt the only one."""
    with sync_sources.postgres() as source:
        source.choose()
        raw = _best(lambda: _raw_copy(source))
        ours = _best(source.sync)
        shown = {"raw COPY | COPY": _row(raw, raw), "ours": _row(ours, raw)}
        shown |= {f"dlt {name}": _row(seconds, raw) for name, seconds in _dlt(source).items()}
        report("sync of 336,776 flights, PostgreSQL", shown)
        sync_sources.forget(source)


def sqlite() -> None:
    """The same from a SQLite file."""
    with sync_sources.postgres() as source, sync_sources.sqlite(source) as file:
        _beside_dlt("SQLite", file)


def mariadb() -> None:
    """The same from a MariaDB, if there is one."""
    with sync_sources.postgres() as source, sync_sources.mariadb(source) as server:
        if server:
            _beside_dlt("MariaDB", server)


def changes() -> None:
    """A second sync with 1,000 changed rows, beside the first, which copies all."""
    with sync_sources.postgres() as source:
        source.choose(cursor="version")
        first, written = _timed(source.sync)
        source.execute(f"UPDATE {FLIGHTS} SET version = id + 1000000 WHERE id <= 1000")
        second, changed = _timed(source.sync)
        columns = ("seconds", "of the first", "rows written")
        rows = {"first": (first, 1.0, written.written), "1,000 rows changed": (second, second / first, changed.written)}
        report("sync of changes", {name: dict(zip(columns, row, strict=True)) for name, row in rows.items()})
        sync_sources.forget(source)


def memory() -> None:
    """Peak memory of a process that syncs, in MiB, by how often the flights are there."""
    shown: dict[str, dict[str, float | str]] = {}
    for times in (1, 4, 16):
        with sync_sources.postgres(times) as source:
            source.choose()
            seconds, peak = _in_child(source.sync)
            shown[f"{times} x 336,776 rows"] = {"peak MiB": peak, "seconds": seconds}
            sync_sources.forget(source)
    report("memory of a sync", shown)


def profile() -> None:
    """Seconds to profile the table, by how often the flights are there."""
    shown: dict[str, dict[str, float | str]] = {}
    once = 0.0
    for times in (1, 16):
        with sync_sources.postgres(times) as source:
            seconds = _best(lambda: refresh_catalog(source.id))
            once = once or seconds
            shown[f"{times} x 336,776 rows"] = {"seconds": seconds, "of the first": seconds / once}
            sync_sources.forget(source)
    report("profile of a table", shown)


def _beside_dlt(engine: str, source: Measured) -> None:
    source.choose()
    ours = _best(source.sync)
    rows = {"ours": _row(ours, ours)} | {f"dlt {name}": _row(took, ours) for name, took in _dlt(source).items()}
    report(f"sync of 336,776 flights, {engine}", rows)
    sync_sources.forget(source)


def _row(seconds: float, baseline: float) -> dict[str, float | str]:
    return {"seconds": seconds, "rows/s": 336_776 / seconds, "times the speed of the first": baseline / seconds}


def _raw_copy(source: Measured) -> None:
    """COPY TO STDOUT | COPY FROM STDIN between two psql, into a table without any index."""
    warehouse, table = _plain(database_url().render_as_string(hide_password=False)), f"raw_{uuid4().hex[:8]}"
    with psycopg.connect(source.url) as reader, psycopg.connect(warehouse, autocommit=True) as writer:
        columns = "SELECT string_agg(format('%I %s', attname, format_type(atttypid, atttypmod)), ', ' ORDER BY attnum) "
        query = f"{columns} FROM pg_attribute WHERE attrelid = '{FLIGHTS}'::regclass AND attnum > 0"
        (defined,) = reader.execute(query.encode()).fetchone() or ("",)
        writer.execute(f"CREATE TABLE {table} ({defined})".encode())
        with subprocess.Popen(
            ["psql", source.url, "-qc", f"COPY {FLIGHTS} TO STDOUT"],
            stdout=subprocess.PIPE,
        ) as out:
            subprocess.run(
                ["psql", warehouse, "-qc", f"COPY {table} FROM STDIN"],
                stdin=out.stdout,
                check=True,
            )
        writer.execute(f"DROP TABLE {table}".encode())


def _dlt(source: Measured) -> dict[str, float]:
    """Seconds of each backend. dlt needs a server with a host; where ours has a socket alone, it is left out."""
    destination = database_url()
    if not destination.host or destination.host.startswith("/"):
        print("dlt is left out: set BUSTER_DATABASE_URL to a server that listens on a port.")
        return {}
    url = source.url.replace("postgresql://", "postgresql+psycopg2://").replace("mysql://", "mysql+pymysql://")
    arguments = (url, source.schema if source.engine == "postgresql" else "", FLIGHTS)
    # It insists on a password, also where none is asked for.
    where = _plain(destination.set(password=destination.password or "none").render_as_string(hide_password=False))
    return {
        backend: _run_dlt(*arguments, backend, where, f"dlt_{uuid4().hex[:8]}") for backend in ("pyarrow", "sqlalchemy")
    }


def _run_dlt(*arguments: str) -> float:
    quiet = {
        "RUNTIME__DLTHUB_TELEMETRY": "false",
        "RUNTIME__LOG_LEVEL": "CRITICAL",
        "DLT_DATA_DIR": str(_folder() / "dlt"),
    }
    done = subprocess.run(
        [str(_environment()), str(Path(__file__).with_name("sync_dlt.py")), *arguments],
        env=os.environ | quiet,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=_folder(),
    )
    with psycopg.connect(arguments[-2], autocommit=True) as server:
        for schema in (arguments[-1], f"{arguments[-1]}_staging"):
            server.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE".encode())
    return float(done.stdout.split()[-1])


def _environment() -> Path:
    """dlt's own Python, made at the first call."""
    python = _folder() / "venv" / "bin" / "python"
    if not python.exists():
        uv = [sys.executable, "-m", "uv"]
        wanted = ["dlt[postgres,sql_database]", "psycopg2-binary", "pyarrow", "pymysql"]
        subprocess.run([*uv, "venv", "-q", str(_folder() / "venv")], check=True)
        subprocess.run([*uv, "pip", "install", "-q", "--python", str(python), *wanted], check=True)
    return python


def _folder() -> Path:
    folder = get_settings().state_dir / "benchmarks" / "dlt"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")


def _best(do: Callable[[], object]) -> float:
    return min(_timed(do)[0] for _ in range(REPEATS))


def _timed(do: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    made = do()
    return time.perf_counter() - started, made


def _in_child(do: Callable[[], object]) -> tuple[float, float]:
    """Seconds, and the peak of memory in MiB of a child that does it, with all that it has loaded."""
    context = multiprocessing.get_context("fork")
    answers = context.Queue()

    def work() -> None:
        seconds, _made = _timed(do)
        answers.put((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))

    child = context.Process(target=work)
    child.start()
    answer: tuple[float, float] = answers.get()
    child.join()
    return answer
