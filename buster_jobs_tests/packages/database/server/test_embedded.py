"""The life of the embedded server: found, shared, surviving, recovering. Where it is kept: test_embedded_place."""

import fcntl
import os
import select
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from buster_jobs.packages.database.server import embedded
from buster_jobs.packages.database.server.embedded import EmbeddedServer
from buster_jobs.packages.errors import Unavailable
from buster_jobs_tests.packages.database.conftest import Python, as_root
from buster_jobs_tests.support.polling import TIMEOUT_SECONDS

START = "from buster_jobs.packages.database.server import embedded; print(embedded.ensure_running().pid, flush=True)"


def run(server: EmbeddedServer, sql: str, database: str = "buster") -> list[tuple[object, ...]]:
    with psycopg.connect(host=str(server.socket_dir), port=5432, user="buster", dbname=database) as connection:
        cursor = connection.execute(sql.encode())
        return cursor.fetchall() if cursor.description else []


def test_it_is_postgresql_18_durable_and_without_a_port(postgres: EmbeddedServer) -> None:
    settings = {name: run(postgres, f"SHOW {name}")[0][0] for name in ("fsync", "listen_addresses", "max_connections")}
    assert settings == {"fsync": "on", "listen_addresses": "", "max_connections": "200"}
    assert str(run(postgres, "SHOW server_version")[0][0]).startswith("18")


def test_only_its_account_and_root_reach_the_socket_and_the_data(postgres: EmbeddedServer) -> None:
    assert postgres.socket_dir.stat().st_mode & 0o777 == 0o700
    assert postgres.data_dir.stat().st_mode & 0o777 == 0o700


def test_its_address_names_the_driver_and_holds_no_password(postgres: EmbeddedServer) -> None:
    url = postgres.url("shop", driver="psycopg2")
    assert (url.drivername, url.database, url.password) == ("postgresql+psycopg2", "shop", None)


def test_a_later_process_finds_the_same_server(postgres: EmbeddedServer, python: Python) -> None:
    assert python(START).communicate()[0] == f"{postgres.pid}\n"


def test_a_running_server_is_found_without_waiting_for_the_lock(postgres: EmbeddedServer, python: Python) -> None:
    home = postgres.data_dir.parent
    with (home / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert python(START).communicate(timeout=TIMEOUT_SECONDS)[0] == f"{postgres.pid}\n"


def test_processes_that_start_at_once_get_one_server(new_state: Path, python: Python) -> None:
    processes = [python(START) for _ in range(3)]
    pids = {process.communicate()[0] for process in processes}
    running = embedded.status()
    assert running is not None
    assert pids == {f"{running.pid}\n"}


def test_it_survives_the_whole_process_group_that_started_it(own_state: Path, python: Python) -> None:
    starter = python(START + "; input()")
    assert starter.stdout is not None
    pid = int(starter.stdout.readline())
    os.killpg(starter.pid, signal.SIGINT)
    os.killpg(starter.pid, signal.SIGKILL)
    starter.wait()
    assert embedded.ensure_running().pid == pid


def test_stop_says_whether_there_was_anything_to_stop(own_state: Path) -> None:
    assert embedded.stop() is False
    started = embedded.ensure_running()
    with psycopg.connect(host=str(started.socket_dir), user="buster", dbname="buster", port=5432):
        assert embedded.stop() is True  # although a client is connected
    assert embedded.stop() is False
    assert embedded.status() is None


def test_after_kill_9_it_starts_again_with_its_data(own_state: Path) -> None:
    first = embedded.ensure_running()
    run(first, "CREATE TABLE kept AS SELECT 1 AS one")
    with open(os.pidfd_open(first.pid)) as process:
        os.kill(first.pid, signal.SIGKILL)
        select.select([process], [], [], TIMEOUT_SECONDS)
    second = embedded.ensure_running()
    assert second.pid != first.pid
    assert run(second, "SELECT * FROM kept") == [(1,)]


def test_a_process_id_that_another_process_has_now_is_not_taken_for_the_server(own_state: Path) -> None:
    first = embedded.ensure_running()
    record = first.data_dir / "postmaster.pid"
    lines = record.read_text().splitlines()
    embedded.stop()
    owner = first.data_dir.stat()
    with subprocess.Popen(["sleep", "60"], user=owner.st_uid if os.geteuid() == 0 else None) as other:
        record.write_text("\n".join([str(other.pid), *lines[1:]]))
        assert embedded.status() is None
        assert embedded.stop() is False
        assert embedded.ensure_running().pid != other.pid
        assert other.poll() is None
        other.kill()


def test_a_server_that_lost_its_socket_is_replaced(own_state: Path) -> None:
    first = embedded.ensure_running()
    (first.socket_dir / ".s.PGSQL.5432").unlink()
    second = embedded.ensure_running()
    assert second.pid != first.pid
    assert run(second, "SELECT 1") == [(1,)]


def test_a_copied_project_gets_a_server_of_its_own(
    own_state: Path, open_folder: Path, configure: Callable[..., None]
) -> None:
    original = embedded.ensure_running()
    run(original, "CREATE TABLE only_in_the_original (one int)")
    run(original, "CHECKPOINT")
    copy = open_folder / "copy"
    subprocess.run(["cp", "-a", own_state, copy], check=True)
    configure(BUSTER_STATE_DIR=str(copy))
    assert embedded.status() is None
    assert embedded.stop() is False
    copied = embedded.ensure_running()
    run(copied, "CREATE TABLE only_in_the_copy (one int)")
    assert copied.pid != original.pid
    assert run(original, "SELECT to_regclass('only_in_the_copy')") == [(None,)]
    assert embedded.stop() is True
    configure(BUSTER_STATE_DIR=str(own_state))
    assert embedded.ensure_running() == original


def test_a_new_project_in_a_deleted_ones_place_starts_empty(own_state: Path) -> None:
    deleted = embedded.ensure_running()
    run(deleted, "CREATE TABLE of_the_deleted (one int)")
    shutil.rmtree(own_state)
    try:
        assert embedded.status() is None
        fresh = embedded.ensure_running()
        assert fresh.pid != deleted.pid
        assert run(fresh, "SELECT to_regclass('of_the_deleted')") == [(None,)]
    finally:
        os.kill(deleted.pid, signal.SIGQUIT)


def test_a_moved_project_keeps_its_running_server(
    own_state: Path, open_folder: Path, configure: Callable[..., None]
) -> None:
    before = embedded.ensure_running()
    moved = own_state.rename(open_folder / "moved")
    configure(BUSTER_STATE_DIR=str(moved))
    after = embedded.ensure_running()
    assert after.pid == before.pid
    assert run(after, "SELECT 1") == [(1,)]


def test_a_half_made_data_directory_is_made_anew(new_state: Path) -> None:
    half = new_state / "postgres" / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    assert run(embedded.ensure_running(), "SELECT 1") == [(1,)]
    assert not half.exists()


def test_the_starters_pg_variables_do_not_reach_the_server(new_state: Path, python: Python) -> None:
    pid = python(START, PGPORT="1", PGDATA="/nowhere", PGUSER="x", PGOPTIONS="-c nonsense=1").communicate()[0]
    assert embedded.ensure_running().pid == int(pid)


def test_why_it_does_not_start_is_one_sentence(own_state: Path) -> None:
    place = embedded.ensure_running()
    embedded.stop()
    (place.data_dir / "PG_VERSION").write_text("3\n")
    with pytest.raises(Unavailable, match=r"did not start in .*incompatible"):
        embedded.ensure_running()
    (place.data_dir / "PG_VERSION").write_text("18\n")


@as_root
def test_data_that_a_copy_gave_to_root_is_given_back(own_state: Path) -> None:
    place = embedded.ensure_running()
    embedded.stop()
    subprocess.run(["chown", "-R", "0:0", place.data_dir, place.socket_dir], check=True)
    with pytest.raises(Exception, match="remove it and try again"):
        embedded.ensure_running()
    place.socket_dir.rmdir()
    assert run(embedded.ensure_running(), "SELECT 1") == [(1,)]
