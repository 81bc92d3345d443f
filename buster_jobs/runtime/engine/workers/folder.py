"""Where this machine's workers keep their locks and their log: a folder for each host below the state folder."""

import socket
from pathlib import Path

from buster_jobs.packages.settings import get_settings


def workers_folder() -> Path:
    """This machine's folder below the state folder; it is made when it does not exist."""
    folder = get_settings().state_dir / "workers" / socket.gethostname()
    folder.mkdir(parents=True, exist_ok=True)
    return folder
