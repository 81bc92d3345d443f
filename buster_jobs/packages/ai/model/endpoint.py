"""The endpoint of the model, read from the settings and checked."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pydantic import SecretStr

from buster_jobs.packages.errors import ConfigurationError
from buster_jobs.packages.settings import Settings

DEFAULT_BASE_URL = "https://api.openai.com/v1"


@dataclass(frozen=True, slots=True)
class ModelEndpoint:
    """An address, a key that its repr hides, and a model."""

    base_url: str = field(repr=False)
    key: SecretStr
    model: str


def endpoint_from(settings: Settings) -> ModelEndpoint | None:
    """The endpoint that the settings name; None without OPENAI_API_KEY. Raises `ConfigurationError`."""
    key = settings.openai_api_key.get_secret_value().strip() if settings.openai_api_key else ""
    if not key:
        return None
    base_url = (settings.openai_base_url or "").strip() or DEFAULT_BASE_URL
    if not _is_address(base_url):
        raise ConfigurationError("OPENAI_BASE_URL must be like https://host/v1; correct it.")
    if not (key.isascii() and key.isprintable()):
        raise ConfigurationError("OPENAI_API_KEY holds characters that no key has; set it again.")
    return ModelEndpoint(base_url=base_url, key=SecretStr(key), model=settings.openai_model)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
