"""From a URL to a data source. What an engine needs to be reached belongs to its adapter."""

from importlib import import_module
from urllib.parse import urlsplit

from buster_jobs.packages.data_sources.source import DataSource
from buster_jobs.packages.data_sources.visibility import EVERYTHING, Visibility
from buster_jobs.packages.errors import InvalidInput


def connect(url: str, visibility: Visibility = EVERYTHING) -> DataSource:
    """The data source that `url` names, of which its user sees what `visibility` says. Opens no connection yet.

    Raises `InvalidInput` for an engine that we do not know, or a URL that its engine cannot use.
    """
    module = _ADAPTERS.get(_scheme(url))
    if module is None:
        supported = ", ".join(f"{scheme}://" for scheme in _ADAPTERS if scheme != "postgres" and "+" not in scheme)
        raise InvalidInput(f"This data source's URL must begin with one of {supported}.")
    # An engine's driver is imported when the engine is used, and the others never are.
    adapter = import_module(f"buster_jobs.packages.data_sources.{module}.source")
    return adapter.open_source(url, visibility)


def _scheme(url: str) -> str:
    try:
        return urlsplit(url.strip()).scheme.lower()
    except ValueError:
        # urlsplit quotes the host, and with it perhaps a password, in its message.
        raise InvalidInput("This data source's URL is not a URL: check its brackets and special characters.") from None


_ADAPTERS = {
    "postgresql": "postgres",
    "postgres": "postgres",
    "postgresql+psycopg": "postgres",
    "postgresql+psycopg2": "postgres",
    "mysql": "mysql",
    "mysql+pymysql": "mysql",
    "mariadb": "mysql",
    "mariadb+pymysql": "mysql",
    "sqlite": "sqlite",
    "duckdb": "duckdb",
    "snowflake": "via_sqlalchemy",
    "bigquery": "via_sqlalchemy",
    "redshift": "via_sqlalchemy",
    "mssql": "via_sqlalchemy",
}
