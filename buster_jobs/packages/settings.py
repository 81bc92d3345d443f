"""The settings of this installation: every environment variable that we read.

What a task decides for itself, such as retries and deadline, belongs in the task.
"""

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def project_root() -> Path:
    """The folder of pyproject.toml in a checkout, else the working folder."""
    checkout = Path(__file__).resolve().parents[2]
    return checkout if (checkout / "pyproject.toml").exists() else Path.cwd()


def dagster_file(name: str) -> Path:
    """dagster.yaml or workspace.yaml: the one in the project's root, else the copy in the installed package."""
    own = project_root() / name
    return own if own.exists() else Path(__file__).resolve().parents[1] / name


def _default_state_dir() -> Path:
    return project_root() / ".buster"


class Settings(BaseSettings):
    """One instance per process, from `get_settings()`."""

    model_config = SettingsConfigDict(env_prefix="BUSTER_", env_ignore_empty=True, extra="ignore", frozen=True)

    database_url: SecretStr | None = Field(
        default=None,
        description="PostgreSQL for Dagster's storage and our tables. Unset: an embedded PostgreSQL is started.",
    )
    encryption_key: SecretStr | None = Field(
        default=None,
        description="Fernet keys, comma-separated, newest first. Required with BUSTER_DATABASE_URL.",
    )
    state_dir: Path = Field(
        default_factory=_default_state_dir, description="Where everything that we write to disk lives."
    )
    data_source_dir: Path | None = Field(
        default=None,
        description="The folder below which customers' SQLite and DuckDB files lie. Unset: no file is a data source.",
    )
    import_dir: Path | None = Field(
        default=None, description="The folder below which files to import lie. Unset: no file is imported by its path."
    )
    import_urls: list[str] = Field(
        default=[],
        description='From where files are imported by URL, as JSON: ["https://"] is any public host, '
        '["s3://bucket/folder/", "http://files.internal/"] just those.',
    )
    import_max_mib: int = Field(
        default=10_240, ge=1, description="A file behind a URL that is larger is refused, and one that unpacks to more."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least severe line that runs print to their console."
    )
    retries_enabled_in_dev: bool = Field(
        default=True, description="Whether failed attempts are tried again under `dagster dev`."
    )
    local_workers: bool = Field(
        default=True, description="Whether a webserver or daemon keeps warm workers on its own machine."
    )
    worker_slots: dict[str, int] = Field(
        default={"default": 4, "long": 2},
        description='How many runs this machine works on at once, by queue, as JSON: {"default": 4, "long": 2}.',
    )
    worker_max_runs: int = Field(default=500, ge=1, description="After so many runs a worker is replaced.")
    worker_max_mib: int = Field(default=1024, ge=64, description="A worker that has grown past this is replaced.")
    ops_slack_webhook_url: SecretStr | None = Field(
        default=None, description="Where operators are told in Slack: the URL of an incoming webhook."
    )
    ops_webhook_url: SecretStr | None = Field(
        default=None, description="Where operators are told by a webhook that follows Standard Webhooks."
    )
    ops_webhook_secret: SecretStr | None = Field(
        default=None, description="What that webhook is signed with: whsec_ and base64. Required with its URL."
    )
    ops_email_to: list[str] = Field(
        default=[],
        description='Where operators are told by e-mail, as JSON: ["ops@example.com"]. Needs BUSTER_SMTP_URL.',
    )
    email_from: str = Field(default="buster@localhost", description="The sender of our e-mail.")
    smtp_url: SecretStr | None = Field(
        default=None,
        description="The SMTP server: smtp://user:password@host:587 (STARTTLS), smtps://… or smtp+plain://host:25.",
    )
    openai_api_key: SecretStr | None = Field(
        default=None, validation_alias="OPENAI_API_KEY", description="Unset: the offline analyst answers."
    )
    openai_base_url: str | None = Field(
        default=None, validation_alias="OPENAI_BASE_URL", description="Any endpoint that speaks chat completions."
    )
    openai_model: str = Field(
        default="gpt-5-mini", validation_alias="OPENAI_MODEL", description="The model that the analyst asks."
    )

    model_prices: dict[str, tuple[float, float]] = Field(
        default_factory=dict[str, tuple[float, float]],
        description='Prices per million tokens, input and output, by model, as JSON: {"gpt-5-mini": [0.25, 2.0]}.',
    )


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """The process's settings. Tests that change the environment call `get_settings.cache_clear()`."""
    return Settings()
