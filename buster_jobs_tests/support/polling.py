"""Wait until a condition holds, asking again and again. For what other processes do.

On a busy machine everything takes many times as long: a long timeout costs nothing when all is well.
"""

import time
from collections.abc import Callable

TIMEOUT_SECONDS = 120.0
"""How long a test waits for a condition before it fails."""


def until(condition: Callable[[], object], what: str, timeout: float = TIMEOUT_SECONDS) -> None:
    """Wait for a condition, asking ten times a second. Raises AssertionError after `timeout` seconds."""
    end = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < end, f"Waited {timeout} s in vain until {what}."
        time.sleep(0.1)
