"""How values that Python cannot hold come back: as PostgreSQL's own text, instead of failing the whole query."""

from functools import lru_cache
from typing import Any

from psycopg import DataError, adapters
from psycopg.abc import AdaptContext, Buffer
from psycopg.adapt import AdaptersMap, Loader
from psycopg.types.datetime import DateLoader, IntervalLoader, TimestampLoader, TimestamptzLoader

_STRICT: dict[str, type[Loader]] = {
    "date": DateLoader,
    "timestamp": TimestampLoader,
    "timestamptz": TimestamptzLoader,
    "interval": IntervalLoader,
}


def _lenient(strict: type[Loader]) -> type[Loader]:
    class Lenient(Loader):
        def __init__(self, oid: int, context: AdaptContext | None = None) -> None:
            super().__init__(oid, context)
            self._strict = strict(oid, context)

        def load(self, data: Buffer) -> Any:
            try:
                return self._strict.load(data)
            except DataError:
                return bytes(data).decode()

    return Lenient


class _Context:
    """What psycopg asks for where it wants adapters."""

    connection = None

    def __init__(self) -> None:
        self.adapters = AdaptersMap(adapters)
        for name, strict in _STRICT.items():
            self.adapters.register_loader(name, _lenient(strict))


@lru_cache(maxsize=1)
def lenient_context() -> AdaptContext:
    """psycopg's adapters, with 'infinity' and years outside of 1 to 9999 loaded as text."""
    return _Context()
