"""Dagster's own Celery launcher on Redis, with our pooled storage: what the queue in PostgreSQL was chosen over.

Not a dependency of this project: install `dagster-celery[redis]==0.29.27` into .venv first, and set BENCH_REDIS_URL.
"""

import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.systems import STOCK, buster_jobs, state_folder
from buster_jobs_tests.support.dagster_dev import DagsterDev, dagster, running

_SLOTS = 4
_DAGSTER_YAML = """
storage: {{custom: {{module: buster_jobs.runtime.engine.dagster.pooled_storage, class: BusterStorage, config: {{}}}}}}
run_coordinator: {{module: dagster._core.run_coordinator, class: DefaultRunCoordinator}}
run_launcher: {{module: dagster_celery.launcher, class: CeleryRunLauncher, config: {{broker: "{redis}", backend: "{redis}"}}}}
telemetry: {{enabled: false}}
"""  # noqa: E501
_CELERY_CONFIG = 'broker_url = result_backend = "{redis}"\n'


@contextmanager
def celery_on_redis() -> Generator[DagsterDev]:
    """`dagster dev` beside a Celery worker with as many children as we have workers for short runs."""
    redis = os.environ["BENCH_REDIS_URL"]
    with state_folder() as folder:
        (folder / "dagster.yaml").write_text(_DAGSTER_YAML.format(redis=redis))
        (folder / "dagster_celery_config.py").write_text(_CELERY_CONFIG.format(redis=redis))
        path = os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), str(folder)]))
        environment = {"DAGSTER_HOME": str(folder), "BUSTER_STATE_DIR": str(folder), "PYTHONPATH": path}
        environment["BUSTER_LOCAL_WORKERS"] = "false"
        try:
            with (
                running(dagster("dev", "-m", STOCK), folder / "log", environment, STOCK) as dev,
                _worker(folder, environment),
            ):
                yield dev
        finally:
            buster_jobs(environment, "database", "stop")


@contextmanager
def _worker(folder: Path, environment: dict[str, str]) -> Generator[None]:
    command = [sys.executable, "-m", "celery", "-A", "dagster_celery.app", "worker", "--prefetch-multiplier=1"]
    with (folder / "worker.log").open("wb") as log:
        worker = subprocess.Popen(  # noqa: S603 - named here
            [*command, "--concurrency", str(_SLOTS)], env=os.environ | environment, stdout=log, stderr=log
        )
    try:
        yield
    finally:
        worker.terminate()
        worker.wait()
