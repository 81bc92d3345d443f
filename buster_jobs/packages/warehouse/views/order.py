"""Which view is made before which. Knows names only."""

from collections.abc import Collection, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from buster_jobs.packages.errors import InvalidInput
from buster_jobs.packages.warehouse.schemas import organization_schema
from buster_jobs.packages.warehouse.views.values import View

Reads = Mapping[str, frozenset[str]]
"""The views that each view reads."""


def reads_among(views: Iterable[View]) -> Reads:
    """What the views read of each other, by name."""
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
    """Hands out views when all that they read is done. Raises `InvalidInput` for a cycle, naming it."""
    order = TopologicalSorter(reads)
    try:
        order.prepare()
    except CycleError as error:
        # From each view to the one that it reads, and back to the first.
        path = " reads ".join(reversed([f'"{name}"' for name in error.args[1]]))
        raise InvalidInput(f"These views would read each other in a circle: {path}. Leave one of them out.") from None
    return order


def with_readers(names: Collection[str], reads: Reads) -> set[str]:
    """The named views, and all that read them, directly or not."""
    found = set(names)
    while more := {name for name, read in reads.items() if name not in found and read & found}:
        found |= more
    return found
