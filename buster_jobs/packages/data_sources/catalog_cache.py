"""The catalog that queries are checked against, re-read when it is old or when a query names a table it lacks."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from buster_jobs.packages.data_sources.catalog import Catalog
from buster_jobs.packages.data_sources.errors import UnknownTable

MAX_AGE = 60.0
# A model that guesses table names must not make us read the catalog for each guess.
MIN_AGE_FOR_UNKNOWN = 2.0

T = TypeVar("T")


class CatalogCache:
    """Holds one catalog for at most `MAX_AGE` seconds of `clock`. Safe to share between threads."""

    def __init__(self, read: Callable[[], Catalog], clock: Callable[[], float] = time.monotonic) -> None:
        self._read = read
        self._clock = clock
        self._lock = threading.Lock()
        self._held: tuple[Catalog, float] | None = None

    def put(self, catalog: Catalog) -> None:
        """Hold a catalog that was read just now."""
        with self._lock:
            self._held = (catalog, self._clock())

    def try_with(self, check: Callable[[Catalog], T]) -> T:
        """`check` of the held catalog; when that raises `UnknownTable`, once more with a fresh one."""
        try:
            return check(self._get(MAX_AGE))
        except UnknownTable:
            return check(self._get(MIN_AGE_FOR_UNKNOWN))

    def _get(self, max_age: float) -> Catalog:
        with self._lock:
            if self._held is None or self._clock() - self._held[1] > max_age:
                self._held = (self._read(), self._clock())
            return self._held[0]
