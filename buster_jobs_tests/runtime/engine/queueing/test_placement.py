"""What a trigger's tags and payload may ask for, before anything of it is kept."""

import json
import math
from typing import Any
from uuid import uuid4

import dagster as dg
import pytest

from buster_jobs.packages import run_tags
from buster_jobs.packages.errors import InvalidInput
from buster_jobs.runtime.engine.queueing.submission import read_placement


def run(payload: dict[str, Any] | None = None, **tags: str) -> dg.DagsterRun:
    named = {f"buster/{name}": value for name, value in tags.items()}
    return dg.DagsterRun(job_name="failing", run_id=str(uuid4()), run_config=payload or {}, tags=named)


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_number_that_json_cannot_hold_is_refused_naming_its_field(number: float) -> None:
    with pytest.raises(InvalidInput, match=r"^Field limits\.1\.high must be a finite number"):
        read_placement(run({"limits": [1.0, {"high": number}]}))


def test_a_number_that_json_cannot_hold_is_refused_in_the_payload_of_assets_too() -> None:
    assets = dg.DagsterRun(job_name="__ASSET_JOB", run_id=str(uuid4()), tags={run_tags.PAYLOAD: '{"limit": NaN}'})
    with pytest.raises(InvalidInput, match="Field limit must be a finite number"):
        read_placement(assets)


@pytest.mark.parametrize("value", ["a\x00b", "a\ud800b"])
def test_text_that_postgresql_cannot_hold_is_refused_naming_its_tag(value: str) -> None:
    with pytest.raises(InvalidInput, match="Tag 'buster/idempotency_key' must hold neither NUL"):
        read_placement(run(idempotency_key=value))


def keys(template: str, **payload: Any) -> dict[str, int]:
    return read_placement(run(payload, concurrency=json.dumps({template: 1}))).concurrency


def test_a_concurrency_key_is_filled_in_from_the_payload() -> None:
    assert keys("chat:{chat_id}/{number}", chat_id="a", number=7) == {"chat:a/7": 1}
    assert keys("{{chat}}:{chat_id}", chat_id="a") == {"{chat}:a": 1}


@pytest.mark.parametrize("template", ["chat:{chat_id}", "{", "{}", "{0}"])
def test_a_concurrency_key_that_cannot_be_filled_in_stays_as_it_is(template: str) -> None:
    assert keys(template) == {template: 1}


@pytest.mark.parametrize("field", ["{chat_id:>1000000000}", "{chat_id!r}", "{chat_id.real}", "{chat_id[0]}"])
def test_a_concurrency_key_takes_plain_fields_only(field: str) -> None:
    with pytest.raises(InvalidInput, match="Tag buster/concurrency may name fields only as"):
        keys(f"chat:{field}", chat_id="a")


def test_a_concurrency_key_is_short() -> None:
    assert keys("{text}", text="x" * 200)
    for template in ("{text}", "{text}{text}" * 1000, "x" * 201):
        with pytest.raises(
            InvalidInput, match="Tag buster/concurrency makes a key of more than 200 characters"
        ) as told:
            keys(template, text="x" * 201)
        assert "xx" not in told.value.message


@pytest.mark.parametrize("key", ["", "  ", "k" * 513])
def test_an_idempotency_key_that_is_blank_or_too_long_is_refused(key: str) -> None:
    with pytest.raises(InvalidInput, match="1 to 512 characters"):
        read_placement(run(idempotency_key=key))


@pytest.mark.parametrize("seconds", [0, -1])
def test_an_idempotency_key_that_would_never_count_is_refused(seconds: float) -> None:
    with pytest.raises(InvalidInput, match=r"more than 0 seconds|must be a number of seconds"):
        read_placement(run(idempotency_key="k", idempotency_ttl=str(seconds)))


def test_the_ttl_of_a_key_counts_only_beside_a_key() -> None:
    assert read_placement(run(idempotency_ttl="0")).key is None


SELECTIONS: dict[str, dict[str, Any]] = {
    "a selection": {"asset_selection": frozenset({dg.AssetKey("a")})},
    "the whole job": {},
    "an empty selection": {"asset_selection": frozenset[dg.AssetKey]()},
    "checks alone": {
        "asset_selection": frozenset[dg.AssetKey](),
        "asset_check_selection": frozenset({dg.AssetCheckKey(dg.AssetKey("a"), "c")}),
    },
}


@pytest.mark.parametrize("selection", SELECTIONS.values(), ids=SELECTIONS)
def test_assets_take_no_run_config_whatever_is_selected(selection: dict[str, Any]) -> None:
    config = {"ops": {"a": {"config": {"env": "HOME"}}}}
    with pytest.raises(InvalidInput, match="Assets take no run config"):
        read_placement(dg.DagsterRun(job_name="__ASSET_JOB", run_id=str(uuid4()), run_config=config, **selection))
    tags = {"dagster/asset_partition_range_start": "a"}
    with pytest.raises(InvalidInput, match="one partition a run"):
        read_placement(dg.DagsterRun(job_name="__ASSET_JOB", run_id=str(uuid4()), tags=tags, **selection))
