"""`buster-jobs database`, on the embedded PostgreSQL and with another server set."""

import shutil
import tempfile
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from buster_jobs_tests.cli.command import buster_jobs


@pytest.fixture
def short_folder(tmp_path_factory: pytest.TempPathFactory) -> Generator[Path]:
    """A state folder of its own, that PostgreSQL's account may enter, and whose server is gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="buster-cli-"))
    folder.chmod(0o755)
    yield folder
    buster_jobs("database", "stop")
    shutil.rmtree(folder)


def test_only_the_embedded_server_is_started_and_stopped(configure: Callable[..., None]) -> None:
    configure(BUSTER_DATABASE_URL="postgresql://someone@host/database")
    for command in ("start", "stop"):
        result = buster_jobs("database", command)
        assert result.exit_code == 1
        assert "only the embedded PostgreSQL can be" in result.stderr


def test_the_embedded_server_is_started_migrated_seen_and_stopped(
    configure: Callable[..., None], short_folder: Path
) -> None:
    configure(BUSTER_STATE_DIR=str(short_folder))
    assert buster_jobs("database", "status").exit_code == 3
    assert buster_jobs("database", "start").exit_code == 0
    assert "Its schema is not current" in buster_jobs("database", "status").stdout
    assert buster_jobs("database", "migrate").stdout == "The schema was migrated.\n"
    assert "Its schema is current." in buster_jobs("database", "status").stdout
    assert buster_jobs("database", "stop").stdout == "PostgreSQL is stopped.\n"
    assert buster_jobs("database", "stop").stdout == "PostgreSQL was not running.\n"
