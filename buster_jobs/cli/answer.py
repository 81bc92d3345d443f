"""Print an answered question: the sentence, the SQL, the first rows, and the run's address in the UI."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID

import sqlglot
from rich.console import Console
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text
from sqlglot.errors import SqlglotError

from buster_jobs.cli.runs import FinishedRun
from buster_jobs.packages.database.people.chats import Message, list_messages
from buster_jobs.packages.errors import NotFound

_MOST_ROWS = 10


def print_answer(question: str, run: FinishedRun) -> None:
    """Print all about a finished run of `analyst_workflow` to stdout. Raises `NotFound` if its message is missing."""
    message = _message(run)
    console = Console(highlight=False)
    console.print(Text.assemble("\nQuestion  ", (question, "bold")))
    console.print(Text.assemble("Answer    ", (message.content, "bold green")))
    sql = message.metadata.get("sql")
    if isinstance(sql, str):
        console.print()
        console.print(Syntax(_pretty(sql), "sql", background_color="default", word_wrap=True))
        _print_rows(console, message.metadata, sql)
    console.print(f"\nRun {run.run_id}, {run.seconds:.1f} s, {_analyst(message.metadata)}")
    page = f"http://127.0.0.1:3000/runs/{run.run_id}"
    console.print(f"To see it in the UI: make dev, or buster-jobs dev, then {page}", soft_wrap=True)
    if run.job is not None:
        asking = json.dumps(dict(run.job.metadata))
        console.print(
            f"To ask there, in the launchpad of analyst_workflow, with another query: {asking}", soft_wrap=True
        )


def _message(run: FinishedRun) -> Message:
    if run.job is not None:
        message_id, chat_id = UUID(run.job.result["message_id"]), UUID(run.job.metadata["chat_id"])
        for message in list_messages(chat_id):
            if message.id == message_id:
                return message
    raise NotFound(f"The answer of run {run.run_id} is not in its chat.")


def _analyst(metadata: Mapping[str, Any]) -> str:
    usage: Mapping[str, Any] = metadata.get("usage") or {}
    return f"answered by {usage.get('model', 'the analyst')}"


def _pretty(sql: str) -> str:
    try:
        return sqlglot.transpile(sql, read="postgres", write="postgres", pretty=True)[0]
    except SqlglotError:
        return sql


def _print_rows(console: Console, metadata: Mapping[str, Any], sql: str) -> None:
    result = _result(metadata, sql)
    columns, rows = result.get("columns", ()), result.get("rows", ())
    if not columns:
        return
    table = Table(*map(str, columns), title_justify="left")
    for row in rows[:_MOST_ROWS]:
        table.add_row(*("" if value is None else str(value) for value in row))
    console.print(table)
    if len(rows) > _MOST_ROWS:
        console.print(f"… and {len(rows) - _MOST_ROWS} more of the first rows.")


def _result(metadata: Mapping[str, Any], sql: str) -> Mapping[str, Any]:
    """The result of the query that the answer is based on; of several with the same SQL, the last one's."""
    calls = cast("Sequence[Mapping[str, Any]]", metadata.get("tool_calls") or ())
    results = [
        call["result"]
        for call in calls
        if isinstance(call.get("result"), dict) and call.get("arguments", {}).get("sql") == sql
    ]
    fallback = [call["result"] for call in calls if isinstance(call.get("result"), dict) and "rows" in call["result"]]
    return (results or fallback or [{}])[-1]
