"""What a parent asks of its DuckDB process, as plain values that can be pickled."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RunQuery:
    """Up to `rows` rows and `bytes` bytes of `sql`; interrupted after `seconds`."""

    path: str
    sql: str
    rows: int
    bytes: int
    seconds: float


@dataclass(frozen=True, slots=True)
class ReadCatalog:
    """All tables and views."""

    path: str
    counted: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class ReadLines:
    """All rows of a query of ours, of one column, as many answers as it takes; the last is empty."""

    path: str
    sql: str
    seconds: float


Request = RunQuery | ReadCatalog | ReadLines
