"""What the launchpad accepts, and what callers are told."""

from datetime import datetime
from enum import Enum
from typing import Any, Literal
from uuid import UUID, uuid4

import dagster as dg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from buster_jobs.runtime import task
from buster_jobs.runtime.payload import InvalidPayload, parse_payload, payload_schema


class Colour(Enum):
    RED = "red"


class Inner(BaseModel):
    depth: int = 3


class Everything(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: str = Field(description="Some text", max_length=5)
    id: UUID
    when: datetime | None = None
    share: float = 0.5
    flag: bool = True
    mode: Literal["fast", "slow"] = "fast"
    colour: Colour = Colour.RED
    names: list[str] = Field(default_factory=list)
    inner: Inner = Inner()
    limits: dict[str, int] = Field(default_factory=dict)
    free: dict[str, Any] = Field(default_factory=dict)


def accepted(payload: dict[str, Any]) -> Any:
    @task()
    def probe(payload: Everything) -> None: ...

    dg.validate_run_config(probe, payload)
    return payload


GOOD: dict[str, Any] = {"text": "hello", "id": str(uuid4())}


def test_what_the_schema_lets_through_the_model_understands() -> None:
    payload = parse_payload(Everything, accepted(GOOD | {"mode": "slow", "colour": "red", "inner": {"depth": 1}}))
    assert (payload.mode, payload.colour, payload.inner.depth) == ("slow", Colour.RED, 1)


def test_defaults_and_descriptions_are_shown() -> None:
    fields = payload_schema(Everything)
    assert fields["share"].default_value == 0.5
    assert fields["text"].description == "Some text"
    assert fields["text"].is_required
    assert not fields["when"].is_required


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"text": 1}, "text"),
        ({"share": "x"}, "share"),
        ({"unknown": 1}, "unknown"),
        ({"mode": "medium"}, "mode"),
        ({"names": [1]}, "names"),
        ({"inner": {"depth": "deep"}}, "depth"),
        ({"limits": {"a": "b"}}, "limits"),
        ({"text": {"env": "HOME"}}, "text"),
        ({"names": [{"env": "HOME"}]}, "names"),
    ],
)
def test_wrong_types_and_unknown_fields_are_refused_by_name(wrong: dict[str, Any], named: str) -> None:
    with pytest.raises(dg.DagsterInvalidConfigError, match=named):
        accepted(GOOD | wrong)


def test_an_environment_reference_in_free_form_data_stays_literal() -> None:
    assert accepted(GOOD | {"free": {"a": {"env": "HOME"}}})["free"] == {"a": {"env": "HOME"}}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"id": "not-a-uuid"}, "Field id: Input should be a valid UUID"),
        ({"text": "too long"}, "Field text: String should have at most 5 characters."),
        ({"when": "yesterday"}, "Field when: Input should be a valid datetime"),
    ],
)
def test_what_only_the_model_knows_is_refused_with_a_sentence(wrong: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InvalidPayload) as caught:
        parse_payload(Everything, GOOD | wrong)
    assert sentence in caught.value.message


@given(st.text(min_size=6))
def test_the_sentence_never_repeats_the_value(value: str) -> None:
    with pytest.raises(InvalidPayload) as caught:
        parse_payload(Everything, {"text": "x", "id": f"secret-{value}-secret"})
    assert f"secret-{value}" not in caught.value.message


def test_a_secret_field_is_refused_when_the_task_is_defined() -> None:
    class Login(BaseModel):
        password: SecretStr

    with pytest.raises(TypeError, match=r"Login\.password.*secrets"):
        payload_schema(Login)


@pytest.mark.parametrize("kind", [bytes, object, int | str, Literal[1], complex], ids=str)
def test_a_type_that_a_payload_cannot_carry_is_refused_when_the_task_is_defined(kind: Any) -> None:
    model = type(
        "Odd", (BaseModel,), {"__annotations__": {"field": kind}, "model_config": {"arbitrary_types_allowed": True}}
    )
    with pytest.raises(TypeError, match=r"Odd\.field"):
        payload_schema(model)
