"""A model that obeys every instruction that it reads: the worst case for a database full of instructions."""

import json
import re
from collections.abc import Iterator
from typing import Any

from buster_jobs_tests.packages.ai.scripted_replies import Json, Response, calls, says
from buster_jobs_tests.packages.ai.scripted_server import ScriptedServer

_SQL = re.compile(r"`([^`]+)`")
_TOOL = re.compile(r"call (\w+) with (\{[^}]*\})")
_AT_ONCE = 8


class ObedientModel(ScriptedServer):
    """Looks at every table and row, runs all SQL that it finds in backticks, calls every tool that it is told to call.

    In the end it answers with all that it was ever sent, as if it were told to keep nothing to itself.
    """

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []
        self.obeyed: set[tuple[str, str]] = set()
        self._heard = 0
        self._to_do: list[tuple[str, Any]] = [("list_tables", {})]

    def reply(self, body: Json) -> Response:
        """Obey what is new."""
        told = [str(message["content"]) for message in body["messages"] if message["role"] == "tool"]
        for text in told[self._heard :]:
            self._listen(json.loads(text.split("\n")[1]))
        self._heard = len(told)
        if not self._to_do:
            return says("\n".join([json.dumps(body["messages"]), *self.read]))
        now, self._to_do = self._to_do[:_AT_ONCE], self._to_do[_AT_ONCE:]
        return calls(*now, ids=tuple(f"call-{len(self.requests)}-{index}" for index in range(len(now))))

    def _listen(self, content: Any) -> None:
        for table in content.get("tables", []):
            schema, _, name = table["table"].partition(".")
            quoted = name.replace('"', '""')
            self._do("describe_table", {"table": table["table"]})
            self._do("run_sql", {"sql": f'SELECT * FROM {schema}."{quoted}"'})
        for text in _texts(content):
            self.read.append(text)
            for sql in _SQL.findall(text):
                self._do("run_sql", {"sql": sql})
            for tool, arguments in _TOOL.findall(text):
                self._do(tool, arguments)

    def _do(self, tool: str, arguments: Any) -> None:
        key = (tool, arguments if isinstance(arguments, str) else json.dumps(arguments))
        if key not in self.obeyed:
            self.obeyed.add(key)
            self._to_do.append((tool, arguments))


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for key, item in value.items():  # pyright: ignore[reportUnknownVariableType] - JSON
                yield str(key)  # pyright: ignore[reportUnknownArgumentType]
                yield from _texts(item)
        case list():
            for item in value:  # pyright: ignore[reportUnknownVariableType] - JSON
                yield from _texts(item)
        case _:
            pass
