"""The organizations' warehouse: copies of their data sources' tables, and what is made of them. Knows no Dagster.

The functions that tasks use are offered here by name and loaded on first use, as those of packages/database are.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from buster_jobs.packages.warehouse.catalog import refresh_catalog
    from buster_jobs.packages.warehouse.sync import SyncRequest, sync_data_source

_HOMES = {"SyncRequest": "sync", "refresh_catalog": "catalog", "sync_data_source": "sync"}

__all__ = ["SyncRequest", "refresh_catalog", "sync_data_source"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"{__name__} has no {name}.")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
