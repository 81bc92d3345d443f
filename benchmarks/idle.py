"""What the system costs as users have it, idle: memory and CPU of each of its processes, PostgreSQL among them.

Usage: python -m benchmarks.idle [SECONDS]
"""

import sys
import time
from collections import defaultdict
from collections.abc import Iterable

import psutil

from benchmarks.report import report
from benchmarks.systems import SHIPPED, database_of, embedded
from buster_jobs_tests.support.dagster_dev import DagsterDev

_SETTLE = 30.0
"""Dagster's own threads are busy for a while after the start."""
_MIB = 2**20

Row = dict[str, float | str]


def members(dev: DagsterDev) -> list[psutil.Process]:
    """Every process of the system: what has its state folder in its environment, and its PostgreSQL."""
    folder, here = str(dev.log.parent), psutil.Process()
    found = [process for process in psutil.process_iter() if process != here and _names(process, folder)]
    with database_of(dev) as connection:
        own = psutil.Process(connection.info.backend_pid)
        postgres = own.parent()
        servers = [postgres, *postgres.children()] if postgres else []
    return list({*found, *servers} - {own})


def _names(process: psutil.Process, folder: str) -> bool:
    try:
        return process.environ().get("BUSTER_STATE_DIR") == folder and "postgres" not in process.name()
    except psutil.Error:
        return False


def role(process: psutil.Process) -> str:
    """What a person calls the process."""
    command = " ".join(process.cmdline())
    roles = {
        "postgres": "PostgreSQL",
        "dagster_webserver": "webserver",
        "dagster._daemon": "daemon",
        "engine.pool": "pool: parent, workers, supervisor, recovery",
        "api grpc": "code server",
        "code-server start": "code server's proxy",
        "dagster dev": "dagster dev",
    }
    return next((name for part, name in roles.items() if part in command), process.name())


def measure(seconds: float) -> dict[str, Row]:
    """By role: how many processes, their memory, and their share of one core over so many seconds."""
    with embedded(SHIPPED) as dev:
        time.sleep(_SETTLE)
        processes = members(dev)
        before = {process: _cpu(process) for process in processes}
        time.sleep(seconds)
        rows: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
        for process in processes:
            memory = process.memory_full_info()
            used = (_cpu(process) - before[process]) / seconds
            rows[role(process)].append((memory.pss / _MIB, memory.rss / _MIB, used))
    everything = [figures for each in rows.values() for figures in each]
    return {name: _row(figures) for name, figures in sorted(rows.items())} | {"all": _row(everything)}


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


def _row(figures: Iterable[tuple[float, float, float]]) -> Row:
    own, resident, cpu = zip(*figures, strict=True)
    return {
        "processes": len(own),
        "MiB (shared pages divided)": sum(own),
        "largest resident MiB": max(resident),
        "% of a core": 100 * sum(cpu),
    }


if __name__ == "__main__":
    report("idle", measure(float(sys.argv[1]) if len(sys.argv) > 1 else 60))
