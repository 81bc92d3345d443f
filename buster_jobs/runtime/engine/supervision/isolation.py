"""Contains errors: where many runs are looked after in one pass, one run's error does not reach the others."""

import logging
import time
import traceback
from collections.abc import Generator
from contextlib import contextmanager

from buster_jobs.packages.database.server.unavailable import is_away

_AGAIN_SECONDS = 60.0
"""An error that repeats in every pass is logged once in so many seconds."""

_told: dict[str, float] = {}


@contextmanager
def contain_errors(what: str) -> Generator[None]:
    """Log an error of this block under `what`, a run's id or the name of a stage, and go on after the block.

    An error that says the database is lost is raised: the pass ends, and starts again when PostgreSQL is back.
    """
    try:
        yield
    except Exception as error:
        if is_away(error):
            raise
        _tell(what, error)


def _tell(what: str, error: Exception) -> None:
    now = time.monotonic()
    for known in [known for known, at in _told.items() if now - at > _AGAIN_SECONDS]:
        del _told[known]
    if what in _told:
        return
    _told[what] = now
    # Where it happened, and not the error's own words: PostgreSQL repeats what it was given, and with it the payload.
    stack = "".join(traceback.format_tb(error.__traceback__))
    logging.getLogger(__name__).error("Skipped this pass: %s, with %s at\n%s", what, type(error).__name__, stack)
