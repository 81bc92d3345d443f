"""Runs a tool call of the model. Mistakes of the model and failed queries become results that it can repair."""

import json
from typing import cast

from pydantic import JsonValue, ValidationError

from buster_jobs.packages.ai.analysis import ToolCall
from buster_jobs.packages.ai.model.reply import RequestedCall
from buster_jobs.packages.ai.model.tools import TOOLS, Database, Result, Tool
from buster_jobs.packages.ai.values import clean_text, shorten
from buster_jobs.packages.errors import BusterError, ConfigurationError, RateLimited, Unavailable

_ERROR_CHARACTERS = 2_000


class _Mistake(Exception):
    """The model used a tool wrongly; the message tells it how to use it."""


def use_tool(call: RequestedCall, database: Database) -> ToolCall:
    """Run the tool, or say what is wrong with the call. A failed query is an error in the result: the model repairs it.

    Raises `Unavailable`, `RateLimited` and `ConfigurationError`, which the model cannot repair.
    """
    name = clean_text(call.function.name)
    arguments = parse_arguments(call.function.arguments)
    try:
        tool = _tool(name, arguments, call.function.arguments)
        result = _fitting(tool.run(database), database.limits.result_characters)
    except _Mistake as mistake:
        return ToolCall(name=name, arguments=arguments or {}, error=str(mistake))
    except (Unavailable, RateLimited, ConfigurationError):
        raise
    except BusterError as error:
        return ToolCall(name=name, arguments=arguments or {}, error=_short(error.message))
    return ToolCall(name=name, arguments=arguments or {}, result=result)


def parse_arguments(text: str) -> dict[str, JsonValue] | None:
    """The arguments as an object; None when the text is anything but a JSON object. Empty text is an empty object."""
    try:
        parsed: object = json.loads(text) if text.strip() else {}
        return _clean(cast("dict[str, JsonValue]", parsed)) if isinstance(parsed, dict) else None
    except (ValueError, RecursionError):
        return None


def _clean(arguments: dict[str, JsonValue]) -> dict[str, JsonValue]:
    return {clean_text(key): clean_text(value) if isinstance(value, str) else value for key, value in arguments.items()}


def _tool(name: str, arguments: dict[str, JsonValue] | None, text: str) -> Tool:
    model = TOOLS.get(name)
    if model is None:
        raise _Mistake(f"There is no tool {shorten(name, 100)!r}; use one of: {', '.join(TOOLS)}.")
    if arguments is None:
        raise _Mistake(f"The arguments are not one complete JSON object: {shorten(clean_text(text), 200)}")
    try:
        return model.model_validate(arguments)
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}" for problem in error.errors())
        raise _Mistake(_short(f"The arguments do not fit {name}: {problems}.")) from None


def _short(text: str) -> str:
    return shorten(clean_text(text), _ERROR_CHARACTERS)


def _fitting(result: Result, limit: int) -> Result:
    """The result, its longest list cut so that its JSON has at most `limit` characters, with how much was left out."""
    key = max(
        (key for key, value in result.items() if isinstance(value, list)), key=lambda key: len(_json(result[key]))
    )
    items = cast("list[JsonValue]", result[key])
    room = limit - len(_json({**result, key: []}))
    kept = 0
    while kept < len(items) and (room := room - len(_json(items[kept])) - 2) >= 0:
        kept += 1
    if kept == len(items):
        return result
    return {**result, key: items[:kept], f"{key}_left_out": len(items) - kept}


def _json(value: JsonValue) -> str:
    return json.dumps(value, ensure_ascii=False)
