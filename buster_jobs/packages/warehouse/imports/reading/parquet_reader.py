"""Reads Parquet with DuckDB, which streams in bounded memory and is a dependency already."""

from collections.abc import Iterator, Sequence
from typing import IO

from buster_jobs.packages.errors import InvalidInput
from buster_jobs.packages.warehouse.imports.batches import BATCH_CHARACTERS, BATCH_ROWS, Batch
from buster_jobs.packages.warehouse.imports.reading.csv_reader import checked_names

_WHOLE = ("integer", "decimal")
_KINDS: dict[str, Sequence[str]] = {
    **dict.fromkeys(("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"), _WHOLE),
    **dict.fromkeys(("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"), _WHOLE),
    **dict.fromkeys(("FLOAT", "DOUBLE"), ("number",)),
    "DECIMAL": ("decimal",),
    "BOOLEAN": ("boolean",),
    "DATE": ("date",),
    "TIME": ("time",),
    "TIMESTAMP": ("timestamp",),
    "TIMESTAMP_S": ("timestamp",),
    "TIMESTAMP_MS": ("timestamp",),
    "TIMESTAMP_NS": ("timestamp",),
    "TIMESTAMP WITH TIME ZONE": ("timestamptz",),
    "UUID": ("uuid",),
    "JSON": ("json",),
}
_NESTED = ("STRUCT(", "MAP(", "UNION(")


class ParquetReader:
    """Implements `Reader`; lines are row numbers. Nanoseconds are cut to PostgreSQL's microseconds."""

    has_empty_text = True

    def __init__(self, file: IO[bytes]) -> None:
        import duckdb  # 0.1 s

        self._error = duckdb.Error
        # By its descriptor: a name could contain a glob pattern, and could lead to another file by now.
        path = f"/dev/fd/{file.fileno()}"
        self._connection = duckdb.connect(":memory:", config={"threads": "1", "memory_limit": "128MB"})
        for setting in (
            "TimeZone = 'UTC'",
            "autoinstall_known_extensions = false",
            f"allowed_paths = ['{path}']",
            "enable_external_access = false",
            "lock_configuration = true",
        ):
            self._connection.execute(f"SET {setting}")
        self._source = f"read_parquet('{path}')"
        self._types = self._described()

    def columns(self) -> Sequence[str]:
        return tuple(self._types)

    def text_kinds(self, column: str) -> Sequence[str] | None:
        name = self._types[column]
        return ("json",) if _is_nested(name) else _KINDS.get(name.partition("(")[0], ())

    def batches(self) -> Iterator[Batch]:
        texts = ", ".join(_as_text(name, kind) for name, kind in self._types.items())
        try:
            self._connection.execute(f"SELECT {texts} FROM {self._source}")  # noqa: S608 - our path, quoted names
            first, size = 1, BATCH_ROWS
            while rows := self._connection.fetchmany(size):
                columns = dict(zip(self._types, zip(*rows, strict=True), strict=True))
                yield Batch(range(first, first + len(rows)), columns)
                first += len(rows)
                size = _next_size(rows)
        except self._error:
            raise InvalidInput("The Parquet file cannot be read to its end: it is damaged.") from None

    def _described(self) -> dict[str, str]:
        try:
            found = self._connection.execute(f"DESCRIBE FROM {self._source}").fetchall()
        except self._error:
            raise InvalidInput("The file is not Parquet, or damaged.") from None
        checked_names([name for name, *_ in found])
        return {name: kind for name, kind, *_ in found}


def _next_size(rows: Sequence[Sequence[str | None]]) -> int:
    """How many rows should keep a batch within `BATCH_CHARACTERS`, judged by the last batch."""
    characters = sum(len(value) for row in rows for value in row if value is not None)
    return max(1, min(BATCH_ROWS, BATCH_CHARACTERS * len(rows) // (characters + 1)))


def _is_nested(kind: str) -> bool:
    return kind.endswith("]") or kind.startswith(_NESTED)


def _as_text(name: str, kind: str) -> str:
    column = '"{}"'.format(name.replace('"', '""'))
    if _is_nested(kind):
        return f"CAST(to_json({column}) AS VARCHAR)"
    if kind == "BLOB":
        return f"'\\x' || lower(hex({column}))"
    if kind == "TIMESTAMP_NS":
        column = f"CAST({column} AS TIMESTAMP)"
    return f"CAST({column} AS VARCHAR)"
