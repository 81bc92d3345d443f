"""Dead letters: one for every run that finally failed, open until it is replayed or discarded.

A trigger of the table makes sure that an open letter becomes replayed or discarded once. runtime/replay.py replays.
"""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, select, text, update
from sqlalchemy.orm import Session

from buster_jobs.packages.database.integrity import refused_as_input
from buster_jobs.packages.database.runs.alerts import NewAlert, insert_alert
from buster_jobs.packages.database.runs.attempts import ORGANIZATION, references
from buster_jobs.packages.database.runs.letter_values import DeadLetter, LetterFilter, NewLetter, letter_of
from buster_jobs.packages.database.runs.outcome_models import FailedTaskRow
from buster_jobs.packages.database.server.engine import session
from buster_jobs.packages.database.storable_values import json_text, storable_text
from buster_jobs.packages.errors import InvalidInput, NotFound

_LONGEST_STACK = 50_000


def save_failed_task(letter: NewLetter) -> UUID:
    """Store a letter and its alert. A run has one letter: of two writers, the one with a stack prevails.

    Raises `InvalidInput` for an unknown reason.
    """
    with session() as opened, refused_as_input():
        return insert_letter(opened.connection(), letter)


def insert_letter(connection: Connection, letter: NewLetter, job_id: UUID | None = None) -> UUID:
    """`save_failed_task` in the caller's transaction. Attempts and organization come from the job record, if any."""
    given = {
        "job_id": job_id,
        "run_id": letter.run_id,
        "task": letter.task,
        "payload": json_text(letter.payload),
        "reason": letter.reason,
        "error_code": letter.error_code,
        "error": storable_text(letter.error),
        "stack": storable_text(letter.stack)[:_LONGEST_STACK] if letter.stack else None,
        "replay_of": storable_text(letter.replay_of) if letter.replay_of else None,
        **references(letter.payload),
    }
    letter_id = connection.execute(text(_INSERT), given).scalar()
    if letter_id is None:  # the stored letter prevails
        return connection.execute(select(FailedTaskRow.id).where(FailedTaskRow.run_id == letter.run_id)).scalar_one()
    if letter.alert:
        insert_alert(connection, _alert(letter))
    return letter_id


def get_dead_letter(id: str) -> DeadLetter:
    """The letter with this id, or of the run with this id. Raises `NotFound`."""
    found = list_dead_letters(LetterFilter(ids=[id], state=None), limit=1)
    if not found:
        raise NotFound(
            f"There is no dead letter {id}: `buster-jobs dead-letters list --state all` shows which there are."
        )
    return found[0]


def list_dead_letters(which: LetterFilter, *, limit: int | None = 50) -> list[DeadLetter]:
    """The matching letters, newest first."""
    query = select(FailedTaskRow).where(*_conditions(which))
    query = query.order_by(FailedTaskRow.failed_at.desc(), FailedTaskRow.id).limit(limit)
    with session() as opened:
        return [letter_of(row) for row in opened.scalars(query)]


def list_letter_ids(which: LetterFilter) -> list[UUID]:
    """The ids of all matching letters, oldest first."""
    query = select(FailedTaskRow.id).where(*_conditions(which)).order_by(FailedTaskRow.failed_at, FailedTaskRow.id)
    with session() as opened:
        return list(opened.scalars(query))


def replays_of(ids: Sequence[str]) -> list[str]:
    """The runs that have replayed these letters, which are given by their own ids or by those of their runs."""
    if not ids:
        return []
    replayed = list_dead_letters(LetterFilter(ids=ids, state="replayed"), limit=None)
    return [letter.replay_run_id for letter in replayed if letter.replay_run_id]


def with_letter(run_ids: Sequence[str]) -> set[str]:
    """Those of the runs that have a letter."""
    with session() as opened:
        return set(opened.scalars(select(FailedTaskRow.run_id).where(FailedTaskRow.run_id.in_(run_ids))))


def discard(which: LetterFilter, *, by: str) -> int:
    """Discard open letters. Returns their number."""
    changing = update(FailedTaskRow).where(*_conditions(which), FailedTaskRow.state == "open")
    with session() as opened:
        done = opened.execute(
            changing.values(state="discarded", resolved_by=by, resolved_at=text("clock_timestamp()")).returning(
                FailedTaskRow.id
            )
        )
        return len(done.all())


class ReplayClaim:
    """An open letter, locked against other replays and discards."""

    def __init__(self, letter: DeadLetter, opened: Session) -> None:
        self.letter = letter
        self._session = opened

    def mark_replayed(self, run_id: str, by: str) -> None:
        """Record the run that replays the letter."""
        changing = update(FailedTaskRow).where(FailedTaskRow.id == self.letter.id)
        self._session.execute(
            changing.values(
                state="replayed", replay_run_id=run_id, resolved_by=by, resolved_at=text("clock_timestamp()")
            )
        )


@contextmanager
def claim_for_replay(letter_id: UUID) -> Generator[ReplayClaim | None]:
    """Lock the letter while its replay is started; None if it is not open. Waits for another holder of the lock.

    The letter stays open if the block raises.
    """
    query = select(FailedTaskRow).where(FailedTaskRow.id == letter_id, FailedTaskRow.state == "open")
    with session() as opened:
        row = opened.scalar(query.with_for_update())
        yield None if row is None else ReplayClaim(letter_of(row), opened)


def _alert(letter: NewLetter) -> NewAlert:
    return NewAlert(
        kind=f"{letter.task}/{letter.reason}/{letter.error_code}",
        message=f"{letter.task} failed ({letter.reason}): {letter.error}",
        run_id=letter.run_id,
        details={"task": letter.task, "reason": letter.reason, "error_code": letter.error_code},
        urgent=letter.urgent,
    )


def _conditions(which: LetterFilter) -> list[ColumnElement[bool]]:
    wanted = (
        (FailedTaskRow.task, which.task),
        (FailedTaskRow.reason, which.reason),
        (FailedTaskRow.error_code, which.error_code),
        (FailedTaskRow.organization_id, which.organization_id),
        (FailedTaskRow.state, which.state),
    )
    conditions: list[ColumnElement[bool]] = [column == value for column, value in wanted if value is not None]
    if which.ids:
        conditions.append(FailedTaskRow.run_id.in_(which.ids) | FailedTaskRow.id.in_(_uuids(which.ids)))
    if which.failed_after:
        conditions.append(FailedTaskRow.failed_at >= which.failed_after)
    if which.failed_before:
        conditions.append(FailedTaskRow.failed_at < which.failed_before)
    return conditions


def _uuids(ids: Sequence[str]) -> list[UUID]:
    try:
        return [UUID(id) for id in ids]
    except ValueError:
        raise InvalidInput(
            f"A dead letter is named by its id or its run's id, both UUIDs, not {', '.join(ids)}."
        ) from None


_INSERT = f"""
INSERT INTO buster.failed_tasks AS f
    (run_id, task, payload, organization_id, reason, error_code, error, stack, replay_of, attempts, attempt_log)
SELECT :run_id, :task, CAST(:payload AS json), coalesce(j.organization_id, {ORGANIZATION}), :reason, :error_code,
    :error, CAST(:stack AS text), CAST(:replay_of AS text), coalesce(j.attempts, 0),
    coalesce(j.attempt_log, '[]'::jsonb)
FROM (SELECT) AS one LEFT JOIN buster.jobs j ON j.id = CAST(:job_id AS uuid) OR j.run_id = :run_id
ON CONFLICT (run_id) DO UPDATE SET reason = excluded.reason, error_code = excluded.error_code,
    error = excluded.error, stack = excluded.stack, attempts = excluded.attempts, attempt_log = excluded.attempt_log
    WHERE f.stack IS NULL AND excluded.stack IS NOT NULL
RETURNING id
"""  # noqa: S608 - constants
