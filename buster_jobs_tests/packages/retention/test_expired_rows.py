"""The clean-up: what it deletes, what stays because it is in use, and that other transactions do not wait for it."""

import threading
from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text

from buster_jobs.packages.database.people.chats import create_chat_message
from buster_jobs.packages.database.runs import run_queue
from buster_jobs.packages.database.runs.idempotency import KeyClaim, claim_key
from buster_jobs.packages.database.runs.steps import save_step_output
from buster_jobs.packages.database.sources.imports import ImportReject, begin_import, replace_rejects
from buster_jobs.packages.retention import batches
from buster_jobs.packages.retention.expired_rows import clean, preview
from buster_jobs.packages.retention.pace import OutOfTime, Pace
from buster_jobs.packages.retention.policies import set_policy
from buster_jobs.packages.retention.tallies import freed_by
from buster_jobs.packages.retention.values import Expired
from buster_jobs_tests.conftest import OrganizationWithChat
from buster_jobs_tests.support.old_rows import count, move_back, old_job, old_letter, run_ids


@pytest.fixture(autouse=True)
def _busy_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """It may need long even for single rows, which are then left to the next clean-up."""
    monkeypatch.setattr(batches, "STATEMENT_SECONDS", 30)


def quickly(size: int = 5_000) -> Pace:
    return Pace(sleep=lambda _seconds: None, size=size)


def run_clean_up() -> dict[str, int]:
    run_id = str(uuid4())
    clean(run_id, quickly())
    return {freed.subject: freed.rows for freed in freed_by(run_id)}


def expired(rule: str) -> Expired:
    return next(one for one in preview() if one.rule == rule)


def test_what_has_been_kept_long_enough_goes_and_what_is_younger_stays(database: Engine) -> None:
    old_job(database, 91)
    young = old_job(database, 89)
    unfinished = old_job(database, 500, status="running")
    assert run_clean_up() == {"job_records": 1}
    assert run_ids(database, "jobs") == {young, unfinished}


def test_a_preview_says_what_the_clean_up_then_does_and_changes_nothing(database: Engine) -> None:
    for days in (91, 120, 200, 10):
        old_job(database, days)
    shown = expired("job_records")
    assert (shown.rows, shown.in_use, shown.days) == (3, 0, 90)
    assert shown.oldest is not None
    assert shown.newest is not None
    assert round((shown.newest - shown.oldest).total_seconds() / 86_400) == 109
    assert count(database, "jobs") == 4
    assert run_clean_up() == {"job_records": shown.rows}
    assert expired("job_records").rows == 0


def test_a_job_record_stays_while_something_live_refers_to_it(database: Engine) -> None:
    with_open_letter = old_letter(database, 10)
    move_back(database, "jobs", 100, "created_at", "finished_at")
    queued, keyed = old_job(database, 100), old_job(database, 100)
    run_queue.enqueue(queued, "old")
    claim_key(KeyClaim("old", "a key", keyed, "hash"))
    old_job(database, 100)
    kept = {with_open_letter, queued, keyed} & run_ids(database, "jobs")
    assert (expired("job_records").rows, expired("job_records").in_use) == (1, len(kept))
    assert run_clean_up() == {"job_records": 1}
    assert run_ids(database, "jobs") == kept


def test_dead_letters_that_are_open_have_days_of_their_own(database: Engine) -> None:
    set_policy("open_dead_letters", None)
    open_letter = old_letter(database, 400)
    old_letter(database, 91, state="discarded")
    assert run_clean_up() == {"dead_letters": 1}
    assert run_ids(database, "failed_tasks") == {open_letter}


def test_a_letter_stays_while_its_replay_runs(database: Engine) -> None:
    replayed, replay = old_letter(database, 100), old_job(database, 1, status="running")
    with database.begin() as connection:
        connection.execute(
            text(
                "UPDATE buster.failed_tasks SET state = 'replayed', resolved_at = now(), resolved_by = 'a test', "
                "replay_run_id = :replay"
            ),
            {"replay": replay},
        )
    assert run_clean_up() == {}
    assert run_ids(database, "failed_tasks") == {replayed}


def test_step_outputs_of_a_run_that_still_waits_stay_however_old(database: Engine) -> None:
    waiting, ended = old_job(database, 40, status="suspended"), old_job(database, 40)
    for run_id in (waiting, ended, str(uuid4())):
        save_step_output(run_id=run_id, step_key="first", output_name="result", value=1)
    move_back(database, "step_outputs", 40, "created_at")
    assert run_clean_up() == {"step_outputs": 2}
    assert run_ids(database, "step_outputs") == {waiting}


def test_a_deleted_organization_goes_with_all_that_is_its_own_and_leaves_its_job_records(
    database: Engine, new_organization: Callable[[], OrganizationWithChat]
) -> None:
    deleted, other = new_organization(), new_organization()
    for organization in (deleted, other):
        organization.add_data_source("sqlite:///nothing.db", type="sqlite")
        for _ in range(3):
            create_chat_message(chat_id=organization.chat_id, role="user", content="How many?")
    job = old_job(database, 5, organization_id=deleted.organization_id)
    with database.begin() as connection:
        connection.execute(
            text("UPDATE buster.organizations SET deleted_at = now() - interval '31 days' WHERE id = :id"),
            {"id": deleted.organization_id},
        )
    assert expired("deleted_organizations").with_them == {
        "chats": 1, "messages": 3, "data_sources": 1, "organization_members": 1
    }  # fmt: skip
    freed = run_clean_up()
    assert freed["deleted_organizations"] == 1
    assert freed["deleted_organizations/messages"] == 3
    assert (count(database, "organizations"), count(database, "messages"), count(database, "chats")) == (1, 3, 1)
    assert run_ids(database, "jobs") == {job}


def test_a_deleted_organization_stays_while_a_job_of_it_runs(
    database: Engine, organization: OrganizationWithChat
) -> None:
    old_job(database, 1, status="running", organization_id=organization.organization_id)
    with database.begin() as connection:
        connection.execute(text("UPDATE buster.organizations SET deleted_at = now() - interval '31 days'"))
    assert (expired("deleted_organizations").rows, expired("deleted_organizations").in_use) == (0, 1)
    assert run_clean_up() == {}
    assert count(database, "chats") == 1


def test_an_alert_stays_until_it_was_told(database: Engine) -> None:
    with database.begin() as connection:
        connection.execute(
            text("""
            WITH told AS (INSERT INTO buster.ops_messages (kind, content, created_at)
                SELECT kind, '{}', now() - interval '100 days' FROM unnest(ARRAY['through', 'stuck']) kind
                RETURNING id, kind),
            alerts AS (INSERT INTO buster.ops_alerts (kind, message, message_id, created_at)
                SELECT kind, 'x', id, now() - interval '100 days' FROM told
                UNION ALL SELECT 'untold', 'x', NULL, now() - interval '100 days')
            INSERT INTO buster.ops_deliveries (message_id, channel, delivered_at)
                SELECT id, 'log', CASE WHEN kind = 'through' THEN now() END FROM told""")
        )
    assert run_clean_up() == {"alerts": 1}
    assert run_clean_up() == {"alert_messages": 1}
    with database.connect() as connection:
        assert set(connection.scalars(text("SELECT kind FROM buster.ops_alerts"))) == {"untold", "stuck"}
    assert count(database, "ops_deliveries") == 1


def test_what_was_freed_is_said_in_rows_and_bytes(database: Engine) -> None:
    save_step_output(run_id="a", step_key="first", output_name="result", value=[n * n for n in range(10_000)])
    move_back(database, "step_outputs", 40, "created_at")
    clean("the run", quickly())
    [freed] = freed_by("the run")
    assert (freed.subject, freed.rows) == ("step_outputs", 1)
    assert 20_000 < freed.bytes < 100_000  # as it is stored, compressed


def many_jobs(database: Engine, rows: int) -> None:
    with database.begin() as connection:
        connection.execute(
            text("""
            INSERT INTO buster.jobs (type, run_id, status, created_at, finished_at)
            SELECT 'old', gen_random_uuid()::text, 'completed', now() - interval '100 days', now() - interval '99 days'
            FROM generate_series(1, :rows)"""),
            {"rows": rows},
        )


def test_large_numbers_go_in_batches_with_a_rest_after_each(database: Engine) -> None:
    many_jobs(database, 12_000)
    rests: list[float] = []
    pace = Pace(sleep=rests.append)
    clean("the run", pace)
    assert count(database, "jobs") == 0
    assert freed_by("the run")[0].rows == 12_000
    assert len(rests) >= 3


def test_a_batch_that_would_hold_its_locks_too_long_is_tried_again_with_fewer_rows(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    many_jobs(database, 40)
    with database.begin() as connection:
        connection.execute(
            text("""
            CREATE FUNCTION buster.slow() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN PERFORM pg_sleep(0.05); RETURN OLD; END';
            CREATE TRIGGER slow BEFORE DELETE ON buster.jobs FOR EACH ROW EXECUTE FUNCTION buster.slow()""")
        )
    try:
        monkeypatch.setattr(batches, "STATEMENT_SECONDS", 1)
        pace = quickly(size=40)
        clean("the run", pace)
    finally:
        with database.begin() as connection:
            connection.execute(text("DROP TRIGGER slow ON buster.jobs; DROP FUNCTION buster.slow()"))
    assert count(database, "jobs") == 0
    assert freed_by("the run")[0].rows == 40
    assert pace.size < 40


def test_rows_that_another_transaction_holds_are_left_to_the_next_clean_up(database: Engine) -> None:
    locked = old_job(database, 100)
    old_job(database, 100)
    with database.connect() as other:
        other.execute(text("SELECT 1 FROM buster.jobs WHERE run_id = :run_id FOR UPDATE"), {"run_id": locked})
        assert run_clean_up() == {"job_records": 1}
    assert run_ids(database, "jobs") == {locked}
    assert run_clean_up() == {"job_records": 1}


def test_a_clean_up_that_used_up_its_time_keeps_what_it_did_and_the_next_goes_on(database: Engine) -> None:
    many_jobs(database, 300)
    rests: list[float] = []
    pace = Pace(budget=0.5, sleep=rests.append, clock=lambda: len(rests), size=100)
    with pytest.raises(OutOfTime):
        clean("the run", pace)
    left = count(database, "jobs")
    assert (left, freed_by("the run")[0].rows) == (200, 100)
    assert run_clean_up() == {"job_records": 200}


def test_two_clean_ups_at_once_delete_each_row_once(database: Engine) -> None:
    many_jobs(database, 5_000)
    runs = ["one", "two"]
    threads = [threading.Thread(target=clean, args=(run, quickly(size=500))) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(freed.rows for run in runs for freed in freed_by(run)) == 5_000


def test_a_held_row_stops_no_other_however_small_the_batches(database: Engine) -> None:
    locked = old_job(database, 100)
    old_job(database, 100)
    with database.connect() as other:
        other.execute(text("SELECT 1 FROM buster.jobs WHERE run_id = :run_id FOR UPDATE"), {"run_id": locked})
        clean("the run", quickly(size=1))
    assert run_ids(database, "jobs") == {locked}


def test_a_row_that_cannot_go_without_a_long_lock_stops_no_other(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = old_job(database, 100)
    many_jobs(database, 50)
    with database.begin() as connection:
        connection.execute(
            text(f"""
            CREATE FUNCTION buster.slow() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN PERFORM pg_sleep(600); RETURN OLD; END';
            CREATE TRIGGER slow BEFORE DELETE ON buster.jobs FOR EACH ROW WHEN (OLD.run_id = '{slow}')
                EXECUTE FUNCTION buster.slow()""")
        )
    try:
        monkeypatch.setattr(batches, "STATEMENT_SECONDS", 1)
        clean("the run", quickly(size=10))
    finally:
        with database.begin() as connection:
            connection.execute(text("DROP TRIGGER slow ON buster.jobs; DROP FUNCTION buster.slow()"))
    assert run_ids(database, "jobs") == {slow}


def old_import(database: Engine, organization: OrganizationWithChat, days: float, *, run_id: str | None = None) -> str:
    """The id of an import, with one reject, that began so long ago."""
    name = str(uuid4())
    begun = begin_import(
        organization_id=organization.organization_id,
        import_id=name,
        declaration_hash="hash",
        source="rows.csv",
        target="org.t",
        run_id=run_id or str(uuid4()),
    )
    with database.begin() as connection:
        replace_rejects(connection, begun.id, "rows.csv", [ImportReject(7, "id", "x", "No number.")])
    move_back(database, "imports", days, "begun_at", where=f"id = '{begun.id}'")
    return name


def test_rejected_rows_of_imports_go_before_the_record_that_keeps_them_from_being_loaded_twice(
    database: Engine, organization: OrganizationWithChat
) -> None:
    for days in (29, 31, 399, 401):
        old_import(database, organization, days)
    assert (expired("import_rejects").rows, expired("imports").rows) == (3, 1)
    assert run_clean_up() == {"import_rejects": 3, "imports": 1}
    assert (count(database, "import_rejects"), count(database, "imports")) == (1, 3)


def test_an_import_stays_while_its_run_may_go_on_or_be_replayed(
    database: Engine, organization: OrganizationWithChat
) -> None:
    kept = [
        old_import(database, organization, 500, run_id=old_job(database, 500, status="running")),
        old_import(database, organization, 500, run_id=old_letter(database, 10)),
    ]
    old_import(database, organization, 500)
    assert (expired("imports").rows, expired("imports").in_use) == (1, 2)
    assert expired("imports").with_them == {"import_rejects": 1}
    run_clean_up()
    with database.connect() as connection:
        assert set(connection.scalars(text("SELECT import_id FROM buster.imports"))) == set(kept)


def test_an_organization_may_have_days_of_its_own_for_rejected_rows(
    database: Engine, new_organization: Callable[[], OrganizationWithChat]
) -> None:
    short, other = new_organization(), new_organization()
    set_policy("import_rejects", 5, organization_id=short.organization_id)
    for organization in (short, other):
        old_import(database, organization, 10)
    assert run_clean_up() == {"import_rejects": 1}
