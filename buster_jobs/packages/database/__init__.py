"""Our own PostgreSQL: what the system knows and remembers. One module per aggregate; customers' databases are not here.

The functions that tasks use are offered here by name and loaded on first use, because SQLAlchemy takes as long to
import as half of Dagster and a code location must load quickly.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from buster_jobs.packages.database.people.chats import create_chat_message, list_messages, recent_messages
    from buster_jobs.packages.database.people.model_conversations import load_conversation, save_conversation
    from buster_jobs.packages.database.people.organizations import get_active_organizations
    from buster_jobs.packages.database.runs.attempts import (
        Begun,
        add_hook_error,
        begin_attempt,
        done_steps,
        end_attempt,
        end_by_force,
        is_under_way,
        pause_attempt,
    )
    from buster_jobs.packages.database.runs.dead_letters import (
        claim_for_replay,
        list_dead_letters,
        list_letter_ids,
        replays_of,
        save_failed_task,
    )
    from buster_jobs.packages.database.runs.job_values import Attempt, Job
    from buster_jobs.packages.database.runs.jobs import create_job, get_job_by_id, get_job_by_run_id, update_job_status
    from buster_jobs.packages.database.runs.letter_values import DeadLetter, LetterFilter, NewLetter
    from buster_jobs.packages.database.runs.outcomes import Ending, close_job
    from buster_jobs.packages.database.runs.step_outputs import load_step_output, save_step_output
    from buster_jobs.packages.database.runs.step_waits import BegunWaits, load_step_waits, save_step_waits
    from buster_jobs.packages.database.sources.access import check_may_ask
    from buster_jobs.packages.database.sources.data_sources import (
        data_sources_to_sync,
        get_data_source,
        list_data_source_ids,
    )

_HOMES = {
    "BegunWaits": "runs.step_waits",
    "Attempt": "runs.job_values",
    "Begun": "runs.attempts",
    "DeadLetter": "runs.letter_values",
    "Ending": "runs.outcomes",
    "Job": "runs.job_values",
    "LetterFilter": "runs.letter_values",
    "NewLetter": "runs.letter_values",
    "add_hook_error": "runs.attempts",
    "begin_attempt": "runs.attempts",
    "check_may_ask": "sources.access",
    "claim_for_replay": "runs.dead_letters",
    "close_job": "runs.outcomes",
    "create_chat_message": "people.chats",
    "create_job": "runs.jobs",
    "data_sources_to_sync": "sources.data_sources",
    "done_steps": "runs.attempts",
    "end_attempt": "runs.attempts",
    "end_by_force": "runs.attempts",
    "get_active_organizations": "people.organizations",
    "get_data_source": "sources.data_sources",
    "get_job_by_id": "runs.jobs",
    "get_job_by_run_id": "runs.jobs",
    "is_under_way": "runs.attempts",
    "list_data_source_ids": "sources.data_sources",
    "list_dead_letters": "runs.dead_letters",
    "list_letter_ids": "runs.dead_letters",
    "list_messages": "people.chats",
    "load_conversation": "people.model_conversations",
    "load_step_output": "runs.step_outputs",
    "load_step_waits": "runs.step_waits",
    "recent_messages": "people.chats",
    "replays_of": "runs.dead_letters",
    "save_conversation": "people.model_conversations",
    "pause_attempt": "runs.attempts",
    "save_failed_task": "runs.dead_letters",
    "save_step_output": "runs.step_outputs",
    "save_step_waits": "runs.step_waits",
    "update_job_status": "runs.jobs",
}

__all__ = [
    "Attempt",
    "Begun",
    "BegunWaits",
    "DeadLetter",
    "Ending",
    "Job",
    "LetterFilter",
    "NewLetter",
    "add_hook_error",
    "begin_attempt",
    "check_may_ask",
    "claim_for_replay",
    "close_job",
    "create_chat_message",
    "create_job",
    "data_sources_to_sync",
    "done_steps",
    "end_attempt",
    "end_by_force",
    "get_active_organizations",
    "get_data_source",
    "get_job_by_id",
    "get_job_by_run_id",
    "is_under_way",
    "list_data_source_ids",
    "list_dead_letters",
    "list_letter_ids",
    "list_messages",
    "load_conversation",
    "load_step_output",
    "load_step_waits",
    "pause_attempt",
    "recent_messages",
    "replays_of",
    "save_conversation",
    "save_failed_task",
    "save_step_output",
    "save_step_waits",
    "update_job_status",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"{__name__} has no {name}.")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
