"""Questions about what was spent or paid: the sum of the right money, or none. The databases are two gold sets."""

import pytest

from buster_jobs_tests.packages.ai.offline.conftest import Asked, Loader
from buster_jobs_tests.packages.ai.offline.gold.sets import Question, gold_set

_SPENT_IN_2023 = "SELECT sum(purchase_price) FROM copy WHERE acquired_on >= '2023-01-01' AND acquired_on < '2024-01-01'"
_PAID_TO_ENGINEERING = """
SELECT sum(gross_pay), sum(net_pay) FROM payslips p JOIN employees e ON e.id = employee_id
JOIN departments d ON d.id = department_id
WHERE d.name = 'Engineering' AND pay_date >= '2025-01-01' AND pay_date < '2026-01-01'"""
_RIGHT = [
    ("library", "What did we spend on copies in 2023?", _SPENT_IN_2023),
    ("library", "How much did we spend on copies in 2023?", _SPENT_IN_2023),
    ("library", "what did we pay for copies acquired in 2023?", _SPENT_IN_2023),
    ("library", "What have we paid for copies?", "SELECT sum(purchase_price) FROM copy"),
    ("library", "What did we spend on damaged copies?",
        "SELECT sum(purchase_price) FROM copy WHERE condition = 'damaged'"),
    ("payroll", "What did we pay Engineering in 2025?", _PAID_TO_ENGINEERING),
]  # fmt: skip
_DECLINED = [
    ("library", "how much did we spend on books?", "I cannot tell which column holds what was spent on book rows"),
    ("library", "What did we spend on new copies in 2023?", "“new” may say when it was bought"),
    ("library", "how much did members spend on books?", "only for fine rows"),
    ("library", "What did members pay in 2025?", "“members” is a table"),
    ("library", "what did we spend at Riverside in 2023?", "I do not know which amounts are what was spent"),
    ("payroll", "What did we spend on courses in 2025?", "what was spent on training courses"),
    ("payroll", "how much did we spend on Leadership Essentials?", "I do not know which amounts are what was spent"),
    ("payroll", "what did we spend on employees last year?", "what was spent on employees"),
]


@pytest.fixture(scope="module")
def databases(load: Loader) -> dict[str, Asked]:
    return {name: load(gold_set(name).schema) for name in ("library", "payroll")}


@pytest.mark.parametrize(("name", "question", "sql"), _RIGHT)
def test_what_was_spent_on_rows_is_the_sum_of_their_own_money(
    databases: dict[str, Asked], name: str, question: str, sql: str
) -> None:
    assert databases[name].verdict(Question(question, (), (sql,)), gold_set(name).today) == "right"


@pytest.mark.parametrize(("name", "question", "reason"), _DECLINED)
def test_what_was_spent_is_declined_where_no_money_is_known_to_be_that(
    databases: dict[str, Asked], name: str, question: str, reason: str
) -> None:
    analysis = databases[name].ask(question, today=gold_set(name).today)
    assert not analysis.answered
    assert reason in analysis.response


def test_a_list_of_nothing_names_the_rows_that_it_is_a_list_of(databases: dict[str, Asked]) -> None:
    question = "list copies acquired in 1950 and their fine amounts"
    analysis = databases["library"].ask(question, today=gold_set("library").today)
    assert analysis.response.startswith("There are no such fine rows")
