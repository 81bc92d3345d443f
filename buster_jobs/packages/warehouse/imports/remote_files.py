"""Downloads files behind URLs that the operator allows."""

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from typing import IO, Any
from urllib.parse import SplitResult, unquote, urlsplit

from buster_jobs.packages.errors import BusterError, ConfigurationError, InvalidInput, Unavailable
from buster_jobs.packages.outbound.download import download
from buster_jobs.packages.settings import get_settings

_BLOCK = 1 << 20
_NEVER = frozenset({"file", "local"})
"""Files of this machine are allowed by BUSTER_IMPORT_DIR instead."""


@contextmanager
def downloaded(url: str) -> Generator[IO[bytes]]:
    """A download of `url` in a file without a name, which disappears with the process.

    Raises `InvalidInput` for a URL that is forbidden or missing, `ConfigurationError` for a missing setting or library,
    `Unavailable`, `TimedOut`, `RateLimited` or `RequestRefused` if the server does not deliver the file.
    """
    rule = _allowing_rule(url)
    settings = get_settings()
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=settings.state_dir) as file:
        if urlsplit(url).scheme in ("http", "https"):
            # A host that the operator names may be in a private network; any other must be public.
            download(url, file, customers=not rule.netloc, most_bytes=settings.import_max_mib << 20)
        else:
            _copy(url, file, settings.import_max_mib << 20)
        file.seek(0)
        yield file


def _allowing_rule(url: str) -> SplitResult:
    """The entry of BUSTER_IMPORT_URLS that allows `url`. Raises `ConfigurationError`, `InvalidInput`."""
    rules = get_settings().import_urls
    if not rules:
        raise ConfigurationError('No URL can be imported here: allow some in BUSTER_IMPORT_URLS, such as ["https://"].')
    parts = _parts(url)
    # Rules with a host first: only they allow private networks.
    for rule in sorted(map(_parts, rules), key=lambda rule: not rule.netloc):
        if _allows(rule, parts):
            return rule
    raise InvalidInput(f"BUSTER_IMPORT_URLS does not allow {parts.scheme}://{parts.hostname or ''}: ask the operator.")


def _allows(rule: SplitResult, url: SplitResult) -> bool:
    folder = rule.path if rule.path.endswith("/") else f"{rule.path}/"
    return (
        rule.scheme == url.scheme
        and rule.scheme not in _NEVER
        and (not rule.netloc or rule.netloc.lower() == url.netloc.lower())
        and (folder == "/" or url.path.startswith(folder))
    )


def _parts(url: str) -> SplitResult:
    """Raises `InvalidInput`, without repeating the URL, for one that can be parsed in two ways."""
    try:
        parts = urlsplit(url)
        # fsspec, which reads the URLs of other schemes, splits them at each "::".
        path = url.partition("?")[0] if parts.scheme in ("http", "https") else url
        ambiguous = "::" in path or ".." in unquote(path).split("/") or "\\" in url
    except ValueError:
        raise InvalidInput("The URL cannot be used: write it as https://host/path.") from None
    if ambiguous or any(character <= " " for character in url):
        raise InvalidInput("The URL cannot be used: write it without '..', '::', backslashes and blanks.")
    if parts.username is not None or parts.password is not None:
        raise InvalidInput("The URL must not hold a user or password: they belong in the worker's environment.")
    return parts


def _copy(url: str, file: IO[bytes], most_bytes: int) -> None:
    # Imported here because it takes 0.1 s; by name because it has no types.
    fsspec: Any = import_module("fsspec")

    scheme, host = urlsplit(url).scheme, urlsplit(url).netloc
    try:
        with fsspec.open(url, "rb") as remote:
            _copy_blocks(remote, file, most_bytes)
    except BusterError:
        raise
    except (ImportError, TypeError, ValueError) as error:
        if isinstance(error, ImportError) or scheme not in fsspec.available_protocols():
            raise ConfigurationError(f"{scheme}:// needs a library that is not installed: see fsspec's list.") from None
        raise InvalidInput(
            f"{scheme}://{host} cannot be the place of a file: check the name of its bucket or host in the URL."
        ) from None
    except FileNotFoundError:
        raise InvalidInput(f"There is no such file at {scheme}://{host}.") from None
    except PermissionError:
        raise ConfigurationError(f"{scheme}://{host} does not let us in: check the worker's credentials.") from None
    except Exception as error:  # noqa: BLE001 - every file system has errors of its own, whose texts may hold anything
        raise Unavailable(f"{scheme}://{host} did not give the file: {type(error).__name__}.") from None


def _copy_blocks(remote: IO[bytes], file: IO[bytes], most_bytes: int) -> None:
    left = most_bytes
    while block := remote.read(_BLOCK):
        left -= len(block)
        if left < 0:
            raise InvalidInput(f"The file has more than {most_bytes >> 20:,} MiB (BUSTER_IMPORT_MAX_MIB).")
        file.write(block)
