"""The account that runs the embedded PostgreSQL, and running its programs as that account.

PostgreSQL refuses to run as root. Other users run it themselves. For root it runs as the account `pgserver` if that
exists (`useradd --system pgserver` creates it), else as `nobody`. We create no account: that is more than a demo should
change on a machine, fails on read-only and directory-managed systems, and protects no better, since the data directory
and its socket have mode 0700 either way. The price of `nobody`: other daemons that run as `nobody` can read the data.
Where that matters, create the account.
"""

import os
import pwd
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from buster_jobs.packages.errors import ConfigurationError

ACCOUNTS_FOR_ROOT = ("pgserver", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """Numeric ids of the account that owns the data directory."""

    uid: int
    gid: int

    @property
    def is_ours(self) -> bool:
        return self.uid == os.geteuid()


def server_account() -> Account:
    """The account for a new data directory. Raises `ConfigurationError` if root finds none."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    for name in ACCOUNTS_FOR_ROOT:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise ConfigurationError(
        "PostgreSQL does not run as root and this machine has no account `nobody`: run `useradd --system pgserver`, "
        "run as another user, or set BUSTER_DATABASE_URL."
    )


def owner_of(path: Path) -> Account:
    """The account that owns an existing data directory."""
    status = path.stat()
    return Account(status.st_uid, status.st_gid)


def run_as(account: Account, command: Sequence[str | Path], *, timeout: float = 120) -> tuple[int, str]:
    """Run a program to its end. Returns its exit code and its output.

    The program starts in a session of its own, in `/`, without our PG* variables. Its output goes to a file, because a
    server that it leaves running would keep a pipe open.
    """
    other = None if account.is_ours else account
    with tempfile.TemporaryFile() as output:
        try:
            done = subprocess.run(  # noqa: S603 - the programs are the wheel's own, the arguments are ours
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
                start_new_session=True,
                timeout=timeout,
                check=False,
                user=other and other.uid,
                group=other and other.gid,
                extra_groups=other and [],
            )
        except PermissionError as error:
            # We are another user than the data's owner, or root without the right to change accounts.
            raise ConfigurationError(
                f"The embedded PostgreSQL has to run as user id {account.uid}, which this process may not do: "
                "run as that user, or set BUSTER_DATABASE_URL."
            ) from error
        output.seek(0)
        return done.returncode, output.read().decode(errors="replace").strip()


def can_enter(account: Account, folder: Path) -> bool:
    """Whether the account may reach and read `folder`. The operating system decides, so ACLs count too."""
    if account.is_ours:
        return os.access(folder, os.R_OK | os.X_OK)
    for flag in ("-r", "-x"):
        code, _ = run_as(account, ["test", flag, folder])
        if code != 0:
            return False
    return True


def make_private_folder(account: Account, folder: Path) -> None:
    """Create `folder` with mode 0700, owned by the account. Raises `ConfigurationError` if it exists and differs."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        pass
    else:
        if not account.is_ours:
            os.chown(folder, account.uid, account.gid)
    status = folder.lstat()
    if not folder.is_dir() or folder.is_symlink() or status.st_uid != account.uid or status.st_mode & 0o077:
        raise ConfigurationError(
            f"{folder} must be a folder with mode 0700 that belongs to user id {account.uid}: remove it and try again."
        )
