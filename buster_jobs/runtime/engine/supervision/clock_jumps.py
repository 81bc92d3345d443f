"""Notices that PostgreSQL's clock was set: silences and deadlines measured across the jump do not count."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from buster_jobs.packages.database.runs.run_queue import Watch

JUMP_SECONDS = 5.0
"""By so much PostgreSQL's clock may gain or lose between two looks without having been set."""
_SAME = 0.1


@dataclass
class ClockJumps:
    """PostgreSQL's clock against the monotonic clock of this process, which cannot be set.

    `offset` is the difference of the two at the last look; `moved` holds, by run, a deadline that was set before the
    clock was, and by how many seconds it has come nearer since.
    """

    offset: float | None = None
    moved: dict[str, tuple[float, float]] = field(default_factory=dict[str, tuple[float, float]])

    def note_look(self, watches: Sequence[Watch], now: float) -> bool:
        """Whether the clock was set since the last look. `now` is the monotonic clock, in seconds."""
        if not watches:
            self.moved.clear()
            return False
        offset = watches[0].now - now
        by = 0.0 if self.offset is None else offset - self.offset
        self.offset = offset
        jumped = abs(by) > JUMP_SECONDS
        self.moved = {
            watch.run_id: (watch.now - watch.late, self._moved(watch) + (by if jumped else 0.0))
            for watch in watches
            if watch.late is not None and (jumped or watch.run_id in self.moved)
        }
        return jumped

    def late(self, watch: Watch) -> float | None:
        """`watch.late`, corrected by the jumps of the clock."""
        return None if watch.late is None else watch.late - self._moved(watch)

    def _moved(self, watch: Watch) -> float:
        deadline, moved = self.moved.get(watch.run_id, (0.0, 0.0))
        is_same = watch.late is not None and abs(watch.now - watch.late - deadline) < _SAME
        return moved if is_same else 0.0
