"""Which run a trigger with an idempotency key gets: its own, or the one that its key already stands for."""

import dagster as dg

from buster_jobs.packages import run_tags
from buster_jobs.packages.database.runs.idempotency import KeyClaim, KeyHolder, claim_key, payload_hash
from buster_jobs.packages.database.runs.jobs import get_job_by_run_id
from buster_jobs.packages.errors import InvalidInput, NotFound
from buster_jobs.runtime.engine.queueing.placement import Placement


class KeyConflict(InvalidInput):
    """The idempotency key stands for another run, with which this trigger cannot be answered."""

    code = "IDEMPOTENCY_CONFLICT"


def key_holder(instance: dg.DagsterInstance, run: dg.DagsterRun, place: Placement) -> str:
    """The id of the run that `run`'s idempotency key stands for: its own, if it has no key or holds it now.

    A key is free again when its run has failed for good, but not for the same trigger sent again. A re-execution and a
    replay take the key over from the run that they repeat. Raises `KeyConflict`.
    """
    claim = key_claim(run, place)
    if claim is None:
        return run.run_id

    def is_free(holder: KeyHolder) -> bool:
        return _is_free(instance, run, claim, holder)

    return claim_key(claim, take_over=is_free).run_id


def key_claim(run: dg.DagsterRun, place: Placement) -> KeyClaim | None:
    """What a run asks of the table of keys; None without a key."""
    if place.key is None:
        return None
    trigger_id = run.tags.get(run_tags.TRIGGER_ID)
    return KeyClaim(
        place.target.task, place.key, run.run_id, payload_hash(place.target.payload), place.key_ttl, trigger_id
    )


def _is_free(instance: dg.DagsterInstance, run: dg.DagsterRun, claim: KeyClaim, holder: KeyHolder) -> bool:
    """Whether `run` may take the key over from its holder. Raises `KeyConflict` where it is no answer either."""
    earlier = instance.get_run_by_id(holder.run_id)
    if earlier is not None and _is_same_trigger(run, holder, claim):
        return False
    if earlier is None or _has_failed(earlier) or _repeats(run, earlier):
        _check_deleted(earlier, holder, claim)
        return True
    _check_same(run, holder, claim)
    return False


def _is_same_trigger(run: dg.DagsterRun, holder: KeyHolder, claim: KeyClaim) -> bool:
    inherited = run.parent_run_id is not None  # a run that is executed again has the tags of the one that it repeats
    return not inherited and claim.trigger_id is not None and claim.trigger_id == holder.trigger_id


def _has_failed(run: dg.DagsterRun) -> bool:
    """Whether the run, and the job that it was, failed: a run can get lost after its work was done and recorded."""
    if run.status is not dg.DagsterRunStatus.FAILURE:
        return False
    return _job_status(run.run_id) not in ("completed", "rejected", "canceled")


def _repeats(run: dg.DagsterRun, earlier: dg.DagsterRun) -> bool:
    return earlier.is_finished and earlier.run_id in (run.parent_run_id, run.root_run_id)


def _check_deleted(earlier: dg.DagsterRun | None, holder: KeyHolder, claim: KeyClaim) -> None:
    """A run that was deleted cannot be the answer, but what it did was done."""
    if earlier is None and _job_status(holder.run_id) not in (None, "failed", "expired"):
        raise KeyConflict(
            f"The idempotency key {claim.key!r} of {claim.task} was used by run {holder.run_id}, which was deleted "
            "since: use a new key to run it again."
        )


def _check_same(run: dg.DagsterRun, holder: KeyHolder, claim: KeyClaim) -> None:
    if run.parent_run_id is not None:  # a re-execution is answered with a run that executes, never with another
        raise KeyConflict(
            f"The idempotency key {claim.key!r} of {claim.task} stands for run {holder.run_id} by now: see what became "
            f"of that, or execute this one again without the tag {run_tags.IDEMPOTENCY_KEY}."
        )
    if holder.payload_hash != claim.payload_hash:
        raise KeyConflict(
            f"The idempotency key {claim.key!r} of {claim.task} was used with another payload, by run "
            f"{holder.run_id}: use a new key for a new payload."
        )


def _job_status(run_id: str) -> str | None:
    try:
        return get_job_by_run_id(run_id).status
    except NotFound:
        return None
