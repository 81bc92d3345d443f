"""Answers a person's question about a data source, and stores the answer in the chat."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from buster_jobs.packages.ai.agent import AnalystContext, analyst_agent
from buster_jobs.runtime import Retry, TaskFailure, TaskRun, task


class AnalystWorkflowPayload(BaseModel):
    """Who asks what, of which data source, in which chat."""

    model_config = ConfigDict(extra="forbid")

    chat_id: UUID = Field(description="Chat conversation ID")
    query: str = Field(description="User query to analyze", min_length=1, max_length=4_000)
    data_source_id: UUID = Field(description="Data source to query")
    user_id: UUID = Field(description="User requesting analysis")


class AnalystWorkflowResult(BaseModel):
    """The message that now holds the answer."""

    success: bool
    message_id: UUID


def tell_chat(payload: AnalystWorkflowPayload, failure: TaskFailure) -> None:
    """Store a message in the chat, where the person waits for the answer."""
    from buster_jobs.packages.database.people.chats import create_chat_message  # SQLAlchemy takes long to import

    # The text of an unexpected error is for operators only: it may hold anything.
    reason = "Something went wrong on our side; we have been told." if failure.code == "INTERNAL" else failure.message
    create_chat_message(
        chat_id=payload.chat_id,
        role="assistant",
        content=f"I could not answer this question. {reason} You can ask again.",
        metadata={"run_id": failure.run.run_id, "error_code": failure.code},
        message_id=UUID(failure.run.run_id),
    )


@task(
    retry=Retry(max_attempts=3, min_timeout=1, max_timeout=10),
    deadline=300,
    concurrency={"chat:{chat_id}": 1},
    on_failure=tell_chat,
)
def analyst_workflow(payload: AnalystWorkflowPayload, run: TaskRun) -> AnalystWorkflowResult:
    """Answer a question about a data source, and store the answer with its SQL in the chat."""
    from buster_jobs.packages.database.people.chats import create_chat_message  # SQLAlchemy takes long to import
    from buster_jobs.packages.database.sources.data_source_permissions import check_may_ask

    check_may_ask(chat_id=payload.chat_id, user_id=payload.user_id, data_source_id=payload.data_source_id)
    context = AnalystContext(payload.data_source_id, payload.user_id, payload.chat_id, message_id=UUID(run.run_id))
    analysis = analyst_agent(payload.query, context)
    asked = {"question": payload.query, "user_id": str(payload.user_id), "data_source_id": str(payload.data_source_id)}
    details = analysis.model_dump(mode="json", include={"answered", "sql", "tool_calls", "usage"})
    message = create_chat_message(
        chat_id=payload.chat_id,
        role="assistant",
        content=analysis.response,
        metadata=asked | details,
        message_id=analysis.message_id,
    )
    return AnalystWorkflowResult(success=True, message_id=message.id)
