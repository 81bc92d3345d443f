"""Dead letters: one a run, with states that the database keeps."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from buster_jobs.packages.database.runs.dead_letters import (
    claim_for_replay,
    discard,
    get_dead_letter,
    list_dead_letters,
    list_letter_ids,
    save_failed_task,
)
from buster_jobs.packages.database.runs.letter_values import LetterFilter, NewLetter
from buster_jobs.packages.errors import InvalidInput, NotFound
from buster_jobs_tests.conftest import OrganizationWithChat
from buster_jobs_tests.support.polling import until

pytestmark = pytest.mark.usefixtures("database")


def save(**changes: Any) -> UUID:
    given: dict[str, Any] = {
        "run_id": str(uuid4()),
        "task": "send_email",
        "payload": {},
        "reason": "exception",
        "error_code": "INTERNAL",
        "error": "It broke.",
    }
    return save_failed_task(NewLetter(**given | changes))


def test_a_payload_comes_back_as_it_was_and_shows_as_text_which_numbers_are_none_to_json() -> None:
    sound = {"z": 1e300, "a": ["\x00", {"half": "\ud800"}], "none": None}
    odd = {"numbers": [float("nan"), float("inf"), float("-inf")]}
    letter = get_dead_letter(str(save(payload=sound | odd)))
    assert letter.payload == sound | {"numbers": ["NaN", "Infinity", "-Infinity"]}
    assert list(letter.payload) == ["z", "a", "none", "numbers"]


def alerts(database: Engine) -> int:
    with database.connect() as connection:
        return connection.execute(text("SELECT count(*) FROM buster.ops_alerts")).scalar_one()


def test_the_payload_comes_back_as_it_was_received() -> None:
    payload = {"z": 1, "a": [1.5, None, "\x00 and \ud800", 10**30], "nested": {"b": True, "a": False}}
    letter = get_dead_letter(str(save(payload=payload)))
    assert letter.payload == payload
    assert list(letter.payload) == ["z", "a", "nested"]


def test_a_run_has_one_letter_and_one_alert_however_often_it_is_saved(database: Engine) -> None:
    with ThreadPoolExecutor(8) as pool:
        ids = {future.result() for future in [pool.submit(save, run_id="run-1") for _ in range(16)]}
    assert len(ids) == len(list_dead_letters(LetterFilter())) == alerts(database) == 1


def test_of_two_writers_the_one_with_a_stack_prevails_in_any_order() -> None:
    for first, second in ((None, "Traceback"), ("Traceback", None)):
        run_id = str(uuid4())
        for stack in (first, second):
            save(run_id=run_id, stack=stack, error="In full." if stack else "Found later.")
        letter = get_dead_letter(run_id)
        assert (letter.stack, letter.error) == ("Traceback", "In full.")


def test_an_unknown_reason_is_refused() -> None:
    with pytest.raises(InvalidInput, match="ck_failed_tasks_reason"):
        save(reason="bad luck")


def test_a_letter_that_was_resolved_stays_resolved_by_the_first(database: Engine) -> None:
    letter_id = save()
    assert discard(LetterFilter(ids=[str(letter_id)]), by="ann") == 1
    assert discard(LetterFilter(ids=[str(letter_id)], state=None), by="bob") == 0
    letter = get_dead_letter(str(letter_id))
    assert (letter.state, letter.resolved_by) == ("discarded", "ann")
    assert letter.resolved_at is not None
    for change in ("state = 'open', resolved_at = NULL, resolved_by = NULL", "resolved_by = 'bob'"):
        with (
            pytest.raises(IntegrityError, match="A dead letter that is discarded stays so"),
            database.begin() as opened,
        ):
            opened.execute(text(f"UPDATE buster.failed_tasks SET {change}"))


@pytest.mark.parametrize(
    "change",
    ["state = 'replayed'", "state = 'gone'", "resolved_by = 'ann'", "replay_run_id = 'x'"],
)
def test_the_database_refuses_states_that_say_half(database: Engine, change: str) -> None:
    save()
    with pytest.raises(IntegrityError, match="ck_failed_tasks"), database.begin() as opened:
        opened.execute(text(f"UPDATE buster.failed_tasks SET {change}"))


def test_a_claim_marks_a_letter_once_with_name_and_time() -> None:
    letter_id = save()
    with claim_for_replay(letter_id) as claim:
        assert claim is not None
        claim.mark_replayed("run-2", "ann")
    letter = get_dead_letter(str(letter_id))
    assert (letter.state, letter.replay_run_id, letter.resolved_by) == ("replayed", "run-2", "ann")
    with claim_for_replay(letter_id) as again:
        assert again is None


def test_a_second_claim_waits_for_the_first_and_finds_its_replay(database: Engine) -> None:
    letter_id = save()

    def second() -> tuple[bool, str | None]:
        with claim_for_replay(letter_id) as claim:
            return claim is None, get_dead_letter(str(letter_id)).replay_run_id

    with ThreadPoolExecutor(1) as pool:
        with claim_for_replay(letter_id) as claim:
            assert claim is not None
            coming = pool.submit(second)
            until(lambda: waiting_for_a_lock(database), "the second waits for the first")
            claim.mark_replayed("run-2", "ann")
        assert coming.result() == (True, "run-2")


def waiting_for_a_lock(database: Engine) -> bool:
    query = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    with database.connect() as connection:
        return connection.scalar(text(query)) == 1


def test_a_claim_that_breaks_leaves_the_letter_open() -> None:
    letter_id = save()
    with suppress(RuntimeError), claim_for_replay(letter_id) as claim:
        assert claim is not None
        claim.mark_replayed("run-2", "ann")
        raise RuntimeError
    assert get_dead_letter(str(letter_id)).state == "open"


def test_letters_are_found_by_everything_that_is_given(organization: OrganizationWithChat) -> None:
    now = datetime.now(UTC)
    wanted = save(
        task="a", reason="crash", error_code="CRASH", payload={"organization_id": str(organization.organization_id)}
    )
    for other in ({"task": "b"}, {"reason": "timeout"}, {"error_code": "X"}):
        save(**{"task": "a", "reason": "crash", "error_code": "CRASH"} | other)
    which = LetterFilter(
        task="a",
        reason="crash",
        error_code="CRASH",
        organization_id=organization.organization_id,
        failed_after=now - timedelta(minutes=1),
        failed_before=now + timedelta(minutes=1),
    )
    assert list_letter_ids(which) == [wanted]
    assert len(list_letter_ids(LetterFilter(task="a"))) == 3
    assert list_letter_ids(LetterFilter(failed_before=now - timedelta(minutes=1))) == []
    assert len(list_dead_letters(LetterFilter(), limit=2)) == 2


def test_an_unknown_letter_is_a_sentence() -> None:
    with pytest.raises(NotFound, match="There is no dead letter"):
        get_dead_letter(str(uuid4()))
    with pytest.raises(InvalidInput, match="A dead letter is named by"):
        get_dead_letter("the last one")


def test_a_letter_outlives_its_organization(
    new_organization: Callable[[], OrganizationWithChat], database: Engine
) -> None:
    owner = new_organization()
    letter_id = save(payload={"chat_id": str(owner.chat_id)})
    with database.begin() as opened:
        opened.execute(text("DELETE FROM buster.organizations"))
    assert get_dead_letter(str(letter_id)).organization_id == owner.organization_id
