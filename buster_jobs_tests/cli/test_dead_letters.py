"""`buster-jobs dead-letters`, and the job that replays, on real letters."""

import json
import time
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from buster_jobs.cli import main
from buster_jobs.packages.database.runs import run_queue
from buster_jobs.packages.database.runs.dead_letters import get_dead_letter, list_letter_ids, save_failed_task
from buster_jobs.packages.database.runs.letter_values import LetterFilter, NewLetter
from buster_jobs.runtime.replay import replay_run_id
from buster_jobs.runtime.testing import run_task
from buster_jobs.tasks.system.replay_dead_letters import replay_dead_letters


def dead_letters(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["dead-letters", *arguments])


@pytest.fixture
def run_id(database: Engine) -> str:
    """A run of analyst_workflow that left a letter."""
    run_id = str(uuid4())
    payload = {"query": "How many?", **{name: str(uuid4()) for name in ("chat_id", "data_source_id", "user_id")}}
    save_failed_task(NewLetter(run_id, "analyst_workflow", payload, "timeout", "TIMEOUT", "Too slow.", "Traceback"))
    return run_id


def test_letters_are_listed_one_a_line_for_people_and_for_programs(run_id: str) -> None:
    line = dead_letters("list").stdout
    assert line.startswith(run_id)
    assert line.endswith("analyst_workflow  timeout  TIMEOUT  Too slow.\n")
    assert json.loads(dead_letters("list", "--json", "--reason", "timeout").stdout)["run_id"] == run_id
    nothing = dead_letters("list", "--task", "other")
    assert (nothing.stdout, nothing.stderr) == ("", "There are no such dead letters.\n")


def test_a_letter_is_shown_with_its_payload_and_its_stack_only_when_asked_for(run_id: str) -> None:
    shown = json.loads(dead_letters("show", run_id).stdout)
    assert shown["payload"]["query"] == "How many?"
    assert "stack" not in shown
    assert dead_letters("show", run_id, "--stack").stdout.endswith("Traceback\n")
    assert dead_letters("show", str(uuid4())).stderr.startswith("There is no dead letter ")


@pytest.mark.parametrize("command", ["replay", "discard"])
def test_replay_and_discard_refuse_to_guess_which_letters_are_meant(run_id: str, command: str) -> None:
    for arguments in ((), (run_id, "--all")):
        result = dead_letters(command, *arguments)
        assert result.exit_code == 2
        assert result.stderr.startswith("Say which dead letters are meant")
    assert get_dead_letter(run_id).state == "open"


def test_a_dry_run_says_how_many_and_does_nothing(run_id: str) -> None:
    assert dead_letters("replay", "--all", "--dry-run").stdout == "1 dead letters would be replayed.\n"
    assert get_dead_letter(run_id).state == "open"


def test_a_replay_prints_the_new_run_and_the_second_time_nothing(run_id: str) -> None:
    first = dead_letters("replay", run_id, "--by", "ann")
    assert first.stdout == f"{replay_run_id(run_id)}\n"
    assert run_queue.is_queued(replay_run_id(run_id))
    assert get_dead_letter(run_id).resolved_by == "ann"
    assert dead_letters("replay", run_id).stdout == ""


def test_replays_that_were_started_before_ctrl_c_are_printed(run_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    payload = get_dead_letter(run_id).payload
    save_failed_task(NewLetter(str(uuid4()), "analyst_workflow", payload, "timeout", "TIMEOUT", "Too slow.", None))

    def interrupted(_seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", interrupted)
    assert dead_letters("replay", "--all").stdout == f"{replay_run_id(run_id)}\n"
    assert len(list_letter_ids(LetterFilter())) == 1


def test_a_discarded_letter_stays_discarded(run_id: str) -> None:
    assert dead_letters("discard", "--error-code", "TIMEOUT", "--by", "ann").stdout == "Discarded 1.\n"
    assert dead_letters("replay", run_id).stdout == ""
    assert get_dead_letter(run_id).state == "discarded"


@pytest.mark.parametrize("time", ["yesterday", "2031-13-01"])
def test_a_text_that_is_not_a_time_is_refused(time: str) -> None:
    result = dead_letters("list", "--after", time)
    assert result.exit_code == 2
    assert "write it as" in result.stderr


def test_the_job_previews_by_default_and_replays_when_told(run_id: str) -> None:
    asked = run_task(replay_dead_letters, {"task": "analyst_workflow"})
    assert (asked.output["matched"], asked.output["run_ids"]) == (1, [])
    assert get_dead_letter(run_id).state == "open"
    done = run_task(replay_dead_letters, {"reason": "timeout", "dry_run": False, "requested_by": "ann"})
    assert done.output["run_ids"] == [replay_run_id(run_id)]
    again = run_task(replay_dead_letters, {"dry_run": False, "ids": [run_id]})
    assert (again.output["matched"], again.output["run_ids"]) == (0, [])
    assert get_dead_letter(run_id).resolved_by == "ann"
