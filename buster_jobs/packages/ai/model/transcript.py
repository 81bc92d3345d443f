"""The progress of an analysis as values that can be stored, so that a retry goes on without repeating paid requests."""

from collections.abc import Callable

from pydantic import BaseModel, Field

from buster_jobs.packages.ai.analysis import ToolCall
from buster_jobs.packages.ai.model.reply import Message


class Outcome(BaseModel):
    """How the conversation ended."""

    response: str
    answered: bool


class Transcript(BaseModel):
    """A conversation in progress. `uses` are the tool calls made, `parts` the pieces of an unfinished answer."""

    question: str
    model: str
    messages: list[Message] = Field(default_factory=list[Message])
    uses: list[ToolCall] = Field(default_factory=list[ToolCall])
    parts: list[str] = Field(default_factory=list[str])
    unfinished: int = 0
    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    outcome: Outcome | None = None


Save = Callable[[Transcript], None]
"""Called after each reply of the model and each tool result."""


def keep_nothing(_transcript: Transcript) -> None:
    """For an analysis that is never retried."""
