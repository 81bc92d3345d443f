"""Deadlines after PostgreSQL's clock was set."""

from datetime import UTC, datetime

import pytest

from buster_jobs.packages.database.runs.run_queue import Watch
from buster_jobs.runtime.engine.supervision.clock_jumps import JUMP_SECONDS, ClockJumps


def look(jumps: ClockJumps, *, ahead: float, deadline: float | None) -> tuple[bool, float | None]:
    """With PostgreSQL's clock so much ahead of ours. Answers with whether it jumped, and how late the run is."""
    late = None if deadline is None else ahead - deadline
    beat = datetime.fromtimestamp(ahead, UTC)
    watch = Watch("run", "here/1/1", silent=0.0, late=late, cancel_requested=False, now=ahead, heartbeat_at=beat)
    return jumps.note_look([watch], 0.0), jumps.late(watch)


@pytest.mark.parametrize("by", [100.0, -100.0])
def test_a_deadline_keeps_its_distance_however_often_the_clock_is_set(by: float) -> None:
    jumps, deadline = ClockJumps(), 60.0
    assert look(jumps, ahead=0, deadline=deadline)[0] is False
    for times in (1, 2, 3):
        jumped, late = look(jumps, ahead=times * by, deadline=deadline)
        assert jumped
        assert late == -60
        assert look(jumps, ahead=times * by, deadline=deadline) == (False, -60)


def test_a_deadline_that_is_set_afterwards_counts_as_it_is() -> None:
    jumps = ClockJumps()
    look(jumps, ahead=0, deadline=60)
    look(jumps, ahead=100, deadline=60)
    assert look(jumps, ahead=100, deadline=90)[1] == 10
    assert look(jumps, ahead=100, deadline=None)[1] is None


def test_a_slow_drift_of_the_clock_moves_no_deadline() -> None:
    jumps = ClockJumps()
    assert not any(look(jumps, ahead=step * (JUMP_SECONDS - 1), deadline=None)[0] for step in range(10))
