"""How soon a running system follows a person: a cancelled run, an edited file, Ctrl-C.

Usage: python -m benchmarks.reactions [TIMES]
"""

import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.report import report
from buster_jobs.runtime.engine.workers.warm_up import wait_until_warm
from buster_jobs_tests.support.dagster_dev import ROOT
from buster_jobs_tests.support.running_system import System, running_system, until

_TIMEOUT_SECONDS = 60.0
_TASK = """
from pydantic import BaseModel

from buster_jobs.packages.edited import VALUE
from buster_jobs.runtime import task


class Nothing(BaseModel):
    pass


@task()
def answers(payload: Nothing) -> int:
    return VALUE
"""


def seconds_to_cancel(system: System, job: str) -> float:
    """From asking for the end of a run that is in the middle of its work to seeing CANCELED."""
    run_id = system.launch(job, seconds=600)
    system.worker_of(run_id)
    begin = time.perf_counter()
    system.cancel(run_id)
    if system.wait(run_id) != "CANCELED":
        raise RuntimeError(f"Run {run_id} was not canceled.")
    return time.perf_counter() - begin


def seconds_to_new_code(system: System, package: Path, value: int) -> float:
    """From writing an edit and reloading the code location to the end of a run that has used the edit."""
    wait_until_warm(_TIMEOUT_SECONDS)
    package.write_text(f"VALUE = {value}\n")
    begin = time.perf_counter()
    system.reload()
    run_id = system.launch("answers")
    system.wait(run_id)
    if system.job(run_id).result != value:
        raise RuntimeError(f"The run has not used the edit: {system.job(run_id).result}.")
    return time.perf_counter() - begin


def seconds_to_nothing(number: signal.Signals) -> float:
    """From the signal to `dagster dev`, in the middle of a run, to the end of the last of its processes."""
    with running_system() as system:
        system.worker_of(system.launch("naps", seconds=600))
        main = next(p for p in system.processes() if "-m dagster dev" in " ".join(p.cmdline()))
        begin = time.perf_counter()
        main.send_signal(number)
        until(lambda: not system.processes(), "no process is left")
        return time.perf_counter() - begin


def measure(times: int) -> dict[str, dict[str, float | str]]:
    """The median and the longest of each."""
    found: dict[str, list[float]] = {}
    with running_system() as system:
        for job in ("naps", "swallows", "queries"):
            found[f"cancelled while it {job}"] = [seconds_to_cancel(system, job) for _ in range(times)]
    with _copy() as root, running_system(cwd=root, module="buster_jobs.definitions") as system:
        edited = root / "buster_jobs/packages/edited.py"
        found["edit to result"] = [seconds_to_new_code(system, edited, value) for value in range(1, times + 1)]
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        found[f"{number.name} to nothing left"] = [seconds_to_nothing(number)]
    return {name: {"median s": sorted(each)[len(each) // 2], "longest s": max(each)} for name, each in found.items()}


@contextmanager
def _copy() -> Generator[Path]:
    """The project's code with a task that may be edited."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("buster_jobs", "buster_jobs_tests"):
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("pyproject.toml", "dagster.yaml"):
            shutil.copy(ROOT / name, root / name)
        (root / "buster_jobs/packages/edited.py").write_text("VALUE = 0\n")
        (root / "buster_jobs/tasks/edited.py").write_text(_TASK)
        yield root


if __name__ == "__main__":
    report("reactions", measure(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
