"""What `ps` and `top` call the processes that a pool has forked, which otherwise all look like their parent."""

import ctypes
import sys

_PR_SET_NAME = 15


def name_process(name: str) -> None:
    """Up to 15 bytes; only Linux can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_NAME, name.encode(), 0, 0, 0)
