"""The code location, for commands that need the tasks; a sentence instead of a traceback when it is broken."""

import traceback
from pathlib import Path

import dagster as dg

from buster_jobs import tasks
from buster_jobs.cli.errors import Sentence
from buster_jobs.packages.settings import project_root


def definitions() -> dg.Definitions:
    """What `definitions.py` defines. Raises `Sentence`, which names file and line, when a module is broken."""
    try:
        from buster_jobs.definitions import defs
    except Exception as error:
        what = error.msg if isinstance(error, SyntaxError) else str(error)
        raise Sentence(f"The tasks cannot be loaded: {_place(error)}: {type(error).__name__}: {what}") from error
    return defs


def _place(error: Exception) -> str:
    """The line of a task's file that led there, else the line that failed."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{_relative(error.filename)}, line {error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    of_tasks = [frame for frame in frames if Path(frame.filename).is_relative_to(tasks.__path__[0])]
    frame = (of_tasks or list(frames))[-1]
    return f"{_relative(frame.filename)}, line {frame.lineno}"


def _relative(file: str) -> str:
    path, root = Path(file), project_root()
    return str(path.relative_to(root)) if path.is_relative_to(root) else file
