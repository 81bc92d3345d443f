"""Opens the file of an import by path or URL, if the operator allows it, and decompresses it."""

import bz2
import gzip
import lzma
import zipfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, cast

from buster_jobs.packages.errors import ConfigurationError, InvalidInput
from buster_jobs.packages.settings import get_settings
from buster_jobs.packages.warehouse.imports.declaration import ImportSource
from buster_jobs.packages.warehouse.imports.remote_files import downloaded

_PACKED = (".gz", ".bz2", ".xz", ".zip")


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file at its beginning, decompressed. `position` returns how many of the `size` bytes on disk have been read."""

    file: IO[bytes]
    position: Callable[[], int]
    size: int
    is_packed: bool = False


def shown_name(location: str) -> str:
    """A path, or a URL without user, password, query and fragment, which may be secret."""
    if not is_url(location):
        return location
    scheme, _, rest = location.partition("?")[0].partition("#")[0].partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"


def source_name(source: ImportSource) -> str:
    """The source's name in records and messages."""
    return f"data source {source.data_source_id}" if source.file is None else shown_name(source.file)


def is_url(location: str) -> bool:
    """Whether the location is a URL, which has to be downloaded."""
    return "://" in location


def bare_suffix(location: str) -> str:
    """The suffix before that of the compression: ".csv" for flights.csv and for flights.csv.gz."""
    suffixes = [suffix.lower() for suffix in PurePosixPath(shown_name(location)).suffixes]
    return next((suffix for suffix in reversed(suffixes) if suffix not in _PACKED), "")


@contextmanager
def open_file(location: str) -> Generator[OpenFile]:
    """Open a file by path or URL. Downloads go into a file without a name, which disappears with the process.

    Raises `InvalidInput` for a file that is forbidden, missing or damaged, `ConfigurationError` if the operator has
    allowed no paths or no URLs, `Unavailable`, `TimedOut` or `RateLimited` if the download fails.
    """
    with downloaded(location) if is_url(location) else allowed_path(location).open("rb") as file:
        size = file.seek(0, 2)
        file.seek(0)
        suffix = PurePosixPath(shown_name(location)).suffix.lower()
        if suffix not in _PACKED:
            yield OpenFile(file, file.tell, size)
            return
        with _unpacked(file, suffix) as unpacked:
            bounded = cast("IO[bytes]", _Bounded(unpacked, get_settings().import_max_mib << 20))
            yield OpenFile(bounded, file.tell, size, is_packed=True)


def allowed_path(path: str) -> Path:
    """The real path of a file below BUSTER_IMPORT_DIR. `path` is relative to that folder, or absolute within it.

    Symbolic links are resolved before the check. Raises as `open_file` does.
    """
    folder = get_settings().import_dir
    if folder is None:
        raise ConfigurationError("No file can be imported here: set BUSTER_IMPORT_DIR to the folder that holds them.")
    root = folder.resolve()
    if "\0" in path:
        raise InvalidInput("A file's path has no NUL character.")
    found = (root / path).resolve()
    if not found.is_relative_to(root):
        raise InvalidInput("The file must be below the folder for imports (BUSTER_IMPORT_DIR), also behind its links.")
    if not found.is_file():
        raise InvalidInput(f"There is no file {path!r} in the folder for imports (BUSTER_IMPORT_DIR).")
    return found


class _Bounded:
    """A file that gives at most `most_bytes`: a small archive may decompress to more than the disk holds."""

    def __init__(self, file: IO[bytes], most_bytes: int) -> None:
        self._file = file
        self._most = self._left = most_bytes

    def read(self, size: int) -> bytes:
        """The next bytes. Raises `InvalidInput` beyond the limit."""
        block = self._file.read(size)
        self._left -= len(block)
        if self._left < 0:
            raise InvalidInput(f"The file unpacks to more than {self._most >> 20:,} MiB (BUSTER_IMPORT_MAX_MIB).")
        return block


def _unpacked(file: IO[bytes], suffix: str) -> IO[bytes]:
    if suffix == ".zip":
        return _only_member(file)
    modules = {".gz": gzip, ".bz2": bz2, ".xz": lzma}
    return cast("IO[bytes]", modules[suffix].open(file, "rb"))


def _only_member(file: IO[bytes]) -> IO[bytes]:
    try:
        archive = zipfile.ZipFile(file)
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) != 1:
            raise InvalidInput(f"The archive holds {len(members)} files: import an archive of one file.")
        return archive.open(members[0])
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):  # damaged; packed in an unknown way; encrypted
        raise InvalidInput("The archive cannot be unpacked: it is damaged, encrypted, or no zip file.") from None
