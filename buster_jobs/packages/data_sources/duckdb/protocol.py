"""What parent and DuckDB process say to each other: requests as pickled values, and answers read without running code.

A pickle can name any function, which is called while it is read. The process confines what a customer's file may do;
answers that could call functions here would undo that. So only the values of results, catalogs and errors are read.
"""

import pickle
from dataclasses import dataclass
from typing import IO


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
    """All rows of a query of ours with one column, in as many answers as it takes. The last answer is empty."""

    path: str
    sql: str
    seconds: float


Request = RunQuery | ReadCatalog | ReadLines

_PACKAGES = "buster_jobs.packages"
_ALLOWED = {
    "datetime": {"date", "datetime", "time", "timedelta", "timezone"},
    "decimal": {"Decimal"},
    "uuid": {"UUID"},
    # DuckDB's time zones: both functions return a zone by its name.
    "pytz": {"_p", "_UTC"},
    f"{_PACKAGES}.data_sources.catalog": {"Catalog", "Column", "ForeignKey", "Table"},
    f"{_PACKAGES}.data_sources.errors": {"QueryFailed", "QueryRefused"},
    f"{_PACKAGES}.errors": {"ConfigurationError", "TimedOut", "Unavailable"},
}


class NoAnswer(pickle.UnpicklingError):
    """The answer holds something else than the values of a result, a catalog or an error."""


class _Reader(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str, /) -> object:
        if global_name not in _ALLOWED.get(module_name, ()):
            raise NoAnswer(f"{module_name}.{global_name}")
        return super().find_class(module_name, global_name)


def read_answer(pipe: IO[bytes]) -> object:
    """The next answer. Raises `EOFError` at the end, `NoAnswer`, or another `UnpicklingError`."""
    try:
        return _Reader(pipe).load()
    except (EOFError, OSError, pickle.UnpicklingError):
        raise
    except Exception as error:  # noqa: BLE001, what is no pickle, or a broken one, can raise anything
        raise pickle.UnpicklingError(type(error).__name__) from None
