"""Which file a customer's URL may open: one below the operator's folder for data sources."""

from pathlib import Path

from buster_jobs.packages.data_sources.url import parse_url
from buster_jobs.packages.errors import ConfigurationError, InvalidInput
from buster_jobs.packages.settings import get_settings


def data_source_file(path: str) -> Path:
    """The real path of a file below BUSTER_DATA_SOURCE_DIR. `path` is relative to that folder, or within it.

    Symbolic links are followed first, so a link cannot lead out. Raises `InvalidInput` for a path outside,
    `ConfigurationError` when the folder is not set or the file is not there.
    """
    folder = get_settings().data_source_dir
    if folder is None:
        raise ConfigurationError(
            "Files are no data sources here: the operator must set BUSTER_DATA_SOURCE_DIR to their folder."
        )
    root = folder.resolve()
    if not path or "\0" in path:
        raise InvalidInput("The data source's URL must name a file, such as sqlite:///shop.db.")
    found = (root / path).resolve()
    if not found.is_relative_to(root):
        raise InvalidInput("The data source's file must be below the folder for data sources, also behind its links.")
    if not found.is_file():
        raise ConfigurationError(
            f"There is no file {path!r} in the folder for data sources: check the name in the URL."
        )
    return found


def file_in(url: str, scheme: str) -> str:
    """The path of a URL such as `sqlite:///shop.db` or `duckdb:////folder/shop.db`. Raises `InvalidInput`."""
    parsed = parse_url(url, scheme, frozenset())
    if parsed.host or parsed.username or parsed.password or not parsed.database or parsed.database == ":memory:":
        raise InvalidInput(f"The data source's URL must name a file and nothing else, such as {scheme}:///shop.db.")
    return parsed.database
