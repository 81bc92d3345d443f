"""Runs attacks against a data source, through the guard and past it, and counts how each ended."""

import time
from collections import Counter
from dataclasses import dataclass

from buster_jobs.packages.data_sources.catalog import Catalog
from buster_jobs.packages.data_sources.errors import QueryFailed, QueryRefused
from buster_jobs.packages.data_sources.guard import guard_query
from buster_jobs.packages.data_sources.guarded_source import GuardedSource
from buster_jobs.packages.data_sources.limits import Limits
from buster_jobs.packages.errors import TimedOut, Unavailable

# The seconds of the database's limit; our own timer comes one second later.
LIMITS = Limits(rows=10, seconds=0.3)


@dataclass(frozen=True)
class Verdict:
    """How many attacks ended how, past the guard, and the longest of them in seconds."""

    refused: int
    stopped: int
    answered: int
    longest: float


def let_through(attacks: list[str], catalog: Catalog, dialect: str) -> list[str]:
    """The attacks that layer (a) does not refuse."""
    return [sql for sql in attacks if not _is_refused(sql, catalog, dialect)]


def past_the_guard(attacks: list[str], source: GuardedSource) -> Verdict:
    """Layers (b) and (c) alone. What they answer reads what the user may read anyway."""
    ends: Counter[str] = Counter()
    longest = 0.0
    for sql in attacks:
        started = time.monotonic()
        ends[_end(source, sql)] += 1
        longest = max(longest, time.monotonic() - started)
    return Verdict(ends["refused"], ends["stopped"], ends["answered"], longest)


def _is_refused(sql: str, catalog: Catalog, dialect: str) -> bool:
    try:
        guard_query(sql, catalog, dialect)
    except QueryRefused:
        return True
    return False


def _end(source: GuardedSource, sql: str) -> str:
    try:
        source.run_unguarded(sql, LIMITS)
    except (QueryRefused, QueryFailed):
        return "refused"
    except (TimedOut, Unavailable):
        return "stopped"
    return "answered"
