"""Reading what a child answers: the values of results, catalogs and errors, and nothing that does anything.

A pickle names whatever is to be called while it is read. The child confines what a customer's file may do, and would
not if its answers could do it here.
"""

import pickle
from typing import IO

_PACKAGES = "buster_jobs.packages"
_ALLOWED = {
    "datetime": {"date", "datetime", "time", "timedelta", "timezone"},
    "decimal": {"Decimal"},
    "uuid": {"UUID"},
    # DuckDB's time zones; both give a zone by its name.
    "pytz": {"_p", "_UTC"},
    f"{_PACKAGES}.data_sources.catalog": {"Catalog", "Column", "ForeignKey", "Table"},
    f"{_PACKAGES}.data_sources.errors": {"QueryFailed", "QueryRefused"},
    f"{_PACKAGES}.errors": {"ConfigurationError", "TimedOut", "Unavailable"},
}


class NoAnswer(pickle.UnpicklingError):
    """What came is none of our child's answers."""


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
