"""The analyst: opens a data source and has a question answered, by a model or, without a key, by the offline analyst.

openai, sqlglot and SQLAlchemy are slow to import: functions that need them import them.
"""

from dataclasses import dataclass
from uuid import UUID, uuid4

from buster_jobs.packages.ai.analysis import Analysis
from buster_jobs.packages.ai.chat_history import Exchange, recent_exchanges
from buster_jobs.packages.ai.model.endpoint import ModelEndpoint, endpoint_from
from buster_jobs.packages.ai.model.limits import Limits
from buster_jobs.packages.ai.model.transcript import Save, Transcript, keep_nothing
from buster_jobs.packages.ai.schema.statistics import KeptStatistics
from buster_jobs.packages.data_sources.source import DataSource
from buster_jobs.packages.errors import InvalidInput
from buster_jobs.packages.settings import get_settings

QUESTION_MAX_CHARACTERS = 10_000


@dataclass(frozen=True, slots=True)
class AnalystContext:
    """Who asks, and which data source. The caller chooses `message_id`, so that a retry stores the same message."""

    data_source_id: UUID
    user_id: UUID
    chat_id: UUID | None = None
    message_id: UUID | None = None


def analyst_agent(query: str, context: AnalystContext) -> Analysis:
    """Answer a question about a stored data source.

    The answer uses the tables and columns that the user may see. Raises `NotFound` for an unknown data source,
    `InvalidInput` for a disabled one or a user outside its organization, and everything that `analyse` raises.
    """
    question = _checked(query)
    source = _open(context)
    earlier = _earlier(context)
    if context.message_id is None:
        return analyse(question, source, uuid4(), earlier=earlier, data_source_id=context.data_source_id)
    message_id = context.message_id
    begun, save = _begun(message_id, question), _save_as(message_id)
    stored = context.data_source_id
    return analyse(question, source, message_id, earlier=earlier, data_source_id=stored, begun=begun, save=save)


def _earlier(context: AnalystContext) -> tuple[Exchange, ...]:
    if context.chat_id is None:
        return ()
    return recent_exchanges(
        context.chat_id, user_id=context.user_id, data_source_id=context.data_source_id, but=context.message_id
    )


def analyse(
    question: str,
    source: DataSource,
    message_id: UUID,
    *,
    earlier: tuple[Exchange, ...] = (),
    data_source_id: UUID | None = None,
    endpoint: ModelEndpoint | None = None,
    limits: Limits | None = None,
    begun: Transcript | None = None,
    save: Save = keep_nothing,
) -> Analysis:
    """Answer a question about an open data source. Without `endpoint`, the settings say which model is asked, if any.

    `earlier` is what was asked and answered before in the chat, oldest first: a question may go on from it.
    With `data_source_id`, the id under which it is stored, the statistics that syncs have kept of it are used.
    `begun` is what an earlier attempt has saved, `save` saves for a later one: a retry repeats no paid request.

    Raises `InvalidInput` for an empty or too long question, `Unavailable`, `RateLimited`, `TimedOut`,
    `ConfigurationError`, `BudgetExceeded`, `ModelRequestRejected`, `UnusableReply`.
    """
    asked = _checked(question)
    model = endpoint or endpoint_from(get_settings())
    source.test_connection()
    catalog = source.introspect()
    known = KeptStatistics(data_source_id, catalog) if data_source_id else None
    if model is None:
        from buster_jobs.packages.ai.offline.analyst import answer_offline

        questions = tuple(exchange.question for exchange in earlier)
        return answer_offline(
            asked, source, message_id=message_id, catalog=catalog, earlier=questions, statistics=known
        )

    from buster_jobs.packages.ai.model.loop import answer_with_model  # openai takes 0.5 s or more

    return answer_with_model(
        asked,
        source,
        message_id=message_id,
        catalog=catalog,
        endpoint=model,
        limits=limits or Limits(),
        earlier=earlier,
        statistics=known,
        begun=begun,
        save=save,
    )


def _checked(question: str) -> str:
    asked = question.strip()
    if not asked:
        raise InvalidInput("The question is empty; ask something about the data.")
    if len(asked) > QUESTION_MAX_CHARACTERS:
        raise InvalidInput(f"The question is longer than {QUESTION_MAX_CHARACTERS} characters; shorten it.")
    return asked


def _open(context: AnalystContext) -> DataSource:
    from buster_jobs.packages.data_sources.connect import connect
    from buster_jobs.packages.database.sources.data_source_permissions import get_permission
    from buster_jobs.packages.database.sources.data_sources import get_data_source

    stored = get_data_source(context.data_source_id)
    stored.check_enabled()
    visible = get_permission(data_source_id=stored.id, user_id=context.user_id)
    return connect(stored.connection_url(), visible)


def _begun(message_id: UUID, question: str) -> Transcript | None:
    """What an earlier attempt at this message has saved, if its question was the same."""
    from buster_jobs.packages.database.people.chats import load_conversation  # SQLAlchemy

    kept = load_conversation(message_id)
    transcript = Transcript.model_validate(kept) if kept else None
    return transcript if transcript and transcript.question == question.strip() else None


def _save_as(message_id: UUID) -> Save:
    from buster_jobs.packages.database.people.chats import save_conversation  # SQLAlchemy

    return lambda transcript: save_conversation(message_id, transcript.model_dump(mode="json"))
