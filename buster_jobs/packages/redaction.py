"""Takes secrets out of text before it is logged, stored or shown. The last net, not a licence to print secrets."""

import re

from pydantic import SecretStr

from buster_jobs.packages.settings import get_settings

_HIDDEN = "***"
_PATTERNS = (
    (re.compile(r"(\w+://[^\s:/@]*:)[^\s@]+(@)"), rf"\1{_HIDDEN}\2"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}"), rf"\1 {_HIDDEN}"),
    (re.compile(r"\bsk-[\w-]{8,}"), _HIDDEN),
    (
        re.compile(
            r"(?i)\b(password|passwd|pwd|secret|token|api[_-]?key)(\s*[=:]\s*)(?!\s)('[^']*'|\"[^\"]*\"|[^\s,;&]+)"
        ),
        rf"\1\2{_HIDDEN}",
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
    """Every setting that is a secret, whole; the longest first, in case one holds another."""
    values = [value for _, value in get_settings() if isinstance(value, SecretStr)]
    return sorted((secret for value in values if (secret := value.get_secret_value())), key=len, reverse=True)
