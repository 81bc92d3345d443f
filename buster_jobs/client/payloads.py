"""Checks a payload against its task's JSON Schema, with messages that name fields and never repeat their values.

Formats (uuid, date-time) are left to the task: JSON Schema's are narrower than what it accepts.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from buster_jobs.client.errors import InvalidPayload

_RULES = {
    "type": "must be of type {value}",
    "enum": "must be one of {value}",
    "const": "must be {value}",
    "minLength": "must have at least {value} characters",
    "maxLength": "must have at most {value} characters",
    "minItems": "must have at least {value} items",
    "maxItems": "must have at most {value} items",
    "minimum": "must be at least {value}",
    "maximum": "must be at most {value}",
    "exclusiveMinimum": "must be greater than {value}",
    "exclusiveMaximum": "must be less than {value}",
    "multipleOf": "must be a multiple of {value}",
    "pattern": "must match {value}",
    "uniqueItems": "must not repeat items",
}


def payload_problem(schema: Mapping[str, Any], payload: Any) -> InvalidPayload | None:
    """An error with one sentence for each wrong field, or None when there is none."""
    from jsonschema import Draft202012Validator  # 0.2 s, and not before the first trigger

    validator: Any = Draft202012Validator(schema)  # its own types are half unknown
    problems = sorted({sentence for error in validator.iter_errors(payload) for sentence in _sentences(error)})
    return InvalidPayload(" ".join(problems)) if problems else None


def _sentences(error: Any) -> Iterator[str]:
    place = [str(part) for part in error.absolute_path]
    if error.validator == "required":
        names = [name for name in error.validator_value if name not in error.instance]
        yield from (field_sentence([*place, name], "is required") for name in names)
    elif error.validator == "additionalProperties" and error.validator_value is False:
        known = error.schema.get("properties", {})
        yield from (field_sentence([*place, name], "is unknown") for name in error.instance if name not in known)
    else:
        yield field_sentence(place, _rule(error))


def _rule(error: Any) -> str:
    if error.validator in ("anyOf", "oneOf"):
        types = [option.get("type", "another") for option in error.validator_value]
        return f"must be of type {' or '.join(map(str, types))}"
    return _RULES.get(str(error.validator), "is not valid").format(value=error.validator_value)


def field_sentence(place: list[str], what: str) -> str:
    """The sentence for a wrong field, the same from our own check and from the webserver's."""
    return f"Field {'.'.join(place) or 'payload'} {what}."
