"""Every way in which source code can change is seen, and nothing else."""

import importlib
import os
import sys
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from buster_jobs.runtime.engine.workers.code_changes import SourceTree


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Path]:
    """A package that is loaded, with files from an hour ago."""
    folder = tmp_path / "edited_package"
    folder.mkdir()
    for name in ("__init__.py", "module.py"):
        write(folder / name, "VALUE = 1\n", age=3600)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    importlib.import_module("edited_package")
    yield folder
    del sys.modules["edited_package"]


def write(path: Path, text: str, age: float) -> None:
    path.write_text(text)
    os.utime(path, (time.time() - age, time.time() - age))


def tree() -> SourceTree:
    made = SourceTree(time.time())
    made.changed()  # a first look
    return made


def test_nothing_changes_by_itself(package: Path) -> None:
    assert not tree().changed()


def test_an_edit_is_seen(package: Path) -> None:
    before = tree()
    write(package / "module.py", "VALUE = 2\n", age=0)
    assert before.changed()


def test_a_file_that_is_replaced_by_an_older_one_is_seen(package: Path) -> None:
    before = tree()
    write(package / "module.py", "VALUE = 2\n", age=7200)
    assert before.changed()


def test_a_new_file_and_a_removed_one_are_seen(package: Path) -> None:
    before = tree()
    write(package / "new.py", "", age=7200)
    assert before.changed()
    before = tree()
    (package / "new.py").unlink()
    assert before.changed()


def test_an_edit_between_the_import_and_the_first_look_is_seen(package: Path) -> None:
    loaded = SourceTree(time.time() - 60)
    write(package / "module.py", "VALUE = 2\n", age=30)
    assert loaded.changed()


def test_a_file_from_the_future_is_no_reason_to_load_again_and_again(package: Path) -> None:
    write(package / "module.py", "VALUE = 2\n", age=-86_400)
    assert not tree().changed()
