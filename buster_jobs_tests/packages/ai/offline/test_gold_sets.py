"""The gold sets: how many questions are answered rightly, declined and answered wrongly, by result rows.

The bounds are what was reached, less a little; wrong answers have the tightest. `billing`, `school`, `freight`,
`campus` and `telecom` were held out: the analyst was made without them in view, and mended by what they showed. By
`hotel` it was only measured. `payroll` and `library` are a stranger's, and mended was first only what was
answered wrongly, then what their everyday words showed; `radio` was written before that and not run before its first
measurement.
"""

from collections import Counter

import pytest

from buster_jobs_tests.packages.ai.offline.conftest import Loader
from buster_jobs_tests.packages.ai.offline.gold.sets import gold_set

_LEAST_RIGHT = {
    "store": 0.85, "practice": 0.9, "flights": 0.8, "billing": 0.75, "school": 0.85, "freight": 0.8, "campus": 0.75,
    "telecom": 0.75, "hotel": 0.65, "payroll": 0.6, "library": 0.65, "radio": 0.5,
}  # fmt: skip
_MOST_WRONG = 0.03


@pytest.mark.parametrize("name", _LEAST_RIGHT)
def test_most_questions_are_answered_rightly_and_hardly_any_wrongly(load: Loader, name: str) -> None:
    gold = gold_set(name)
    database = load(gold.schema)
    verdicts = {(*q.earlier, q.text): database.verdict(q, gold.today) for q in gold.questions}
    counts = Counter(verdicts.values())
    wrong = [chat for chat, verdict in verdicts.items() if verdict in ("wrong", "answered in vain")]
    assert len(wrong) <= _MOST_WRONG * len(verdicts), wrong
    answerable = counts["right"] + counts["declined"] + counts["wrong"]
    declined = [chat for chat, verdict in verdicts.items() if verdict == "declined"]
    assert counts["right"] >= _LEAST_RIGHT[name] * answerable, declined


@pytest.mark.parametrize(
    "question",
    [
        "Which students were born in nonexcused 2008?",
        "How many students courses without a scholarship are from Marsh?",
        "who teaches date Botany?",
    ],
)
def test_a_word_that_does_not_fit_is_not_given_up_for_a_reading_that_leaves_it_out(load: Loader, question: str) -> None:
    school = gold_set("school")
    analysis = load(school.schema).ask(question, today=school.today)
    assert not analysis.answered
    assert "I do not know what to do with" in analysis.response
