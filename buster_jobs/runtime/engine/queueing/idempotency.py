"""Which run a trigger with an idempotency key gets: its own, or the one that its key already stands for."""

import dagster as dg

from buster_jobs.packages import run_tags
from buster_jobs.packages.database.runs.idempotency import (
    DEFAULT_TTL,
    KeyClaim,
    KeyHolder,
    claim_key,
    payload_hash,
    take_over_key,
)
from buster_jobs.packages.database.runs.jobs import get_job_by_run_id
from buster_jobs.packages.errors import InvalidInput, NotFound
from buster_jobs.runtime.engine.queueing.placement import seconds
from buster_jobs.runtime.target import payload_of, task_name


class KeyConflict(InvalidInput):
    """The idempotency key stands for another run, with which this trigger cannot be answered."""

    code = "IDEMPOTENCY_CONFLICT"


def run_for_key(instance: dg.DagsterInstance, run: dg.DagsterRun) -> dg.DagsterRun:
    """`run` itself, if it has no key or its key stands for it now; else the run that its key stands for.

    A key is free again when its run has failed for good, but not for the same trigger sent again. A re-execution and a
    replay take the key over from the run that they repeat. Raises `KeyConflict`, and `InvalidInput` for a key or ttl
    that cannot be used.
    """
    if run_tags.IDEMPOTENCY_KEY not in run.tags:
        return run
    claim = key_claim(run)
    while (holder := claim_key(claim)).run_id != run.run_id:
        earlier = instance.get_run_by_id(holder.run_id)
        if earlier is not None and _is_same_trigger(run, holder, claim):
            return earlier
        if earlier is None or _has_failed(earlier) or _repeats(run, earlier):
            _check_deleted(earlier, holder, claim)
            if take_over_key(claim, holder=holder.run_id):
                break
        else:
            _check_same(run, holder, claim)
            return earlier
    return run


def key_claim(run: dg.DagsterRun) -> KeyClaim:
    """What a run asks of the table of keys. Raises `InvalidInput` for a ttl that cannot be understood."""
    given = seconds(run, run_tags.IDEMPOTENCY_TTL)
    ttl = DEFAULT_TTL if given is None else given
    key = run.tags[run_tags.IDEMPOTENCY_KEY]
    trigger_id = run.tags.get(run_tags.TRIGGER_ID)
    return KeyClaim(task_name(run), key, run.run_id, payload_hash(payload_of(run)), ttl, trigger_id)


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
