"""What the comment of a column says."""

from hypothesis import given
from hypothesis import strategies as st

from buster_jobs.packages.ai.schema.comments import Meaning, read_comment
from buster_jobs.packages.data_sources.catalog import Column


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
