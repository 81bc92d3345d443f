"""docs/client.md does what it says: all of its code runs, top to bottom, as one app."""

import contextlib
import io
import re

import pytest

import buster_jobs.client
from buster_jobs.client import Client
from buster_jobs_tests.client.conftest import NewClient
from buster_jobs_tests.support.dagster_dev import ROOT

DOCUMENT = (ROOT / "docs" / "client.md").read_text("utf-8")
CODE = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def test_every_line_of_the_document_runs(new_client: NewClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def of_the_tests(_url: str) -> Client:
        return new_client()

    monkeypatch.setattr(buster_jobs.client, "Client", of_the_tests)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(_code(), "docs/client.md", "exec"), {})  # noqa: S102 - our own document
    assert "was used with another payload" in printed.getvalue()
    assert "Field text must have at least 1 characters." in printed.getvalue()
    assert "There is no task 'ecco'" in printed.getvalue()


def test_every_status_and_every_error_is_in_the_document() -> None:
    statuses = buster_jobs.client.Status.__args__  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]
    errors = [name for name in buster_jobs.client.__all__ if name.endswith(("Conflict", "Payload", "Found", "Task"))]
    assert [name for name in (*statuses, *errors) if f"`{name}`" not in DOCUMENT] == []


def _code() -> str:
    """The code alone, each line where it stands in the document, so that a failure names it."""
    code = ["\n"] * len(DOCUMENT.splitlines())
    for block in CODE.finditer(DOCUMENT):
        first = DOCUMENT.count("\n", 0, block.start(1))
        lines = block[1].splitlines(keepends=True)
        code[first : first + len(lines)] = lines
    return "".join(code)
