"""What 200 data sources cost: ticks of sensors and schedules, the UI's queries, and syncs beside a dead host.

Usage: python -m benchmarks.many_sources [SOURCES]
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from benchmarks import ui_queries
from benchmarks.report import percentile, report
from benchmarks.source_crowd import Crowd, crowd
from benchmarks.systems import database_of, embedded, state_folder
from buster_jobs.packages.database.runs.jobs import get_job_by_run_id
from buster_jobs.packages.database.sources.data_sources import set_data_source_status
from buster_jobs_tests.support.dagster_dev import DagsterDev

LOCATION = "buster_jobs.definitions"
_IDLE_SECONDS = 100.0
"""Sensors look every 30 s: three ticks of each."""
_CASES = {
    "without the dead host": "disabled",
    "beside the dead host": "active",
    "beside it, known to be dead": "error",
}
"""The status of the data source that does not answer: disabled takes it out."""
_ROUNDS = 2
_TICKS = """
SELECT tick_body::jsonb ->> 'job_name', tick_body::jsonb ->> 'status',
    (tick_body::jsonb ->> 'end_timestamp')::float - (tick_body::jsonb ->> 'timestamp')::float
FROM public.job_ticks
WHERE timestamp >= to_timestamp(%s) AT TIME ZONE 'UTC' AND tick_body::jsonb ->> 'status' <> 'STARTED'
"""
_ENDED = """
SELECT tags.value, runs.status, runs.end_time FROM public.runs
JOIN public.run_tags tags ON tags.run_id = runs.run_id AND tags.key = 'dagster/partition'
WHERE runs.run_id = ANY(%s)
"""
_FINAL = ("SUCCESS", "FAILURE", "CANCELED")

T = TypeVar("T")
Rows = dict[str, dict[str, float | str]]


def measure(number: int) -> dict[str, Rows]:
    """Tables of figures, by their titles."""
    with state_folder() as files, embedded(LOCATION, BUSTER_DATA_SOURCE_DIR=str(files)) as dev:
        nothing = _queries(dev)
        began = time.time()
        with crowd(dev, files, number) as there:
            _wait(lambda: len(ui_queries.partitions(dev)) == number)
            time.sleep(_IDLE_SECONDS)
            ticks = _ticks(dev, began, "idle") | _schedules(dev)
            _sync(dev, there, "disabled")  # the first copies, which make schemas and tables
            synced = time.time()
            syncs = _syncs(dev, there)
            ticks |= _ticks(dev, synced, "while all are synced")
            queries = _side_by_side(nothing, _queries(dev), number)
    return {f"ticks with {number} data sources": ticks, "queries of the UI": queries, "syncs": syncs}


def _ticks(dev: DagsterDev, since: float, when: str) -> Rows:
    with database_of(dev) as connection:
        found = connection.execute(_TICKS, [since]).fetchall()
    if failed := {name for name, status, _seconds in found if status == "FAILURE"}:
        raise RuntimeError(f"Ticks failed: {failed}")
    names = sorted({name for name, _status, _seconds in found})
    return {f"{name}, {when}": _spread([took for other, _, took in found if other == name]) for name in names}


def _schedules(dev: DagsterDev) -> Rows:
    """Each 10 minutes of a night, as the daemon would evaluate them; the request for it included."""
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    moments = [(midnight + timedelta(minutes=minutes)).timestamp() for minutes in range(0, 360, 10)]
    rows: Rows = {}
    for schedule in ("nightly_syncs", "all_views_every_night"):
        timed = [_timed(lambda at=at, name=schedule: ui_queries.evaluate(dev, name, at)) for at in moments]
        rows[f"{schedule}, evaluated"] = _spread([seconds for seconds, _runs in timed])
    return rows


def _queries(dev: DagsterDev) -> dict[str, float]:
    return {
        name: percentile([_timed(lambda q=query, v=variables: dev.graphql(q, **v))[0] for _ in range(5)], 50)
        for name, (query, variables) in ui_queries.QUERIES.items()
    }


def _side_by_side(nothing: dict[str, float], all_there: dict[str, float], number: int) -> Rows:
    return {name: {"with none s": nothing[name], f"with {number} s": seconds} for name, seconds in all_there.items()}


def _syncs(dev: DagsterDev, there: Crowd) -> Rows:
    """The better of two rounds of each case, in turn: the machine may be busy otherwise."""
    rounds = [{name: _sync(dev, there, status) for name, status in _CASES.items()} for _ in range(_ROUNDS)]
    return {name: min((each[name] for each in rounds), key=lambda row: row["all done s"]) for name in _CASES}


def _sync(dev: DagsterDev, there: Crowd, dead: str) -> dict[str, float | str]:
    """Sync all at once, as on demand; seconds from the trigger until the copies of those that answer were there."""
    set_data_source_status(data_source_id=there.dead, status=dead, error="Silent." if dead == "error" else None)
    began = time.time()
    starter = dev.launch("sync_data_sources", {})["run"]["runId"]
    if dev.wait(starter, timeout=300) != "SUCCESS":
        raise RuntimeError("The syncs were not started.")
    started = time.time() - began
    result: Any = get_job_by_run_id(starter).result
    ends = [ended - began for ended in _ends(dev, list(result["run_ids"].values()), there)]
    return {
        "syncs": len(ends),
        "all queued s": started,
        "half of them done s": percentile(ends, 50),
        "95 % done s": percentile(ends, 95),
        "all done s": max(ends),
    }


def _ends(dev: DagsterDev, runs: list[str], there: Crowd) -> list[float]:
    """When the syncs of those that answer ended, once all have, the dead one's too."""
    with database_of(dev) as connection:
        while True:
            found = connection.execute(_ENDED, [runs]).fetchall()
            if len(found) == len(runs) and all(status in _FINAL for _partition, status, _end in found):
                break
            time.sleep(1)
    living = [(status, end) for partition, status, end in found if partition != str(there.dead)]
    if failed := [status for status, _end in living if status != "SUCCESS"]:
        raise RuntimeError(f"{len(failed)} of {len(living)} syncs failed.")
    return [end for _status, end in living]


def _spread(seconds: list[float]) -> dict[str, float | str]:
    return {"ticks": len(seconds), "median s": percentile(seconds, 50), "longest s": max(seconds)}


def _timed(do: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    made = do()
    return time.perf_counter() - started, made


def _wait(is_so: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise RuntimeError(f"Not within {seconds:g} s.")
        time.sleep(1)


if __name__ == "__main__":
    for title, rows in measure(int(sys.argv[1]) if len(sys.argv) > 1 else 200).items():
        report(title, rows)
