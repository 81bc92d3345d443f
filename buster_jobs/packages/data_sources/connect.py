"""From a URL to a data source. Which engines there are is in `engines`."""

from importlib import import_module
from urllib.parse import urlsplit

from buster_jobs.packages.data_sources.engines import BY_SCHEME, ENGINES
from buster_jobs.packages.data_sources.source import DataSource
from buster_jobs.packages.errors import InvalidInput
from buster_jobs.packages.visibility import EVERYTHING, Visibility


def connect(url: str, visibility: Visibility = EVERYTHING) -> DataSource:
    """The data source that `url` names, of which its user sees what `visibility` says. Opens no connection yet.

    Raises `InvalidInput` for an unknown engine, or a URL that its engine cannot use; `ConfigurationError` when the
    engine's driver is not installed.
    """
    engine = BY_SCHEME.get(_scheme(url))
    if engine is None:
        supported = ", ".join(f"{scheme}://" for engine in ENGINES for scheme in engine.schemes)
        raise InvalidInput(f"This data source's URL must begin with one of {supported}.")
    # Imported here, so that only the drivers of the engines in use are loaded.
    return import_module(engine.adapter).open_source(url, visibility)


def _scheme(url: str) -> str:
    try:
        return urlsplit(url.strip()).scheme.lower()
    except ValueError:
        # urlsplit quotes the host, and with it perhaps a password, in its message.
        raise InvalidInput("This data source's URL is not a URL: check its brackets and special characters.") from None
