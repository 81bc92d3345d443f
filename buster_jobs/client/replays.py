"""Replays of dead letters, which the task `replay_dead_letters` makes: what it answers, as a client is told it."""

from buster_jobs.client.errors import ReplayRefused, RunNotFound, WebserverError
from buster_jobs.client.values import Run

REPLAY_TASK = "replay_dead_letters"


def replay_from(done: Run, id: str) -> str:
    """The id of the run that replays the letter `id`. Raises `RunNotFound`, `ReplayRefused` or `WebserverError`."""
    if not done.success:
        raise WebserverError(f"The replay of {id} could not be made: see run {done.run_id}.")
    for run_id in (*done.result["run_ids"], *done.result["replayed_before"]):
        return run_id
    for sentence in done.result["refused"].values():
        raise ReplayRefused(sentence)
    raise RunNotFound(f"There is no dead letter {id}, or it was discarded: only what failed for good can be replayed.")
