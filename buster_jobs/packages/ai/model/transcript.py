"""All that an analysis has paid for so far, as values that can be stored, so that another attempt goes on from it."""

from collections.abc import Callable

from pydantic import BaseModel, Field

from buster_jobs.packages.ai.analysis import ToolCall
from buster_jobs.packages.ai.model.reply import Message


class Outcome(BaseModel):
    """How the conversation ended."""

    response: str
    answered: bool


class Transcript(BaseModel):
    """A conversation in progress. `uses` are the tool calls made, `parts` the pieces of an answer that is not whole."""

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
"""Called whenever something was paid for or found out."""


def keep_nothing(_transcript: Transcript) -> None:
    """For an analysis that nobody will go on with."""
