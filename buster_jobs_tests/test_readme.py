"""The README's Python, as a reader would type it."""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from buster_jobs.runtime.testing import run_task

_NAME = "buster_jobs.tasks.data.count_words"


@pytest.fixture
def examples(monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, Any], str]:
    """The module that the README has its reader save, with the workflow that goes into it too; and its test's text."""
    text = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    task, test, workflow = re.findall(r"^```python\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
    module = ModuleType(_NAME)
    monkeypatch.setitem(sys.modules, _NAME, module)
    for block in (task, workflow):
        exec(block, module.__dict__)  # noqa: S102 - our own README
    return module.__dict__, test


@pytest.mark.usefixtures("database")
def test_the_example_of_a_task_passes_the_example_of_a_test(examples: tuple[dict[str, Any], str]) -> None:
    found: dict[str, Any] = {}
    exec(examples[1], found)  # noqa: S102 - our own README
    tests: list[Callable[[], None]] = [value for name, value in found.items() if name.startswith("test_")]
    assert len(tests) == 1
    tests[0]()


@pytest.mark.usefixtures("database")
def test_the_example_of_a_workflow_gives_its_result(examples: tuple[dict[str, Any], str]) -> None:
    run = run_task(examples[0]["count_words_later"], {"text": "to be or not"})
    assert (run.success, run.output) == (True, {"words": 4})
