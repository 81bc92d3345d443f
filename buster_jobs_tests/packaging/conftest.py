"""A wheel of this tree, and environments in which it is installed."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from buster_jobs_tests.packaging.environments import ROOT, Environment, install_locked, make_environment


@pytest.fixture(scope="package")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the working tree."""
    return build("wheel", ROOT, tmp_path_factory.mktemp("dist"))


def build(target: str, source: Path, folder: Path) -> Path:
    """Build "wheel" or "sdist" of `source` with the build tools of requirements-build.lock."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", folder],
        cwd=source,
        check=True,
        capture_output=True,
    )
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="package")
def outside() -> Generator[Path]:
    """A folder outside the checkout."""
    # Not pytest's tmp_path: that is mode 0700, and then root's PostgreSQL would be put under /var/lib.
    folder = Path(tempfile.mkdtemp(prefix="buster-wheel-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="package")
def server(wheel: Path, outside: Path) -> Generator[Environment]:
    """The whole system, with the demo's data, to be run in an empty folder. All of it is ended afterwards."""
    project = outside / "project"
    project.mkdir()
    environment = make_environment(outside / "server", project, wheel, "requirements.lock")
    install_locked(environment, "requirements-demo.lock")
    yield environment
    stopped = environment.run("buster-jobs", "stop")
    assert stopped.returncode == 0, stopped.stderr


@pytest.fixture(scope="package")
def client(wheel: Path, outside: Path) -> Environment:
    """What an app gets that installs the wheel without extras."""
    return make_environment(outside / "client", outside, wheel, "requirements-client.lock")
