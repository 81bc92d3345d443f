"""The loop in which a model answers a question: ask, run the tools that it calls, ask again, until it answers in words.

HTTP is in client.py, the tools are in tools.py, our texts in prompts.py.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from pydantic import JsonValue

from buster_jobs.packages.ai.analysis import Analysis, ToolCall
from buster_jobs.packages.ai.chat_history import Exchange
from buster_jobs.packages.ai.model.client import ModelClient
from buster_jobs.packages.ai.model.conversation import Conversation
from buster_jobs.packages.ai.model.endpoint import ModelEndpoint
from buster_jobs.packages.ai.model.errors import UnusableReply
from buster_jobs.packages.ai.model.limits import Limits, Meter
from buster_jobs.packages.ai.model.prompts import (
    ANSWER_IN_TEXT,
    CONTENT_FILTERED,
    CONTINUE,
    data_tag,
    system_prompt,
    with_history,
)
from buster_jobs.packages.ai.model.reply import Reply, RequestedCall
from buster_jobs.packages.ai.model.tool_use import use_tool
from buster_jobs.packages.ai.model.tools import Database, tool_schemas
from buster_jobs.packages.ai.model.transcript import Outcome, Save, Transcript, keep_nothing
from buster_jobs.packages.ai.schema.statistics import Statistics
from buster_jobs.packages.ai.values import clean_text
from buster_jobs.packages.data_sources.catalog import Catalog
from buster_jobs.packages.data_sources.source import DataSource

_CHARACTERS_PER_TOKEN = 4


def answer_with_model(
    question: str,
    source: DataSource,
    *,
    message_id: UUID,
    catalog: Catalog,
    endpoint: ModelEndpoint,
    limits: Limits,
    earlier: tuple[Exchange, ...] = (),
    statistics: Statistics | None = None,
    begun: Transcript | None = None,
    save: Save = keep_nothing,
    clock: Callable[[], float] = time.monotonic,
) -> Analysis:
    """The model's answer, and the last query that succeeded.

    `earlier` is what was said before in the chat, `statistics` what is known of tables in `catalog`.
    `begun` is what an earlier attempt at the same question has saved: its requests are not repeated.

    Raises `BudgetExceeded`, `TimedOut`, `UnusableReply`, and all that `ModelClient.complete` and the source raise.
    """
    transcript = begun or Transcript(question=question, model=endpoint.model)
    meter = Meter(transcript, limits, clock)
    database = Database(source, catalog, limits, meter.query_timeout, {} if statistics is None else statistics)
    tag = data_tag(message_id)
    asked = with_history(question, earlier, tag)
    conversation = Conversation(system_prompt(source.dialect, tag, limits.rows), asked, tag, transcript.messages)
    with ModelClient(endpoint, clock) as client:
        outcome = _Loop(client, conversation, database, meter, transcript, save).run()
    return _analysis(outcome, transcript, meter, message_id)


@dataclass(slots=True)
class _Loop:
    _client: ModelClient
    _conversation: Conversation
    _database: Database
    _meter: Meter
    _transcript: Transcript
    _save: Save

    def run(self) -> Outcome:
        self._use_tools(self._conversation.unanswered_calls())
        while self._transcript.outcome is None:
            reply = self._ask()
            if reply.refusal or reply.finish_reason == "content_filter":
                self._end(reply.refusal or CONTENT_FILTERED, answered=False)
            elif reply.calls:
                self._transcript.parts.clear()
                self._conversation.add_reply(reply)
                self._save(self._transcript)  # the reply is paid for: a crash in a tool must not lose it
                self._use_tools(self._conversation.unanswered_calls())
            elif answer := self._answer_in(reply):
                self._end(answer, answered=True)
        return self._transcript.outcome

    def _ask(self) -> Reply:
        timeout = self._meter.request_timeout()
        messages = self._conversation.messages
        reply = self._client.complete(messages, tool_schemas(), timeout)
        # Estimated for an endpoint that reports no usage: its budget would be endless otherwise.
        self._meter.add(
            _estimate(messages) if reply.input_tokens is None else reply.input_tokens,
            _estimate(reply.message) if reply.output_tokens is None else reply.output_tokens,
        )
        return reply

    def _use_tools(self, calls: tuple[RequestedCall, ...]) -> None:
        for call in calls:
            use = use_tool(call, self._database)
            self._transcript.uses.append(use)
            self._conversation.add_result(call, use)
            self._save(self._transcript)

    def _answer_in(self, reply: Reply) -> str | None:
        """The whole answer; None when the model is asked to go on, at most `Limits.answer_parts` times."""
        parts = self._transcript.parts
        parts.append(reply.text)
        answer = clean_text("".join(parts)).strip()
        if answer and reply.finish_reason != "length":
            return answer
        self._transcript.unfinished += 1
        if self._transcript.unfinished >= self._database.limits.answer_parts:
            raise UnusableReply(_why_unusable(reply))
        if reply.text:
            self._conversation.add_reply(reply)
        self._conversation.add_instruction(CONTINUE if reply.finish_reason == "length" else ANSWER_IN_TEXT)
        self._save(self._transcript)
        return None

    def _end(self, response: str, *, answered: bool) -> None:
        self._transcript.outcome = Outcome(response=clean_text(response), answered=answered)
        self._save(self._transcript)


def _analysis(outcome: Outcome, transcript: Transcript, meter: Meter, message_id: UUID) -> Analysis:
    sql, columns, rows = _last_result(transcript.uses) if outcome.answered else (None, (), ())
    return Analysis(
        response=outcome.response,
        answered=outcome.answered,
        sql=sql,
        columns=columns,
        rows=rows,
        tool_calls=tuple(transcript.uses),
        usage=meter.usage(),
        message_id=message_id,
    )


def _why_unusable(reply: Reply) -> str:
    if reply.finish_reason == "length":
        return "The model's answer was cut off again and again; ask for less, or set OPENAI_MODEL to another model."
    return "The model gave no answer in words; try again, or set OPENAI_MODEL to another model."


def _estimate(value: JsonValue | list[dict[str, JsonValue]]) -> int:
    return len(str(value)) // _CHARACTERS_PER_TOKEN


def _last_result(uses: list[ToolCall]) -> tuple[str | None, tuple[str, ...], tuple[tuple[JsonValue, ...], ...]]:
    for use in reversed(uses):
        if use.name == "run_sql" and use.error is None:
            result = cast("dict[str, JsonValue]", use.result)
            rows = cast("list[list[JsonValue]]", result["rows"])
            return str(result["sql"]), tuple(cast("list[str]", result["columns"])), tuple(map(tuple, rows))
    return None, (), ()
