"""What a trigger's tags and payload may ask for, before anything of it is kept."""

import math
from typing import Any
from uuid import uuid4

import dagster as dg
import pytest

from buster_jobs.packages.errors import InvalidInput
from buster_jobs.runtime import run_tags
from buster_jobs.runtime.engine.placement import placement


def run(payload: dict[str, Any] | None = None, **tags: str) -> dg.DagsterRun:
    named = {f"buster/{name}": value for name, value in tags.items()}
    return dg.DagsterRun(job_name="failing", run_id=str(uuid4()), run_config=payload or {}, tags=named)


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_number_that_json_has_not_is_refused_naming_its_field(number: float) -> None:
    with pytest.raises(InvalidInput, match=r"^Field limits\.1\.high must be a finite number"):
        placement(run({"limits": [1.0, {"high": number}]}))


def test_so_is_one_in_the_payload_of_assets() -> None:
    assets = dg.DagsterRun(job_name="__ASSET_JOB", run_id=str(uuid4()), tags={run_tags.PAYLOAD: '{"limit": NaN}'})
    with pytest.raises(InvalidInput, match="Field limit must be a finite number"):
        placement(assets)


@pytest.mark.parametrize("value", ["a\x00b", "a\ud800b"])
def test_text_that_postgresql_has_not_is_refused_naming_its_tag(value: str) -> None:
    with pytest.raises(InvalidInput, match="Tag 'buster/idempotency_key' must hold neither NUL"):
        placement(run(idempotency_key=value))
