"""Which words of a question are times."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buster_jobs.packages.ai.offline.reading.times import Moment, Partial, moment_at
from buster_jobs.packages.ai.offline.reading.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("in July", Moment("in", Partial(month=7))),
        ("in July 2013", Moment("in", Partial(2013, None, 7))),
        ("on 2013-02-14", Moment("in", Partial(2013, None, 2, 14))),
        ("on February 14, 2013", Moment("in", Partial(2013, None, 2, 14))),
        ("on 14 February", Moment("in", Partial(month=2, day=14))),
        ("since 2012", Moment("since", Partial(2012))),
        ("in the first quarter of 2024", Moment("in", Partial(2024, 1))),
        ("between January and March 2013", Moment("between", Partial(2013, None, 1), Partial(2013, None, 3))),
        ("from January to March", Moment("between", Partial(month=1), Partial(month=3))),
        ("on Mondays", Moment("in", Partial(weekday=1))),
    ],
)
def test_times_are_read(text: str, moment: Moment):
    found = moment_at(tokenize(text), 0)
    assert found is not None
    assert found == (moment, len(tokenize(text)))


@pytest.mark.parametrize("text", ["may", "march", "on 2013-02-31", "in 13", "second", "over 2000"])
def test_what_is_no_time_is_not_read_as_one(text: str):
    assert moment_at(tokenize(text), 0) is None


@given(
    st.lists(
        st.sampled_from(
            [
                "between",
                "and",
                "in",
                "on",
                "2013",
                "31",
                "May",
                "14",
                "Q1",
                "first",
                "quarter",
                "of",
                ",",
                "to",
                "from",
                "2013-02-30",
            ]
        )
    )
)
def test_any_mix_of_time_words_gives_dates_that_exist_from_tokens_that_are_there(words: list[str]):
    tokens = tokenize(" ".join(words))
    for index in range(len(tokens)):
        if found := moment_at(tokens, index):
            moment, taken = found
            assert 0 < taken <= len(tokens) - index
            assert all(_exists(date) for date in (moment.start, moment.end) if date)


def _exists(date: Partial) -> bool:
    """Whether the calendar has such a day, month or quarter."""
    first, after = replace(date, year=date.year or 2000, weekday=None).bounds()
    return first < after
