"""What must be true after a storm, each by its name. A check answers with what contradicts it; nothing here waits."""

from collections import defaultdict
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field

from buster_jobs_tests.chaos import ledger


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the outside world knows: the runs of each key that a caller got, and what arrived at
    operators: ids of messages, and of the runs that they name; and
    the final statuses of runs that a caller has seen meanwhile."""

    accepted: Sequence[tuple[str, str]] = ()
    received: Set[str] = field(default_factory=frozenset[str])
    seen: Sequence[tuple[str, str]] = ()


Check = Callable[[Evidence], list[str]]


def every_accepted_run_has_an_outcome(evidence: Evidence) -> list[str]:
    """accepted = completed + rejected + failed + expired + canceled."""
    final = {row.run_id for row in ledger.rows("SELECT run_id FROM buster.jobs WHERE finished_at IS NOT NULL")}
    return sorted({run_id for _, run_id in evidence.accepted} - final)


def no_run_is_left_unfinished(_evidence: Evidence) -> list[str]:
    """Neither in Dagster's storage, nor in the queue, nor in our records, whoever triggered it."""
    return _contradictions(_UNFINISHED)


def dagster_and_the_job_record_tell_the_same(_evidence: Evidence) -> list[str]:
    """Of each run that has ended."""
    return _contradictions(_DISAGREEING)


def no_effect_comes_twice(_evidence: Evidence) -> list[str]:
    """A run is in one hand at a time, works no more after its outcome, and of two runs with one key one completes."""
    return [
        *_contradictions(_IN_TWO_HANDS),
        *_contradictions(_TWO_EFFECTS_OF_AN_ATTEMPT),
        *_contradictions(_AFTER_THE_OUTCOME),
        *_contradictions(_COMPLETED_TWICE),
    ]


def what_is_completed_has_its_effect(_evidence: Evidence) -> list[str]:
    """Nothing is called done that was not done."""
    return _contradictions(_WITHOUT_EFFECT)


def an_outcome_is_the_last_attempts(_evidence: Evidence) -> list[str]:
    """Who had lost the run has not decided its outcome."""
    return _contradictions(_OF_AN_EARLIER_ATTEMPT)


def no_outcome_is_told_early(evidence: Evidence) -> list[str]:
    """What a caller has seen to be final was final."""
    now = {row.run_id: row.status for row in ledger.rows("SELECT run_id, status FROM public.runs")}
    return [f"{run_id} was {seen}, and is {now[run_id]}" for run_id, seen in evidence.seen if now[run_id] != seen]


def a_final_failure_has_one_dead_letter(_evidence: Evidence) -> list[str]:
    """And nothing else has one."""
    return _contradictions(_LETTERS)


def every_alert_is_received(evidence: Evidence) -> list[str]:
    """Each dead letter but the canceled ones', alone or told together with others."""
    return [
        f"{row.run_id} ({row.task})"
        for row in ledger.rows(_ALERTS)
        if not evidence.received & {row.run_id, str(row.message_id)}
    ]


def one_key_is_one_run(evidence: Evidence) -> list[str]:
    """Until that run has failed, which frees its key."""
    runs: dict[str, set[str]] = defaultdict(set)
    for key, run_id in evidence.accepted:
        runs[key].add(run_id)
    failed = {row.run_id for row in ledger.rows("SELECT run_id FROM buster.jobs WHERE status IN ('failed', 'expired')")}
    return [f"{key}: {', '.join(sorted(ids))}" for key, ids in runs.items() if len(ids - failed) > 1]


def a_letter_is_replayed_once(_evidence: Evidence) -> list[str]:
    """However often it was asked for."""
    return _contradictions(_REPLAYED_TWICE)


CHECKS: tuple[Check, ...] = (
    every_accepted_run_has_an_outcome,
    no_run_is_left_unfinished,
    dagster_and_the_job_record_tell_the_same,
    no_effect_comes_twice,
    what_is_completed_has_its_effect,
    an_outcome_is_the_last_attempts,
    no_outcome_is_told_early,
    a_final_failure_has_one_dead_letter,
    every_alert_is_received,
    one_key_is_one_run,
    a_letter_is_replayed_once,
)


def name_of(check: Check) -> str:
    """In words."""
    return check.__name__.replace("_", " ")


def failing(evidence: Evidence) -> dict[str, list[str]]:
    """What contradicts which check, for those that fail."""
    found = {name_of(check): check(evidence) for check in CHECKS}
    return {name: contradictions for name, contradictions in found.items() if contradictions}


def _contradictions(query: str) -> list[str]:
    return [str(row[0]) for row in ledger.rows(query)]


_UNFINISHED = """
SELECT run_id || ' of ' || pipeline_name || ' is ' || status FROM public.runs
WHERE status NOT IN ('SUCCESS', 'FAILURE', 'CANCELED')
UNION ALL SELECT run_id || ' of ' || task || ' is in the queue: ' || state FROM buster.run_queue
UNION ALL SELECT run_id || ' of ' || type || ' is open: ' || status FROM buster.jobs WHERE finished_at IS NULL
"""

_DISAGREEING = """
SELECT r.run_id || ' of ' || r.pipeline_name || ' is ' || r.status || ' and ' || coalesce(j.status, 'without a record')
FROM public.runs r LEFT JOIN buster.jobs j ON j.run_id = r.run_id
WHERE r.status IN ('SUCCESS', 'FAILURE', 'CANCELED') AND (j.status IS NULL OR r.status <> CASE
    WHEN j.status IN ('completed', 'rejected') THEN 'SUCCESS' WHEN j.status = 'canceled' THEN 'CANCELED'
    WHEN j.finished_at IS NULL THEN 'open' ELSE 'FAILURE' END)
UNION ALL
SELECT j.run_id || ' of ' || j.type || ' is unknown to Dagster and ' || j.status
FROM buster.jobs j LEFT JOIN public.runs r ON r.run_id = j.run_id WHERE r.run_id IS NULL
"""

_IN_TWO_HANDS = """
SELECT run_id || ' of ' || task || ' was begun while another process had it' FROM chaos.executions WHERE in_two_hands
"""

_TWO_EFFECTS_OF_AN_ATTEMPT = """
SELECT run_id || ' of ' || task || ' had two effects in attempt ' || attempt FROM chaos.executions
WHERE effect_at IS NOT NULL GROUP BY run_id, task, part, attempt HAVING count(*) > 1
"""

_AFTER_THE_OUTCOME = """
SELECT e.run_id || ' of ' || e.task || ' was executed after it had its outcome'
FROM chaos.executions e JOIN buster.jobs j ON j.run_id = e.run_id WHERE e.began_at > j.finished_at
"""

_COMPLETED_TWICE = """
SELECT key || ' was completed by ' || string_agg(DISTINCT e.run_id, ' and ')
FROM chaos.executions e JOIN buster.jobs j ON j.run_id = e.run_id
WHERE effect_at IS NOT NULL AND j.status = 'completed' GROUP BY key HAVING count(DISTINCT e.run_id) > 1
"""

_WITHOUT_EFFECT = """
SELECT run_id || ' of ' || type FROM buster.jobs j
WHERE status = 'completed' AND (SELECT count(DISTINCT part) FROM chaos.executions e
    WHERE e.run_id = j.run_id AND effect_at IS NOT NULL) < CASE type WHEN 'has_two_steps' THEN 2 ELSE 1 END
"""

_OF_AN_EARLIER_ATTEMPT = """
SELECT run_id || ' of ' || type || ' has the result of attempt ' || coalesce(result ->> 'attempt', 'none')
    || ', its last one was ' || coalesce(attempt_log -> -1 ->> 'number', 'none')
FROM buster.jobs WHERE status = 'completed' AND result -> 'attempt' IS DISTINCT FROM attempt_log -> -1 -> 'number'
"""

_LETTERS = """
SELECT coalesce(j.run_id, f.run_id) || ' of ' || coalesce(j.type, f.task) || ' is ' || coalesce(j.status, 'unknown')
    || ' and has ' || count(f.id) || ' letters'
FROM buster.jobs j FULL JOIN buster.failed_tasks f ON f.run_id = j.run_id
GROUP BY j.run_id, f.run_id, j.type, f.task, j.status, j.finished_at
HAVING count(f.id) <> CASE WHEN j.status IN ('failed', 'expired', 'canceled') THEN 1 ELSE 0 END
"""

_ALERTS = """
SELECT f.run_id, f.task, a.message_id FROM buster.failed_tasks f LEFT JOIN buster.ops_alerts a ON a.run_id = f.run_id
WHERE f.reason <> 'canceled'
"""

_REPLAYED_TWICE = """
SELECT 'the letter of ' || value || ' was replayed by ' || string_agg(run_id, ' and ')
FROM public.run_tags WHERE key = 'buster/replay_of' GROUP BY value HAVING count(DISTINCT run_id) > 1
"""
