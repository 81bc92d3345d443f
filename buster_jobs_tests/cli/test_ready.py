"""`buster-jobs ready`, when the workers do not get warm."""

from collections.abc import Callable
from pathlib import Path

from buster_jobs_tests.cli.command import buster_jobs


def test_ready_says_what_to_check_when_no_worker_gets_warm(configure: Callable[..., None], tmp_path: Path) -> None:
    configure(BUSTER_STATE_DIR=str(tmp_path))
    result = buster_jobs("ready", "--timeout", "0")
    assert result.exit_code == 1
    assert result.stderr.startswith(
        "0 of 6 workers are warm after 0 s: is `make dev` or `buster-jobs workers` running?"
    )
