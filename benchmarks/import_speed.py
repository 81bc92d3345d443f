"""Rows a second and memory of an import of flights as CSV, against COPY of the same file, which checks nothing.

Usage: python -m benchmarks.import_speed [COPIES …]. COPIES are how many times the file holds the 336,776 flights.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg

from benchmarks.report import report
from buster_jobs.demo.load import table_files
from buster_jobs.packages.database.migrate import migrate
from buster_jobs.packages.database.people.organizations import create_organization
from buster_jobs.packages.database.server import embedded, engine
from buster_jobs.packages.database.server.embedded_programs import APP_DATABASE
from buster_jobs.packages.settings import get_settings

_COLUMNS = (
    "year int, month int, day int, dep_time int, sched_dep_time int, dep_delay int, arr_time int, sched_arr_time int,"
    " arr_delay int, carrier text, flight int, tailnum text, origin text, dest text, air_time int, distance int,"
    " hour int, minute int, time_hour timestamptz"
)


@contextmanager
def state() -> Generator[Path]:
    """A state folder of its own, with a migrated database and a folder of files."""
    folder = Path(tempfile.mkdtemp(prefix="buster-bench-"))
    folder.chmod(0o755)
    os.environ |= {"BUSTER_STATE_DIR": str(folder), "BUSTER_IMPORT_DIR": str(folder / "files")}
    os.environ.pop("BUSTER_DATABASE_URL", None)
    get_settings.cache_clear()
    (folder / "files").mkdir()
    migrate()
    try:
        yield folder
    finally:
        engine.reset_engine()
        embedded.stop()
        shutil.rmtree(folder, ignore_errors=True)


def write_flights(path: Path, copies: int) -> None:
    """The flights, so many times over, under one header."""
    (flights,) = (table for table in table_files() if table.table == "flights")
    with path.open("wb") as file:
        for number in range(copies):
            with flights.open() as source:
                header = source.readline()
                if number == 0:
                    file.write(header)
                shutil.copyfileobj(source, file, 1 << 20)


def copy_seconds(path: Path) -> tuple[float, int]:
    """Seconds of what psql's copy does: COPY FROM STDIN, streamed from this process. And the rows."""
    url = embedded.ensure_running().url(APP_DATABASE)
    with psycopg.connect(host=str(url.query["host"]), user=url.username, dbname=url.database) as connection:
        connection.execute(f"CREATE TABLE bench_copy ({_COLUMNS})")
        connection.commit()
        started = time.perf_counter()
        with (
            connection.cursor() as cursor,
            cursor.copy("COPY bench_copy FROM STDIN (FORMAT csv, HEADER, NULL 'NA')") as copy,
            path.open("rb") as file,
        ):
            while block := file.read(1 << 18):
                copy.write(block)
        connection.commit()
        seconds = time.perf_counter() - started
        (rows,) = connection.execute("SELECT count(*) FROM bench_copy").fetchone() or (0,)
        connection.execute("DROP TABLE bench_copy")
        return seconds, rows


def import_once(path: str, organization: str) -> None:
    """What the child process does: the four steps, without the wait, and prints seconds and peak memory in MiB."""
    from buster_jobs.packages.warehouse.imports import steps
    from buster_jobs.packages.warehouse.imports.declaration import ImportDeclaration

    declaration = ImportDeclaration.model_validate(
        {
            "organization_id": organization,
            "import_id": f"bench {uuid4()}",
            "source": {"file": path},
            "table": f"flights_{uuid4().hex[:8]}",
            "null_words": ["NA"],
        }
    )
    started = time.perf_counter()
    plan = steps.validate(declaration, "bench")
    validated = time.perf_counter()
    rows = steps.extract(declaration, plan)
    rows -= steps.transform(declaration)
    done = steps.load(declaration, plan, rows)
    ended = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(ended - started, validated - started, done.records_processed, peak)


def measured(path: Path, organization: str) -> list[float]:
    """One import in a process of its own, so that its peak is its own."""
    code = f"from benchmarks.import_speed import import_once; import_once({path.name!r}, {organization!r})"
    child = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603
    return [float(figure) for figure in child.stdout.split()]


def measure(copies: list[int]) -> dict[str, dict[str, float | str]]:
    """A row for each size: ours and the baseline in turn."""
    rows: dict[str, dict[str, float | str]] = {}
    with state() as folder:
        organization = str(create_organization(name="Bench").id)
        for number in copies:
            path = folder / "files" / "flights.csv"
            write_flights(path, number)
            baseline, expected = copy_seconds(path)
            seconds, validating, loaded, peak = measured(path, organization)
            if loaded != expected:
                raise RuntimeError(f"{loaded} rows were imported, and {expected} copied.")
            rows[f"{number}x, {expected:,} rows"] = {
                "import s": seconds,
                "of it validation s": validating,
                "import rows/s": loaded / seconds,
                "COPY rows/s": expected / baseline,
                "ratio": baseline / seconds,
                "peak MiB": peak,
            }
    return rows


if __name__ == "__main__":
    report("import_speed", measure([int(text) for text in sys.argv[1:]] or [1, 4, 16]))
