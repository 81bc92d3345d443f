"""Our own PostgreSQL: what the system knows and remembers. One module per aggregate; customers' databases are not here.

The functions that tasks use are offered here by name and loaded on first use, because SQLAlchemy takes as long to
import as half of Dagster and a code location must load quickly.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from buster_jobs.packages.database.access import check_may_ask
    from buster_jobs.packages.database.attempts import (
        Begun,
        add_hook_error,
        begin_attempt,
        done_steps,
        end_attempt,
        end_by_force,
        is_under_way,
        pause_attempt,
    )
    from buster_jobs.packages.database.chats import create_chat_message, list_messages, recent_messages
    from buster_jobs.packages.database.closing import Ending, close_job
    from buster_jobs.packages.database.data_sources import data_sources_to_sync, get_data_source, list_data_source_ids
    from buster_jobs.packages.database.dead_letters import (
        claim_for_replay,
        list_dead_letters,
        list_letter_ids,
        replays_of,
        save_failed_task,
    )
    from buster_jobs.packages.database.job_values import Attempt, Job
    from buster_jobs.packages.database.jobs import create_job, get_job_by_id, get_job_by_run_id, update_job_status
    from buster_jobs.packages.database.letter_values import DeadLetter, LetterFilter, NewLetter
    from buster_jobs.packages.database.model_conversations import load_conversation, save_conversation
    from buster_jobs.packages.database.organizations import get_active_organizations
    from buster_jobs.packages.database.step_outputs import load_step_output, save_step_output
    from buster_jobs.packages.database.step_waits import BegunWaits, load_step_waits, save_step_waits

_HOMES = {
    "BegunWaits": "step_waits",
    "Attempt": "job_values",
    "Begun": "attempts",
    "DeadLetter": "letter_values",
    "Ending": "closing",
    "Job": "job_values",
    "LetterFilter": "letter_values",
    "NewLetter": "letter_values",
    "add_hook_error": "attempts",
    "begin_attempt": "attempts",
    "check_may_ask": "access",
    "claim_for_replay": "dead_letters",
    "close_job": "closing",
    "create_chat_message": "chats",
    "create_job": "jobs",
    "data_sources_to_sync": "data_sources",
    "done_steps": "attempts",
    "end_attempt": "attempts",
    "end_by_force": "attempts",
    "get_active_organizations": "organizations",
    "get_data_source": "data_sources",
    "get_job_by_id": "jobs",
    "get_job_by_run_id": "jobs",
    "is_under_way": "attempts",
    "list_data_source_ids": "data_sources",
    "list_dead_letters": "dead_letters",
    "list_letter_ids": "dead_letters",
    "list_messages": "chats",
    "load_conversation": "model_conversations",
    "load_step_output": "step_outputs",
    "load_step_waits": "step_waits",
    "recent_messages": "chats",
    "replays_of": "dead_letters",
    "save_conversation": "model_conversations",
    "pause_attempt": "attempts",
    "save_failed_task": "dead_letters",
    "save_step_output": "step_outputs",
    "save_step_waits": "step_waits",
    "update_job_status": "jobs",
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
