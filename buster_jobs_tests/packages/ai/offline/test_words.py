"""Words, names and comments: what they share and what they say."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buster_jobs.packages.ai.offline.comments import Meaning, read_comment
from buster_jobs.packages.ai.offline.times import Moment, Partial, moment_at
from buster_jobs.packages.ai.offline.words import number_at, singular, split_name, stem, tokenize
from buster_jobs.packages.data_sources.catalog import Column


@pytest.mark.parametrize("name", ["order_items", "OrderItems", "orderItems", "ORDER_ITEMS", "order items"])
def test_names_fall_into_their_words_however_they_are_written(name: str):
    assert split_name(name) == ("order", "items")


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("categories", "category"),
        ("addresses", "address"),
        ("people", "person"),
        ("statuses", "status"),
        ("bus", "bus"),
    ],
)
def test_plurals_become_singular(plural: str, one: str):
    assert singular(plural) == one


@pytest.mark.parametrize(
    "forms", [("cancelled", "canceled", "cancellation", "cancels"), ("arrival", "arrived"), ("shipped", "shipment")]
)
def test_forms_of_a_word_share_a_stem(forms: tuple[str, ...]):
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(("one", "other"), [("station", "state"), ("department", "departure"), ("late", "later")])
def test_different_words_keep_different_stems(one: str, other: str):
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("text", "number"), [("ten", 10), ("twenty five", 25), ("two thousand", 2000), ("1,000", 1000), ("2.5", 2.5)]
)
def test_numbers_are_read_in_words_and_digits(text: str, number: float):
    found = number_at(tokenize(text), 0)
    assert found is not None
    assert float(found[0]) == number


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


def _column(comment: str, name: str = "c") -> Column:
    return Column(name, "integer", "integer", True, comment)


def test_a_comment_gives_the_noun_phrase_the_unit_and_what_null_means():
    remark = read_comment(_column("The waiting time in minutes; null when the guest has left"))
    assert (remark.head, remark.unit) == (("waiting", "time"), "minutes")
    assert remark.meanings == (Meaning(("left",), "null"),)


def test_a_comment_gives_what_codes_and_signs_mean():
    assert read_comment(_column("Sex: 1 = female, 2 = male")).meanings == (
        Meaning(("female",), "code", "1"),
        Meaning(("male",), "code", "2"),
    )
    assert read_comment(_column("Gap in days; negative means early")).meanings == (Meaning(("early",), "negative"),)


def test_null_for_one_of_two_reasons_defines_neither():
    assert read_comment(_column("Finish; null when the run was stopped or lost")).meanings == ()


@given(st.text(max_size=80))
def test_any_text_is_cut_into_tokens_that_lie_in_it(text: str):
    for token in tokenize(text):
        assert 0 <= token.start < token.end <= len(text)


_COMMENT_PARTS = (
    "the",
    "sex",
    "Registered",
    "in minutes",
    "null means",
    "when",
    "or",
    "0 =",
    "female",
    ";",
    ",",
    "also called",
)


@given(st.text(max_size=60) | st.lists(st.sampled_from(_COMMENT_PARTS), max_size=6).map(" ".join))
def test_any_comment_can_be_read_and_gives_only_words_that_are_in_it(comment: str):
    remark = read_comment(_column(comment))
    phrases = (remark.head, *remark.others, *(meaning.words for meaning in remark.meanings))
    assert all(word.casefold() in comment.casefold() for phrase in phrases for word in phrase)


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
