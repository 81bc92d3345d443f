"""Whole questions on whole databases: the rows are those of a query that a person wrote, or it declines."""

from collections.abc import Callable

import pytest

from buster_jobs_tests.packages.ai.offline import nonsense, questions_clinic, questions_flights, questions_shop, shop
from buster_jobs_tests.packages.ai.offline.conftest import Asked, Loader

_CASES = [
    *(("flights", question, gold) for question, gold in questions_flights.QUESTIONS),
    *(("shop", question, gold) for question, gold in questions_shop.QUESTIONS),
    *(("clinic", question, gold) for question, gold in questions_clinic.QUESTIONS),
]


@pytest.mark.parametrize(("name", "question", "gold"), _CASES, ids=lambda value: None if value is None else str(value))
def test_the_answer_is_that_of_the_query_a_person_wrote(
    asked: Callable[[str], Asked], name: str, question: str, gold: str | None
):
    assert asked(name).fault(question, gold) is None


def test_names_in_camel_case_are_read_like_names_in_snake_case(asked: Callable[[str], Asked]):
    database = asked("shop_camel")
    faults = {
        question: fault
        for question, gold in questions_shop.QUESTIONS[::3]
        if (fault := database.fault(question, shop.camel(gold) if gold else None))
    }
    assert faults == {}


@pytest.mark.parametrize("seed", range(6))
def test_a_schema_of_nonsense_words_is_answered_just_as_well(load: Loader, seed: int):
    made = nonsense.make(seed, comments=seed % 2 == 1)
    database = load(made.sql)
    faults = {question: fault for question, gold in made.questions if (fault := database.fault(question, gold))}
    assert faults == {}
