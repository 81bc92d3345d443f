"""Times told from today, and times without a year."""

from datetime import date

import pytest

from buster_jobs.packages.ai.offline.reading.relative_times import months_before, relative_at, years_resolved
from buster_jobs.packages.ai.offline.reading.times import Moment, Partial
from buster_jobs.packages.ai.offline.reading.tokens import tokenize

WEDNESDAY = date(2024, 7, 17)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("today", date(2024, 7, 17), date(2024, 7, 17)),
        ("yesterday", date(2024, 7, 16), date(2024, 7, 16)),
        ("this week", date(2024, 7, 15), date(2024, 7, 21)),
        ("last week", date(2024, 7, 8), date(2024, 7, 14)),
        ("last month", date(2024, 6, 1), date(2024, 6, 30)),
        ("in the last quarter", date(2024, 4, 1), date(2024, 6, 30)),
        ("last year", date(2023, 1, 1), date(2023, 12, 31)),
        ("so far this year", date(2024, 1, 1), date(2024, 12, 31)),
        ("ytd", date(2024, 1, 1), date(2024, 7, 17)),
        ("in the last 30 days", date(2024, 6, 17), date(2024, 7, 17)),
        ("over the past three months", date(2024, 4, 17), date(2024, 7, 17)),
        ("last December", date(2023, 12, 1), date(2023, 12, 31)),
        ("10 days ago", date(2024, 7, 7), date(2024, 7, 7)),
        ("next month", date(2024, 8, 1), date(2024, 8, 31)),
    ],
)
def test_a_time_told_from_today_is_a_range_of_days(said: str, first: date, last: date) -> None:
    tokens = tokenize(said)
    found = relative_at(tokens, 0, WEDNESDAY)
    assert found is not None
    moment, used = found
    assert used == len(tokens)
    end = (moment.end or moment.start).bounds()[1]
    assert (moment.start.bounds()[0], end.toordinal() - 1) == (first, last.toordinal())


@pytest.mark.parametrize("said", ["last order", "the last 10 orders", "this customer", "last name", "first month"])
def test_what_is_no_time_is_left_alone(said: str) -> None:
    assert relative_at(tokenize(said), 0, WEDNESDAY) is None


def test_the_answer_says_which_days_were_meant() -> None:
    found = relative_at(tokenize("since last month"), 0, WEDNESDAY)
    assert found is not None
    assert found[0].text() == "since 1 June 2024 (last month)"


def test_a_month_without_a_year_is_the_last_one_that_began() -> None:
    assert years_resolved(Moment("since", Partial(month=3)), WEDNESDAY).start == Partial(2024, None, 3)
    assert years_resolved(Moment("since", Partial(month=9)), WEDNESDAY).start == Partial(2023, None, 9)
    winter = years_resolved(Moment("between", Partial(month=11), Partial(month=2)), WEDNESDAY)
    assert (winter.start, winter.end) == (Partial(2023, None, 11), Partial(2024, None, 2))


def test_months_before_the_end_of_a_month_end_with_the_shorter_month() -> None:
    assert months_before(date(2024, 3, 31), 1) == date(2024, 2, 29)
