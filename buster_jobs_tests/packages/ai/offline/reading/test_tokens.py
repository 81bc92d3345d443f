"""How questions are cut into tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buster_jobs.packages.ai.offline.reading.tokens import number_at, tokenize


@pytest.mark.parametrize(
    ("text", "number"), [("ten", 10), ("twenty five", 25), ("two thousand", 2000), ("1,000", 1000), ("2.5", 2.5)]
)
def test_numbers_are_read_in_words_and_digits(text: str, number: float):
    found = number_at(tokenize(text), 0)
    assert found is not None
    assert float(found[0]) == number


@given(st.text(max_size=80))
def test_any_text_is_cut_into_tokens_that_lie_in_it(text: str):
    for token in tokenize(text):
        assert 0 <= token.start < token.end <= len(text)
