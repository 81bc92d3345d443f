"""What the tests of this package share: a state folder of a test's own, and programs run in processes of their own."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from buster_jobs.packages.database.server import embedded, embedded_place
from buster_jobs.packages.settings import get_settings

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="what root's processes do can only be seen as root")


@pytest.fixture
def open_folder() -> Generator[Path]:
    """A folder that any account may enter (pytest's own is closed)."""
    folder = Path(tempfile.mkdtemp(prefix="buster-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def new_state(open_folder: Path, configure: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> Generator[Path]:
    """A state folder that no server has used; what runs in it, or far from it, is stopped at the end."""
    state = open_folder / "state"
    far = open_folder / "far"
    monkeypatch.setattr(embedded_place, "FAR_ROOT", far)
    configure(BUSTER_STATE_DIR=str(state))
    yield state
    embedded.stop()


@pytest.fixture(scope="session")
def _used_state(state_dir: Path) -> Path:
    """A state folder whose server was started once and stopped."""
    state = state_dir / "used"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUSTER_STATE_DIR", str(state))
        get_settings.cache_clear()
        embedded.ensure_running()
        embedded.stop()
    get_settings.cache_clear()
    return state


@pytest.fixture
def own_state(_used_state: Path, new_state: Path) -> Path:
    """A state folder of the test's own with data already, which saves making it; stopped at the end."""
    subprocess.run(["cp", "-a", _used_state, new_state], check=True)
    return new_state


Python = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def python() -> Generator[Python]:
    """`python(code, **environment)` starts a process whose output can be read; it is killed if the test leaves it."""
    started: list[subprocess.Popen[str]] = []

    def start(code: str, **environment: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **environment},
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
