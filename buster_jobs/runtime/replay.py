"""Replays of dead letters: the payload as it was received runs again, as a new run that names the one it replays.

A letter is replayed once: it is held in the database meanwhile, and its replay's run id follows from the letter's, so
that a replay after a crash finds the run there.
"""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid5

import dagster as dg

from buster_jobs.packages import run_tags
from buster_jobs.packages.database.runs.dead_letters import claim_for_replay, list_letter_ids
from buster_jobs.packages.database.runs.letter_values import DeadLetter, LetterFilter
from buster_jobs.packages.errors import InvalidInput
from buster_jobs.runtime.start import DEFINITIONS_MODULE, submit

_NAMESPACE = UUID("7b0d9a52-6c0f-4c7c-9d43-2f8f5f4c1d5e")
_PROGRESS_SECONDS = 5.0
_KEPT_TAGS = (run_tags.IDEMPOTENCY_KEY, run_tags.IDEMPOTENCY_TTL, run_tags.PRIORITY)


@dataclass(slots=True)
class Replays:
    """What became of the letters that were meant. `skipped` were resolved by another replay in the meantime.

    `refused` could not run again; the sentence says why, and the letter stays open.
    """

    run_ids: list[str] = field(default_factory=list[str])
    skipped: int = 0
    refused: dict[str, str] = field(default_factory=dict[str, str])


def replay_run_id(run_id: str) -> str:
    """The id of the run that replays the dead letter of `run_id`."""
    return str(uuid5(_NAMESPACE, run_id))


def replay_letters(
    which: "LetterFilter",
    *,
    by: str,
    instance: dg.DagsterInstance,
    rate: float,
    limit: int | None = None,
    sleep: Callable[[float], None] = time.sleep,
    module: str = DEFINITIONS_MODULE,
) -> Replays:
    """Replay open letters, the oldest first, at most `limit` of them and at most `rate` a second; log the progress."""
    ids, done, reported = list_letter_ids(which)[:limit], Replays(), time.monotonic()
    for number, letter_id in enumerate(ids):
        if number:
            sleep(1 / rate)
        _replay_one(letter_id, done, by, instance, module)
        if time.monotonic() - reported > _PROGRESS_SECONDS:
            reported = time.monotonic()
            logging.getLogger(__name__).info("Replayed %d of %d dead letters.", len(done.run_ids), len(ids))
    return done


def _replay_one(letter_id: UUID, done: Replays, by: str, instance: dg.DagsterInstance, module: str) -> None:
    try:
        run_id = replay_letter(letter_id, by=by, instance=instance, module=module)
    except dg.DagsterInvalidConfigError as error:
        done.refused[str(letter_id)] = " ".join(problem.message for problem in error.errors)
    except dg.DagsterInvariantViolationError:
        done.refused[str(letter_id)] = "Its task does not exist any more."
    except InvalidInput as error:
        done.refused[str(letter_id)] = error.message
    else:
        if run_id is None:
            done.skipped += 1
        else:
            done.run_ids.append(run_id)


def replay_letter(
    letter_id: UUID, *, by: str, instance: dg.DagsterInstance, module: str = DEFINITIONS_MODULE
) -> str | None:
    """Replay one letter and answer with its new run's id; None when it is not open any more.

    The replay takes the failed run's idempotency key over. Raises `InvalidInput` when that stands for another run by
    now, `dg.DagsterInvalidConfigError` for a payload that the task no longer takes, and
    `dg.DagsterInvariantViolationError` when the task is gone: the letter stays open then.
    """
    with claim_for_replay(letter_id) as claim:
        if claim is None:
            return None
        run_id = replay_run_id(claim.letter.run_id)
        submit(
            instance,
            claim.letter.task,
            claim.letter.payload,
            run_id=run_id,
            tags=_tags(claim.letter, by, instance.get_run_by_id(claim.letter.run_id)),
            repeats=claim.letter.run_id,
            module=module,
        )
        claim.mark_replayed(run_id, by)
    return run_id


def _tags(letter: "DeadLetter", by: str, failed: dg.DagsterRun | None) -> dict[str, str]:
    """What the caller said of the run itself; when and how fast it was to start is over."""
    said: Mapping[str, str] = failed.tags if failed else {}
    kept = {name: value for name, value in said.items() if "/" not in name or name in _KEPT_TAGS}
    return kept | {run_tags.REPLAY_OF: letter.run_id, run_tags.REPLAYED_BY: by}
