"""The order of refreshes: each view after the views that it reads."""

from collections.abc import Collection, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from buster_jobs.packages.errors import InvalidInput
from buster_jobs.packages.warehouse.schemas import organization_schema
from buster_jobs.packages.warehouse.views.values import View

Reads = Mapping[str, frozenset[str]]
"""For each view, the views that it reads."""


def reads_among(views: Iterable[View]) -> Reads:
    """The views that each of `views` reads among them, by name."""
    views = list(views)
    names = {view.name for view in views}
    return {
        view.name: frozenset(
            read.name
            for read in view.reads
            if read.schema == organization_schema(view.organization_id) and read.name in names
        )
        for view in views
    }


def sorter(reads: Reads) -> TopologicalSorter[str]:
    """A sorter that yields a view when all views that it reads are done. Raises `InvalidInput` for a cycle."""
    order = TopologicalSorter(reads)
    try:
        order.prepare()
    except CycleError as error:
        # From each view to the one that it reads, and back to the first.
        path = " reads ".join(reversed([f'"{name}"' for name in error.args[1]]))
        raise InvalidInput(f"These views would read each other in a circle: {path}. Leave one of them out.") from None
    return order


def with_readers(names: Collection[str], reads: Reads) -> set[str]:
    """The named views, and all views that read them, directly or indirectly."""
    found = set(names)
    while more := {name for name, read in reads.items() if name not in found and read & found}:
        found |= more
    return found
