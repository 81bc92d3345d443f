"""Step outputs come back from the database as they went in, or are refused."""

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from buster_jobs.packages.database.runs.steps import load_step_output, save_step_output
from buster_jobs.packages.errors import InvalidInput, NotFound
from buster_jobs_tests.support.properties import WITH_FIXTURES

storable = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | storable,
    lambda inner: st.lists(inner) | st.dictionaries(storable, inner),
    max_leaves=8,
)


def save(value: object, output_name: str = "result") -> None:
    save_step_output(run_id="run-1", step_key="extract", output_name=output_name, value=value)


def load(output_name: str = "result") -> Any:
    return load_step_output(run_id="run-1", step_key="extract", output_name=output_name)


@settings(max_examples=60, suppress_health_check=WITH_FIXTURES)
@given(value=json_values)
def test_what_json_can_hold_comes_back_as_it_was(database: Engine, value: object) -> None:
    save(value)
    assert repr(load()) == repr(value)


def test_an_output_of_none_is_not_a_missing_output(database: Engine) -> None:
    save(None)
    assert load() is None
    with pytest.raises(NotFound, match="The step extract of run run-1 has stored no output other"):
        load("other")


def test_a_later_attempt_replaces_the_output(database: Engine) -> None:
    save(1)
    save(2)
    save(3, output_name="other")
    assert (load(), load("other")) == (2, 3)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ({"rows": [1, float("nan")]}, r"JSON cannot hold the number nan in the value\['rows'\]\[1\]"),
        (float("inf"), "JSON cannot hold the number inf in the value"),
        ({"a": {"b": "\x00"}}, r"cannot hold the text in the value\['a'\]\['b'\]"),
        ({"\ud800": 1}, "cannot hold the text in a key of the value"),
        ({1: 2}, "cannot hold the key 1 in the value"),
        ([uuid4()], r"cannot hold the UUID in the value\[0\]"),
        ((1, 2), "cannot hold the tuple in the value"),
    ],
)
def test_what_would_not_come_back_as_it_was_is_refused_by_place(database: Engine, value: object, sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        save(value)
    with pytest.raises(NotFound):
        load()
