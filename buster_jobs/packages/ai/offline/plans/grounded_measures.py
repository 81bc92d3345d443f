"""The measures of a plan: what is counted, added up, averaged or shared, by every way. Groups are next door."""

from buster_jobs.packages.ai.offline.errors import Misread
from buster_jobs.packages.ai.offline.meaning.draft import WantMeasure
from buster_jobs.packages.ai.offline.plans.plan import Condition, Measure, Ref
from buster_jobs.packages.ai.offline.plans.rooted_draft import Standpoint


def measure_by_ways(
    here: Standpoint, measure: WantMeasure, share: tuple[Condition, ...], others: tuple[Condition, ...]
) -> list[Measure]:
    if measure.aggregate in ("share", "ratio"):
        if measure.table not in (None, here.root):
            raise Misread("I can only compute a share of the rows that everything else belongs to", weight=2)
        refs = here.ways.refs(measure.want) if measure.want else [None]
        _added_once(here, [ref for ref in refs if ref])
        return [Measure(measure.aggregate, ref, share, others) for ref in refs]
    if measure.want is not None:
        refs = here.ways.refs(measure.want)
        if measure.aggregate in ("sum", "avg", "median"):
            _added_once(here, refs)
        return [Measure(measure.aggregate, ref) for ref in refs]
    if measure.table is None or measure.table == here.root:
        if here.draft.having and measure.table is None:
            raise Misread("I do not see which rows to count")
        return [Measure("count")]
    return [Measure("distinct", ref) for ref in here.ways.key_refs(measure.table)]


def _added_once(here: Standpoint, refs: list[Ref]) -> None:
    reached = next((ref for ref in refs if ref.path), None)
    if reached is not None:
        raise Misread(
            f"one row of {reached.table.name} belongs to many of {here.root.name}, so its numbers "
            "would count more than once",
            weight=3,
            final=True,
        )
