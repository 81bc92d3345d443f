"""Reads the gold sets beside this file: questions with the queries whose rows are right. Asks nothing.

In NAME.questions.sql, "-- q:" begins a question and "-- then:" one that follows it in the same chat; the SQL below says
which rows are right, "-- or:" what else is. A question without SQL has no answer in the data: it must be declined.
"""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from buster_jobs_tests.packages.ai.offline import flights

_FOLDER = Path(__file__).parent
_OPENING = re.compile(r"^-- (q|then|or|today): ?(.*)$")


Verdict = Literal["right", "declined", "wrong", "declined in time", "answered in vain"]


@dataclass(frozen=True, slots=True)
class Question:
    """A question, what was asked before it in the chat (oldest first), and the queries of which one must agree."""

    text: str
    earlier: tuple[str, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldSet:
    """A schema with rows, and its questions as of a day."""

    name: str
    schema: str
    today: date
    questions: tuple[Question, ...]


def gold_set(name: str) -> GoldSet:
    """The set of that name: its own schema, or for "flights" the one that the other tests use."""
    own = _FOLDER / f"{name}.schema.sql"
    schema = own.read_text(encoding="utf-8") if own.exists() else flights.schema()
    today, questions = _parsed((_FOLDER / f"{name}.questions.sql").read_text(encoding="utf-8"))
    return GoldSet(name, schema, today, tuple(questions))


def _parsed(text: str) -> tuple[date, list[Question]]:
    today, asked = date.min, list[tuple[tuple[str, ...], list[str]]]()
    for line in text.splitlines():
        opening = _OPENING.match(line)
        kind, rest = (opening[1], opening[2]) if opening else ("sql", line)
        match kind:
            case "today":
                today = date.fromisoformat(rest)
            case "q":
                asked.append(((rest,), [""]))
            case "then":
                asked.append(((*asked[-1][0], rest), [""]))
            case "or":
                asked[-1][1].append("")
            case _:
                asked[-1][1][-1] += f"{line}\n"
    return today, [
        Question(chat[-1], chat[:-1], tuple(sql for sql in answers if sql.strip())) for chat, answers in asked
    ]
