"""An embedded PostgreSQL and a Dagster instance of a benchmark's own, in this process. Measures nothing."""

import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from buster_jobs.packages.database.server import embedded, engine
from buster_jobs.packages.settings import get_settings
from buster_jobs.runtime.start import open_instance


@contextmanager
def fresh_instance() -> Generator[dg.DagsterInstance]:
    """Gone afterwards, with its database."""
    folder = Path(tempfile.mkdtemp(prefix="buster-bench-"))
    folder.chmod(0o755)  # else root's embedded PostgreSQL would have to live elsewhere
    os.environ["BUSTER_STATE_DIR"] = str(folder)
    os.environ["BUSTER_LOG_LEVEL"] = "error"
    get_settings.cache_clear()
    try:
        with open_instance() as instance:
            yield instance
    finally:
        engine.reset_engine()
        embedded.stop()
        shutil.rmtree(folder, ignore_errors=True)
