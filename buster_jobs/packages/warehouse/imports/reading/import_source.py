"""Opens the source that a declaration names, with the reader for its format."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass

from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.database.sources.data_source_permissions import get_permission
from buster_jobs.packages.database.sources.data_sources import get_data_source
from buster_jobs.packages.errors import InvalidInput
from buster_jobs.packages.warehouse.imports.batches import Reader
from buster_jobs.packages.warehouse.imports.declaration import ImportDeclaration, ImportSource
from buster_jobs.packages.warehouse.imports.files import OpenFile, bare_suffix, open_file
from buster_jobs.packages.warehouse.imports.reading.csv_reader import CsvReader
from buster_jobs.packages.warehouse.imports.reading.jsonl_reader import JsonLinesReader
from buster_jobs.packages.warehouse.imports.reading.parquet_reader import ParquetReader
from buster_jobs.packages.warehouse.imports.reading.query_reader import QueryReader

_FORMATS = {
    **dict.fromkeys((".csv", ".tsv", ".txt"), "csv"),
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    **dict.fromkeys((".parquet", ".pq"), "parquet"),
}


@dataclass(frozen=True, slots=True)
class OpenSource:
    """`position` returns how much of `size` has been read. `size` is None if progress is unknown."""

    reader: Reader
    position: Callable[[], int]
    size: int | None


@contextmanager
def open_import_source(declaration: ImportDeclaration) -> Generator[OpenSource]:
    """Open the file, or run the query. Raises what files.py and the readers raise."""
    source = declaration.source
    if source.file is None:
        yield OpenSource(_query_reader(declaration), lambda: 0, None)
        return
    kind = file_format(source)
    with open_file(source.file) as file:
        yield OpenSource(_reader(kind, file, source), file.position, None if kind == "parquet" else file.size)


def file_format(source: ImportSource) -> str:
    """The declared format, or that of the file's suffix. Raises `InvalidInput` for an unknown suffix."""
    if source.format != "auto":
        return source.format
    found = _FORMATS.get(bare_suffix(source.file or ""))
    if found is None:
        raise InvalidInput("The file's name does not tell its format: declare it as csv, jsonl or parquet.")
    return found


def _reader(kind: str, file: OpenFile, source: ImportSource) -> Reader:
    if kind == "csv":
        return CsvReader(file.file, source)
    if kind == "jsonl":
        return JsonLinesReader(file.file, source)
    if file.is_packed:
        raise InvalidInput("A Parquet file cannot be read from within an archive: unpack it first.")
    return ParquetReader(file.file)


def _query_reader(declaration: ImportDeclaration) -> Reader:
    asked = declaration.source
    if asked.data_source_id is None or asked.query is None or asked.user_id is None:
        raise InvalidInput("A data source, a query and a user who asks go together.")
    stored = get_data_source(asked.data_source_id)
    if stored.organization_id != declaration.organization_id:
        raise InvalidInput(f"Data source {stored.id} does not belong to the organization.")
    stored.check_enabled()
    visible = get_permission(data_source_id=stored.id, user_id=asked.user_id)
    return QueryReader(connect(stored.connection_url(), visible), asked.query)
