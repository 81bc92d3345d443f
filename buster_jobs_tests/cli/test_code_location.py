"""Commands that need a task: it is unknown, or a module of the tasks is broken."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from buster_jobs_tests.cli.command import PROGRAM, buster_jobs
from buster_jobs_tests.support.dagster_dev import ROOT


@pytest.mark.parametrize("command", [("trigger",), ("tasks", "show")])
def test_an_unknown_task_is_refused_with_a_sentence_that_lists_the_tasks(command: tuple[str, ...]) -> None:
    result = buster_jobs(*command, "no_such_task")
    assert result.exit_code == 2
    assert result.stderr.startswith("There is no task 'no_such_task'; the tasks are: ")
    assert "analyst_workflow" in result.stderr


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("import nope", "line 1: ModuleNotFoundError: No module named 'nope'"),
        ("\ndef half(:", "line 2: SyntaxError: invalid syntax"),
        ("from buster_jobs.runtime import task\n\ntask()(print)", "line 3: TypeError: print: "),
    ],
)
def test_a_task_that_cannot_be_loaded_is_named_with_its_line(tmp_path: Path, code: str, sentence: str) -> None:
    shutil.copytree(ROOT / "buster_jobs", tmp_path / "buster_jobs", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "buster_jobs/tasks/half_done.py").write_text(code)
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    command = [*PROGRAM, "tasks"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"The tasks cannot be loaded: buster_jobs/tasks/half_done.py, {sentence}")
