"""Asks the scripted model about the shop, and reads what the tools told it."""

import json
from typing import Any
from uuid import UUID

from buster_jobs.packages.ai.agent import analyse
from buster_jobs.packages.ai.analysis import Analysis
from buster_jobs.packages.ai.model.limits import Limits
from buster_jobs.packages.data_sources.source import DataSource
from buster_jobs_tests.packages.ai.scripted_server import ScriptedServer

MESSAGE_ID = UUID("5ac2b5cf-1c0b-4b41-9d4c-b6d0a37a8a11")
COUNT_SQL = "SELECT count(*) AS n FROM public.orders"


class Asked:
    """Asks the scripted model about the shop."""

    def __init__(self, source: DataSource, server: ScriptedServer) -> None:
        self.source, self.server = source, server

    def __call__(self, limits: Limits | None = None) -> Analysis:
        return analyse("How many orders?", self.source, MESSAGE_ID, endpoint=self.server.endpoint, limits=limits)


def wrapped(text: str) -> dict[str, Any]:
    """The content between the marks. Fails when they are missing."""
    opening, content, closing = text.split("\n")
    assert (opening, closing) == ("<data-b6d0a37a8a11>", "</data-b6d0a37a8a11>")
    return json.loads(content)
