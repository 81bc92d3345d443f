"""Imports of files and queries into an organization's tables: read, check, stage, dedupe, load.

The steps are offered here by name and loaded on first use, because a code location must load quickly.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from buster_jobs.packages.warehouse.imports.steps import clean_up, extract, load, transform, validate

__all__ = ["clean_up", "extract", "load", "transform", "validate"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"{__name__} has no {name}.")
    return getattr(import_module(f"{__name__}.steps"), name)
