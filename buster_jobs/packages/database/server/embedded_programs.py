"""Runs PostgreSQL's programs: creates the data directory, starts, stops. The caller holds the start lock."""

import os
import shlex
import shutil
import time
from pathlib import Path

from buster_jobs.packages.database.server.embedded_account import (
    Account,
    make_private_folder,
    owner_of,
    run_as,
    server_account,
)
from buster_jobs.packages.database.server.embedded_place import PORT, Place, new_place, reachable_programs
from buster_jobs.packages.errors import Unavailable

SUPERUSER = "buster"
APP_DATABASE = "buster"

_SERVER_SETTINGS = {
    "port": PORT,
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    # Ends a query whose client was killed at once, instead of when it has a result to send.
    "client_connection_check_interval": "1s",
    "shared_buffers": "128MB",
    # Durable (fsync and synchronous_commit stay on), without the log volume that only replicas need.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    # Parallel queries use /dev/shm, which containers limit to 64 MB.
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # A week of logs inside the data directory: each day overwrites that of a week ago.
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "postgresql-%a.log",
    "log_rotation_age": "1d",
    "log_truncate_on_rotation": "on",
    "log_line_prefix": "%m [%p] %d ",
}
_START_LOG = "start.log"
_START_SECONDS = 60
# A server whose folder was deleted notices within a minute; the new folder may have got the old one's inode.
_ORPHANS_SECONDS = 75


def initialise() -> Place:
    """Create the data directory. Raises `Unavailable` with initdb's reason."""
    account = server_account()
    place = new_place(account)
    # Renamed when complete, so that a killed initdb leaves nothing that looks like a data directory.
    fresh = place.data_dir.with_name("data.new")
    shutil.rmtree(fresh, ignore_errors=True)
    make_private_folder(account, fresh)
    initdb = reachable_programs(place, account) / "initdb"
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8"]
    code, output = run_as(account, [initdb, "-D", fresh, "-U", SUPERUSER, "--auth=trust", *locale])
    if code != 0:
        raise Unavailable(f"PostgreSQL could not make its data directory {fresh}: {_reason(output)}")
    fresh.rename(place.data_dir)
    return place


def start(place: Place) -> None:
    """Start the server, and create the app's database if missing. Raises `Unavailable` with PostgreSQL's reason."""
    account = _take_ownership(place)
    make_private_folder(account, place.socket_dir)
    programs = reachable_programs(place, account)
    _clear_stale(place, account, programs)
    _start_when_orphans_are_gone(place, account, programs)
    make_database = [programs / "createdb", "-h", place.socket_dir, "-p", PORT, "-U", SUPERUSER, APP_DATABASE]
    code, output = run_as(account, make_database)
    if code != 0 and "already exists" not in output:
        raise Unavailable(f"PostgreSQL could not make the database {APP_DATABASE}: {_reason(output)}")


def stop(place: Place) -> None:
    """Stop the server with "fast" mode, after a minute with "immediate" mode. Raises `Unavailable` if it still runs."""
    account = owner_of(place.data_dir)
    _stop(place, account, reachable_programs(place, account))


def _stop(place: Place, account: Account, programs: Path) -> None:
    output = ""
    for mode in ("fast", "immediate"):
        code, output = run_as(account, [programs / "pg_ctl", "stop", "-D", place.data_dir, "-w", "-m", mode])
        if code == 0:
            return
    raise Unavailable(f"PostgreSQL in {place.data_dir} could not be stopped: {_reason(output)}")


def _take_ownership(place: Place) -> Account:
    """The data's owner. Data owned by root (a project copied with `cp -r`) is given to the server's account first."""
    owner = owner_of(place.data_dir)
    if owner.uid != 0:
        return owner
    account = server_account()
    for folder, _, files in os.walk(place.data_dir):
        for path in (folder, *(os.path.join(folder, file) for file in files)):
            os.chown(path, account.uid, account.gid, follow_symlinks=False)
    return account


def _clear_stale(place: Place, account: Account, programs: Path) -> None:
    """Clear up a postmaster.pid whose process does not serve our socket.

    A process whose working folder is our data directory is our server: starting, stopping, or without its socket. Stop
    it. Otherwise the file came with a copy of the project, or its process id was reused: remove it, and the content of
    the socket's folder, which names the same process id. If that is wrong, PostgreSQL's shared memory still prevents
    two servers on one data directory.
    """
    file = place.data_dir / "postmaster.pid"
    try:
        pid = int(file.read_text().splitlines()[0])
    except (FileNotFoundError, ValueError, IndexError):
        pid = None
    # Run as the server's account: in a container even root may not inspect other accounts' processes.
    if pid is not None and run_as(account, ["test", f"/proc/{pid}/cwd", "-ef", place.data_dir])[0] == 0:
        _stop(place, account, programs)
    for stale in (file, *place.socket_dir.iterdir()):
        stale.unlink(missing_ok=True)


def _start_when_orphans_are_gone(place: Place, account: Account, programs: Path) -> None:
    """Start, with retries: after a kill -9 of the main process its children hold the shared memory for a moment."""
    settings = {**_SERVER_SETTINGS, "unix_socket_directories": _quoted(place.socket_dir)}
    options = " ".join(shlex.quote(f"--{name}={value}") for name, value in settings.items())
    command = [programs / "pg_ctl", "start", "-D", place.data_dir, "-w", "-t", str(_START_SECONDS)]
    give_up = time.monotonic() + _ORPHANS_SECONDS
    while True:
        seen = {log: log.stat().st_size for log in _logs(place)}
        code, output = run_as(account, [*command, "-l", place.data_dir / _START_LOG, "-o", options])
        if code == 0:
            return
        news = [log.read_bytes()[seen.get(log, 0) :].decode(errors="replace") for log in _logs(place)]
        reason = _reason("\n".join([output, *news]))
        if "still in use" not in reason or time.monotonic() > give_up:
            raise Unavailable(f"PostgreSQL did not start in {place.data_dir}: {reason}")
        time.sleep(0.2)


def _logs(place: Place) -> list[Path]:
    """The files with the server's messages: the first one until its log collector runs, then the others."""
    return [*place.data_dir.glob(_START_LOG), *place.data_dir.glob("log/*")]


def _quoted(folder: Path) -> str:
    """One entry of PostgreSQL's comma-separated list of folders."""
    return '"' + str(folder).replace('"', '""') + '"'


def _reason(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    fatal = [line for line in lines if "FATAL" in line or "PANIC" in line or "error:" in line]
    return (fatal or lines or ["it gave no reason."])[-1]
