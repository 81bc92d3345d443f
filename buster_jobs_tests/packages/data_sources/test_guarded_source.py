"""When the catalog is read again, by a clock that the test turns."""

import pytest

from buster_jobs.packages.data_sources.catalog import Catalog
from buster_jobs.packages.data_sources.errors import UnknownTable
from buster_jobs.packages.data_sources.guarded_source import CatalogCache


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_catalog_is_read_once_a_minute() -> None:
    clock, reads = Clock(), list[int]()
    cache = CatalogCache(lambda: reads.append(1) or Catalog(()), clock)
    for now in (100.0, 159.0, 161.0):
        clock.now = now
        cache.try_with(lambda catalog: catalog)
    assert len(reads) == 2


def test_an_unknown_table_makes_it_be_read_again_but_not_for_each_guess() -> None:
    clock, reads = Clock(), list[int]()
    cache = CatalogCache(lambda: reads.append(1) or Catalog(()), clock)

    def unknown(_catalog: Catalog) -> None:
        raise UnknownTable("There is no such table.")

    for now in (100.0, 101.0, 105.0):
        clock.now = now
        with pytest.raises(UnknownTable):
            cache.try_with(unknown)
    assert len(reads) == 2
