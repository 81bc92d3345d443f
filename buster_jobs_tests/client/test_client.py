"""The client against a real webserver and real workers: what an app is told of its triggers and its runs."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from pydantic import ValidationError

from buster_jobs.client import (
    BatchItem,
    Client,
    IdempotencyConflict,
    InvalidPayload,
    ReplayRefused,
    RunHandle,
    RunNotFound,
    TriggerRefused,
    UnknownTask,
    WaitTimedOut,
    WebserverError,
    WebserverUnavailable,
)
from buster_jobs.packages.database.runs.jobs import get_job_by_run_id
from buster_jobs.packages.errors import InvalidInput
from buster_jobs_tests.client.code_location import MODULE
from buster_jobs_tests.client.conftest import NewClient
from buster_jobs_tests.client.tasks import EchoPayload
from buster_jobs_tests.support.dagster_dev import DagsterDev
from buster_jobs_tests.support.ports import free_port

RUNS = 'query($key: String!) { runsOrError(filter: {tags: [{key: "buster/idempotency_key", value: $key}]}) \
{ ... on Runs { results { runId status tags { key value } } } } }'


LAUNCH = "mutation($params: ExecutionParams!) { launchRun(executionParams: $params) { __typename \
... on LaunchRunSuccess { run { runId } } ... on PythonError { className message stack } } }"

AGAIN = "mutation($params: ReexecutionParams!) { launchRunReexecution(reexecutionParams: $params) { __typename \
... on LaunchRunSuccess { run { runId } } ... on PythonError { message } } }"


def execution_params(task: str, payload: dict[str, Any], key: str) -> dict[str, Any]:
    return {
        "selector": {"repositoryLocationName": MODULE, "repositoryName": "__repository__", "jobName": task},
        "runConfigData": payload,
        "executionMetadata": {"tags": [{"key": "buster/idempotency_key", "value": key}]},
    }


def runs_with_key(webserver: DagsterDev, key: str) -> list[dict[str, Any]]:
    return webserver.graphql(RUNS, key=key)["runsOrError"]["results"]


@pytest.fixture
def key() -> str:
    return f"key-{uuid4()}"


def test_a_trigger_is_executed_and_its_result_comes_back(client: Client) -> None:
    handle = client.trigger("echo", {"text": "hello ", "times": 2})
    run = client.wait(handle.run_id, timeout=60)
    assert (run.run_id, run.task, run.status, run.result) == (
        handle.run_id,
        "echo",
        "completed",
        {"said": "hello hello "},
    )
    assert (run.error, run.error_code, run.attempts) == (None, None, 1)
    assert run.started_at is not None
    assert run.finished_at is not None
    assert run.created_at <= run.started_at <= run.finished_at


def test_a_payload_may_be_a_pydantic_model_or_hold_what_json_has_no_word_for(client: Client) -> None:
    moment, reference = datetime(2031, 5, 17, 9, 30, tzinfo=UTC), uuid4()
    model = EchoPayload(text="a", reference=reference, at=moment)
    assert client.trigger_and_wait("echo", model, timeout=60).success  # pyright: ignore[reportArgumentType] - a model
    assert client.trigger_and_wait("echo", {"text": "a", "reference": reference, "at": moment}, timeout=60).success


@pytest.mark.parametrize(
    ("task", "payload", "expected"),
    [
        ("double", {"number": 21}, ("completed", 42, None, None, 1)),
        ("succeed_at", {"number": 3}, ("completed", 3, None, None, 3)),
        ("fail", {"broken": __file__}, ("failed", None, "It is still broken.", "BROKEN", 3)),
        (
            "reject",
            {"number": 7},
            (
                "rejected",
                {"success": False, "error": "There is no number 7.", "code": "INVALID_INPUT"},
                "There is no number 7.",
                "INVALID_INPUT",
                1,
            ),
        ),
    ],
)
def test_a_run_is_told_as_its_job_record_has_it(
    client: Client, task: str, payload: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    run = client.trigger_and_wait(task, payload, timeout=60)
    job = get_job_by_run_id(run.run_id)
    assert (job.status, job.result, job.error, job.error_code, job.attempts) == expected
    attempts = 0 if run.status == "rejected" else job.attempts  # its step has no output that would tell
    assert (run.status, run.result, run.error, run.error_code, run.attempts) == (*expected[:4], attempts)


def test_a_hundred_triggers_at_once_with_one_key_are_one_execution_that_all_learn_of(
    client: Client, webserver: DagsterDev, effects: Path, key: str
) -> None:
    def at_once(_number: int) -> RunHandle:
        return client.trigger("echo", {"text": "once", "effects": str(effects)}, idempotency_key=key)

    with ThreadPoolExecutor(100) as threads:
        handles = list(threads.map(at_once, range(100)))
    (run_id,) = {handle.run_id for handle in handles}
    assert client.wait(run_id, timeout=60).success
    assert [path.name for path in effects.iterdir()] == [run_id]
    assert [run["runId"] for run in runs_with_key(webserver, key)] == [run_id]


def test_a_key_whose_run_succeeded_or_was_canceled_is_not_free(client: Client, key: str) -> None:
    done = client.trigger_and_wait("double", {"number": 1}, idempotency_key=key, timeout=60)
    assert client.trigger("double", {"number": 1}, idempotency_key=key).run_id == done.run_id
    waiting = client.trigger("echo", {"text": "a"}, idempotency_key=key, delay=timedelta(hours=1))
    assert client.cancel(waiting.run_id)
    assert client.wait(waiting.run_id, timeout=60).status == "canceled"
    assert client.trigger("echo", {"text": "a"}, idempotency_key=key).run_id == waiting.run_id


def test_a_key_whose_run_failed_is_free_and_then_taken_by_the_one_that_succeeds(
    client: Client, tmp_path: Path, key: str
) -> None:
    broken = tmp_path / "broken"
    broken.touch()
    failed = client.trigger_and_wait("fail", {"broken": str(broken)}, idempotency_key=key, timeout=60)
    assert failed.status == "failed"
    broken.unlink()
    repaired = client.trigger_and_wait("fail", {"broken": str(broken)}, idempotency_key=key, timeout=60)
    assert (repaired.status, repaired.run_id == failed.run_id) == ("completed", False)
    assert client.trigger("fail", {"broken": str(broken)}, idempotency_key=key).run_id == repaired.run_id


def test_a_failed_run_is_replayed_once_and_its_key_stands_for_the_replay(
    client: Client, tmp_path: Path, key: str
) -> None:
    broken = tmp_path / "broken"
    broken.touch()
    failed = client.trigger_and_wait("fail", {"broken": str(broken)}, idempotency_key=key, timeout=60)
    broken.unlink()
    replay = client.replay(failed.run_id)
    assert client.wait(replay.run_id, timeout=60).status == "completed"
    assert client.replay(failed.run_id).run_id == replay.run_id
    assert client.trigger("fail", {"broken": str(broken)}, idempotency_key=key).run_id == replay.run_id


def test_what_was_triggered_again_meanwhile_is_not_replayed(client: Client, tmp_path: Path, key: str) -> None:
    broken = tmp_path / "broken"
    broken.touch()
    failed = client.trigger_and_wait("fail", {"broken": str(broken)}, idempotency_key=key, timeout=60)
    broken.unlink()
    repaired = client.trigger_and_wait("fail", {"broken": str(broken)}, idempotency_key=key, timeout=60)
    with pytest.raises(ReplayRefused, match=repaired.run_id):
        client.replay(failed.run_id)
    with pytest.raises(RunNotFound, match="no dead letter"):
        client.replay(repaired.run_id)


def test_a_key_of_an_expired_run_is_free(client: Client, key: str) -> None:
    handle = client.trigger("echo", {"text": "late"}, idempotency_key=key, delay=0.5, ttl=0)
    expired = client.wait(handle.run_id, timeout=60)
    assert (expired.status, expired.error_code) == ("expired", "EXPIRED")
    assert client.trigger("echo", {"text": "late"}, idempotency_key=key).run_id != handle.run_id


def test_another_payload_for_the_same_key_is_an_error_that_says_so_and_repeats_no_payload(
    client: Client, webserver: DagsterDev, key: str
) -> None:
    first = client.trigger("echo", {"text": "canary-1"}, idempotency_key=key)
    with pytest.raises(IdempotencyConflict) as conflict:
        client.trigger("echo", {"text": "canary-2"}, idempotency_key=key)
    assert conflict.value.message == (
        f"The idempotency key {key!r} of echo was used with another payload, by run {first.run_id}: "
        "use a new key for a new payload."
    )
    (refused,) = [run for run in runs_with_key(webserver, key) if run["runId"] != first.run_id]
    assert {"key": "buster/outcome", "value": "refused"} in refused["tags"]
    assert client.retrieve(refused["runId"]).status == "refused"


def test_what_graphql_shows_of_a_refusal_is_one_sentence_without_a_traceback(
    webserver: DagsterDev, client: Client, key: str
) -> None:
    client.trigger("echo", {"text": "a"}, idempotency_key=key)
    answer = webserver.graphql(LAUNCH, params=execution_params("echo", {"text": "b"}, key))["launchRun"]
    assert (answer["__typename"], answer["className"], answer["stack"]) == ("PythonError", "KeyConflict", [])
    assert answer["message"].startswith(f"The idempotency key '{key}' of echo was used with another payload")


def test_any_graphql_client_gets_the_run_that_its_key_stands_for(
    webserver: DagsterDev, client: Client, key: str
) -> None:
    run_id = client.trigger("echo", {"text": "a"}, idempotency_key=key).run_id
    answer = webserver.graphql(LAUNCH, params=execution_params("echo", {"text": "a"}, key))["launchRun"]
    assert answer["run"]["runId"] == run_id


def test_a_run_with_a_key_can_be_executed_again_from_the_ui(webserver: DagsterDev, client: Client, key: str) -> None:
    done = client.trigger_and_wait("double", {"number": 1}, idempotency_key=key, timeout=60)
    answer = webserver.graphql(AGAIN, params={"parentRunId": done.run_id, "strategy": "ALL_STEPS"})
    again = client.wait(answer["launchRunReexecution"]["run"]["runId"], timeout=60)
    assert (again.status, again.run_id == done.run_id) == ("completed", False)
    assert client.trigger("double", {"number": 1}, idempotency_key=key).run_id == again.run_id


def test_a_batch_is_one_call_with_a_result_for_each_item_in_order(client: Client, key: str) -> None:
    items = [BatchItem({"number": number}, f"{key}-{number}") for number in range(110)]
    results = client.batch_trigger("double", items, delay=timedelta(hours=1))
    assert [result.index for result in results] == list(range(110))
    assert all(result.handle and result.handle.idempotency_key == f"{key}-{result.index}" for result in results)
    assert len({result.handle.run_id for result in results if result.handle}) == 110
    again = client.batch_trigger("double", items[:30], delay=timedelta(hours=1))
    assert [result.handle for result in again] == [result.handle for result in results[:30]]


def test_what_is_wrong_with_one_item_of_a_batch_is_its_own_result(client: Client, key: str) -> None:
    items = [
        {"text": "good"},
        {"text": ""},
        BatchItem({"text": "one"}, key),
        BatchItem({"text": "another"}, key),
        BatchItem({"text": "late"}, "k" * 513),
    ]
    results = client.batch_trigger("echo", items)
    kinds = [type(result.error) for result in results]
    assert kinds == [type(None), InvalidPayload, type(None), IdempotencyConflict, TriggerRefused]
    assert [result.handle is None for result in results] == [False, True, False, True, True]


def test_a_run_can_be_started_later_and_canceled_before(client: Client) -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    handle = client.trigger("echo", {"text": "later"}, at=later, priority=5, tags={"app": "shop"})
    assert client.retrieve(handle.run_id).status == "waiting"
    assert client.cancel(handle.run_id)
    run = client.wait(handle.run_id, timeout=60)
    assert (run.status, run.result, run.error_code) == ("canceled", None, "CANCELED")
    assert not client.cancel(handle.run_id)


def test_a_run_that_is_executed_can_be_canceled(client: Client) -> None:
    handle = client.trigger("sleep", {"seconds": 300})
    with pytest.raises(WaitTimedOut, match=f"Run {handle.run_id} has not ended within 0.2 s"):
        client.wait(handle.run_id, timeout=0.2)
    assert client.cancel(handle.run_id)
    assert client.wait(handle.run_id, timeout=60).status == "canceled"


def test_an_unknown_task_is_a_sentence_that_lists_the_tasks(client: Client) -> None:
    with pytest.raises(UnknownTask) as unknown:
        client.trigger("ecco", {"text": "a"})
    listed = "double, echo, fail, reject, replay_dead_letters, sleep, succeed_at"
    assert unknown.value.message == f"There is no task 'ecco'; the tasks are: {listed}."
    assert client.tasks() == listed.split(", ")


@pytest.mark.parametrize(
    ("payload", "sentence"),
    [
        ({}, "Field text is required."),
        ({"text": ""}, "Field text must have at least 1 characters."),
        ({"text": "canary", "times": "canary"}, "Field times must be of type integer."),
        ({"text": "canary", "times": 10}, "Field times must be at most 9."),
        ({"text": "canary", "colour": "canary"}, "Field colour is unknown."),
        ({"text": 5, "times": 0}, "Field text must be of type string. Field times must be at least 1."),
        ({"text": "a", "reference": 5}, "Field reference must be of type string or null."),
        (["canary"], 'The payload must be a JSON object, such as {"name": "value"}.'),
        ({"text": object()}, "The payload is not JSON: use text, numbers, lists and dicts without cycles."),
        ({"text": float("nan")}, "Field text must be a finite number."),
        ({"text": [1.0, {"high": float("inf")}]}, "Field text.1.high must be a finite number."),
    ],
)
def test_a_bad_payload_is_refused_before_it_is_sent_naming_the_field_and_no_value(
    client: Client, payload: Any, sentence: str
) -> None:
    with pytest.raises(InvalidPayload) as refused:
        client.trigger("echo", payload)
    assert refused.value.message == sentence


@pytest.mark.parametrize(
    "payload", [{"text": "a", "reference": str(uuid4()).replace("-", "")}, {"text": "a", "at": "2031-05-17T09:30:00"}]
)
def test_a_payload_that_the_task_accepts_is_not_refused_for_its_format(client: Client, payload: dict[str, Any]) -> None:
    EchoPayload.model_validate(payload)
    assert client.trigger_and_wait("echo", payload, timeout=60).success


def test_a_payload_that_only_the_task_can_judge_fails_the_run_before_any_attempt(client: Client) -> None:
    with pytest.raises(ValidationError):
        EchoPayload.model_validate({"text": "a", "reference": "no uuid"})
    run = client.trigger_and_wait("echo", {"text": "a", "reference": "no uuid"}, timeout=60)
    assert (run.status, run.error_code, run.attempts) == ("failed", "INVALID_PAYLOAD", 0)
    assert run.error is not None
    assert run.error.startswith("Field reference: Input should be a valid UUID")


@pytest.mark.parametrize(
    ("wishes", "sentence"),
    [
        ({"at": datetime(2031, 5, 17)}, "must name its offset from UTC"),
        ({"at": datetime(2031, 5, 17, tzinfo=UTC), "delay": 5}, "either `at` or `delay`"),
        ({"idempotency_key": " "}, "1 to 512 characters"),
        ({"idempotency_key": "a", "idempotency_ttl": 0}, "more than 0 seconds"),
        ({"priority": "high"}, "buster/priority must be a whole number"),
        ({"idempotency_key": "a\x00b"}, "Tag 'buster/idempotency_key' must hold neither NUL"),
        ({"tags": {"team": "\ud800"}}, "Tag 'team' must hold neither NUL"),
    ],
)
def test_wishes_that_cannot_be_are_refused_with_a_sentence(
    client: Client, wishes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        client.trigger("echo", {"text": "a"}, **wishes)


@pytest.mark.parametrize("method", ["retrieve", "wait", "cancel"])
def test_a_run_that_does_not_exist_is_a_sentence(client: Client, method: str) -> None:
    call: Callable[[str], object] = getattr(client, method)
    run_id = str(uuid4())
    with pytest.raises(RunNotFound, match=f"There is no run {run_id}"):
        call(run_id)


def test_a_code_location_that_does_not_exist_is_a_sentence(new_client: NewClient) -> None:
    with pytest.raises(WebserverError, match="no code location 'elsewhere'"):
        new_client(location="elsewhere").trigger("echo", {"text": "a"})


def test_a_webserver_that_is_down_is_a_sentence() -> None:
    port = free_port()
    with pytest.raises(WebserverUnavailable) as down:
        Client(f"http://127.0.0.1:{port}", attempts=2).trigger("echo", {"text": "canary"})
    assert down.value.message == (
        f"The webserver at 127.0.0.1:{port} gave no answer in 2 attempts: connection refused. Check its URL, and that "
        "it runs."
    )


def test_neither_payloads_nor_headers_are_printed(client: Client) -> None:
    secret = Client(headers={"Authorization": "Bearer canary"})
    assert "canary" not in repr(secret) + repr(BatchItem({"text": "canary"}, "a"))
    run = client.trigger_and_wait("echo", {"text": "canary"}, timeout=60)
    assert run.result == {"said": "canary"}
    assert "canary" not in repr(run)
