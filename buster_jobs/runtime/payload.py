"""From a pydantic model to a Dagster config schema, and from what a caller sent back to the model.

Only plain scalar types are used: Dagster's `Source` types, and `dg.Config` fields, would expand `{"env": "NAME"}`.
"""

import types
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin
from uuid import UUID

import dagster as dg
from pydantic import BaseModel, JsonValue, SecretBytes, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined, to_jsonable_python

from buster_jobs.packages.errors import BusterError

P = TypeVar("P", bound=BaseModel)

_SCALARS: dict[object, object] = {str: str, int: int, bool: bool, float: float}
_SENT_AS_TEXT = (UUID, datetime, date, time, timedelta, Decimal)


class InvalidPayload(BusterError):
    """The payload does not fit the task's model; the message names each field."""

    code = "INVALID_PAYLOAD"
    retryable = False


def payload_schema(model: type[BaseModel]) -> dict[str, Any]:
    """Dagster config fields for `model`, with descriptions and defaults for the launchpad.

    Raises TypeError for a field that must not or cannot be sent: secrets, and types that JSON does not carry.
    """
    return {field.alias or name: _field(model, name, field) for name, field in model.model_fields.items()}


def parse_payload(model: type[P], raw: Mapping[str, Any]) -> P:
    """The model's instance. Raises `InvalidPayload` with one sentence for each wrong field, never its value."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        problems = error.errors(include_input=False, include_url=False, include_context=False)
        raise InvalidPayload(" ".join(_sentence(p["loc"], p["msg"]) for p in problems)) from None


def _sentence(loc: tuple[int | str, ...], message: str) -> str:
    where = ".".join(str(part) for part in loc) or "payload"
    return f"Field {where}: {message.rstrip('.')}."


def _field(model: type[BaseModel], name: str, field: FieldInfo) -> dg.Field:
    where = f"{model.__name__}.{name}"
    kind = _config_type(field.annotation, where)
    if field.is_required():
        return dg.Field(kind, description=field.description)
    default = field.get_default(call_default_factory=False)
    if default is PydanticUndefined or default is None:
        return dg.Field(kind, is_required=False, description=field.description)
    return dg.Field(kind, default_value=_plain(default), description=field.description)


def _plain(value: object) -> JsonValue:
    return to_jsonable_python(value)


def _config_type(annotation: Any, where: str) -> Any:
    if annotation in _SCALARS:
        return _SCALARS[annotation]
    if annotation is Any or annotation is JsonValue:
        return dg.Any
    if get_origin(annotation):
        return _generic_type(get_origin(annotation), get_args(annotation), where)
    if isinstance(annotation, type):
        return _class_type(annotation, where)
    raise TypeError(f"{where}: a payload cannot carry {annotation!r}.")


def _generic_type(origin: Any, args: tuple[Any, ...], where: str) -> Any:
    if origin is Annotated:
        return _config_type(args[0], where)
    if origin in (Union, types.UnionType):
        return _optional(args, where)
    if origin is Literal:
        return _choice(where, args)
    if origin in (list, tuple, set, frozenset):
        return dg.Array(_config_type(args[0], where))
    if origin is dict:
        return dg.Map(str, _config_type(args[1], where))
    raise TypeError(f"{where}: a payload cannot carry {origin!r}.")


def _class_type(annotation: type, where: str) -> Any:
    if issubclass(annotation, (SecretStr, SecretBytes)):
        raise TypeError(f"{where}: payloads are stored and shown in clear text, so they may not hold secrets.")
    if issubclass(annotation, BaseModel):
        return dg.Shape(payload_schema(annotation))  # pyright: ignore[reportUnknownVariableType] - Dagster's
    if issubclass(annotation, Enum):
        return _choice(where, tuple(member.value for member in annotation))
    if issubclass(annotation, _SENT_AS_TEXT):
        return str
    raise TypeError(f"{where}: a payload cannot carry {annotation.__name__}; use plain JSON types or a pydantic model.")


def _optional(args: tuple[Any, ...], where: str) -> Any:
    others = [arg for arg in args if arg is not types.NoneType]
    if len(others) == 1 and len(others) < len(args):
        return dg.Noneable(_config_type(others[0], where))
    raise TypeError(f"{where}: of unions, a payload carries only `X | None`.")


def _choice(where: str, values: tuple[Any, ...]) -> Any:
    if not all(isinstance(value, str) for value in values):
        raise TypeError(f"{where}: choices in a payload must be text.")
    return dg.Enum(where.replace(".", "_"), [dg.EnumValue(value) for value in values])
