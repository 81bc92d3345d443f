"""Removes secrets from text before it is logged, stored or shown: the last safeguard against leaks."""

import re
from contextlib import suppress
from urllib.parse import unquote, urlsplit

from pydantic import SecretStr

from buster_jobs.packages.settings import get_settings

_HIDDEN = "***"
_SHORTEST_PART = 10
_PATTERNS = (
    (re.compile(r"(\w+://[^\s:/@]*:)[^\s\"]+(@)"), rf"\1{_HIDDEN}\2"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}"), rf"\1 {_HIDDEN}"),
    (re.compile(r"\bsk-[\w-]{8,}"), _HIDDEN),
    (
        re.compile(
            r"(?i)((?:password|passwd|pwd|secret|token|(?:api|access|secret|private|encryption)[_-]?key)[\"']?\s*[=:]\s*)"
            r"(?!\s)('[^']*'|\"[^\"]*\"|[^\s,;&]+)"
        ),
        rf"\1{_HIDDEN}",
    ),
)


def redact(text: str) -> str:
    """`text` with passwords in URLs, bearer tokens, API keys and our own configured secrets replaced by ***."""
    for secret in _configured_secrets():
        text = text.replace(secret, _HIDDEN)
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text


def _configured_secrets() -> list[str]:
    """Every secret setting, whole and in parts; the longest first, in case one contains another."""
    values = [value.get_secret_value() for _, value in get_settings() if isinstance(value, SecretStr)]
    parts = {part for value in values for part in (value, *_parts(value))}
    return sorted(filter(None, parts), key=len, reverse=True)


def _parts(secret: str) -> list[str]:
    """The keys of a list, and a URL's password, encoded and decoded. Short parts are left out: they may be words."""
    parts = secret.split(",")
    if "://" in secret:
        with suppress(ValueError):
            password = urlsplit(secret).password or ""
            parts = [password, unquote(password)]
    return [part.strip() for part in parts if len(part.strip()) >= _SHORTEST_PART]
