"""Virtual environments outside the checkout, with what a lock file names and a wheel of this tree."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Environment:
    """One virtual environment. Its programs run in `cwd` with nothing of the checkout's: no path and no setting."""

    folder: Path
    cwd: Path

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    @property
    def variables(self) -> dict[str, str]:
        """This process's environment without what would lead a program to another place."""
        misleading = ("BUSTER_", "DAGSTER_", "PYTHON", "VIRTUAL_ENV")
        return {name: value for name, value in os.environ.items() if not name.startswith(misleading)}

    def run(self, program: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run one of its programs to the end, whatever its exit code."""
        return subprocess.run(
            [self.folder / "bin" / program, *arguments],
            cwd=self.cwd,
            env=self.variables | variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )


def make_environment(folder: Path, cwd: Path, wheel: Path, lock_file: str) -> Environment:
    """Nothing is resolved. Raises CalledProcessError when the lock file leaves out what an installed package needs."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    environment = Environment(folder, cwd)
    install_locked(environment, lock_file)
    _install(environment, str(wheel))
    subprocess.run(_installer(environment, "check"), check=True)
    return environment


def install_locked(environment: Environment, lock_file: str) -> None:
    """Install exactly what a lock file of the repository's root names."""
    _install(environment, "--require-hashes", "--requirement", str(ROOT / lock_file))


def _install(environment: Environment, *what: str) -> None:
    command = [*_installer(environment, "install"), "--quiet", "--no-deps", *what]
    # What `make` installed is in uv's cache, so the registry is asked only where that was emptied.
    from_cache = subprocess.run(command, check=False, capture_output=True, env=_with({"UV_OFFLINE": "1"}))
    if from_cache.returncode:
        subprocess.run(command, check=True, env=_with({}))


def _installer(environment: Environment, command: str) -> list[str]:
    """uv as scripts/install.sh finds it, or else pip, which then is in our own environment."""
    own = Path(sys.executable).parent
    uv = shutil.which("uv", path=os.pathsep.join((os.environ.get("PATH", ""), str(own))))
    python = ["--python", str(environment.python)]
    return [uv, "pip", command, *python] if uv else [sys.executable, "-m", "pip", *python, command]


def _with(variables: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, **variables}
