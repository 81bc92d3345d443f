"""`python -m … OWNER_FD`: a worker pool that takes itself for another host's. What a pool does stands in the engine."""

import socket
import sys
from pathlib import Path

NAME = "other-host"


def main() -> None:
    """A pool under another name, and so a supervisor that can see no process of the first host, nor be seen by it."""
    socket.gethostname = lambda: NAME
    from buster_jobs.runtime.engine import pool

    pool.main()


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    main()
