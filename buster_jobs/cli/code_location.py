"""The code location and its tasks, for commands that need them; one sentence instead of a traceback if it is broken."""

import traceback
from pathlib import Path

import dagster as dg

from buster_jobs import tasks
from buster_jobs.cli.errors import Sentence, WrongInput
from buster_jobs.packages.settings import project_root
from buster_jobs.runtime.spec import TaskSpec, task_specs


def definitions() -> dg.Definitions:
    """What `definitions.py` defines. Raises `Sentence`, which names file and line, when a module is broken."""
    try:
        from buster_jobs.definitions import defs
    except Exception as error:
        what = error.msg if isinstance(error, SyntaxError) else str(error)
        raise Sentence(f"The tasks cannot be loaded: {_place(error)}: {type(error).__name__}: {what}") from error
    return defs


def known_tasks() -> list[TaskSpec]:
    """The tasks that have a job in the code location. Raises `Sentence` as `definitions` does."""
    jobs = {job.name for job in definitions().jobs or ()}
    return [spec for spec in task_specs() if spec.name in jobs]


def find_task(name: str) -> TaskSpec:
    """The task of that name. Raises `WrongInput`, which lists the tasks, when there is none."""
    known = {spec.name: spec for spec in known_tasks()}
    if name not in known:
        raise WrongInput(f"There is no task {name!r}; the tasks are: {', '.join(known)}.")
    return known[name]


def _place(error: Exception) -> str:
    """Where the error arose: the last line of a task's file in the traceback, else the line that failed."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{_relative(error.filename)}, line {error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    of_tasks = [frame for frame in frames if Path(frame.filename).is_relative_to(tasks.__path__[0])]
    frame = (of_tasks or list(frames))[-1]
    return f"{_relative(frame.filename)}, line {frame.lineno}"


def _relative(file: str) -> str:
    path, root = Path(file), project_root()
    return str(path.relative_to(root)) if path.is_relative_to(root) else file
