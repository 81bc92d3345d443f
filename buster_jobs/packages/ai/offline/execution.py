"""Runs plans. Of equally good ones, equal results give the answer; different results ask which reading is meant."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from sqlglot import exp

from buster_jobs.packages.ai.offline.errors import Declined
from buster_jobs.packages.ai.offline.plans.plan import Filter, Plan
from buster_jobs.packages.ai.offline.sql.dialects import written
from buster_jobs.packages.ai.offline.sql.joined_keys import joined_keys
from buster_jobs.packages.ai.offline.sql.query import SqlBuilder
from buster_jobs.packages.ai.schema.uniqueness import UniqueKeys
from buster_jobs.packages.data_sources.source import DataSource, QueryResult

_MAX_READINGS = 4
_SECONDS = 30.0
# Wider results are compared column by column, in their own order: the permutations would be too many.
_MOST_COLUMNS = 5


@dataclass(frozen=True, slots=True)
class Executed:
    """A plan with its result."""

    plan: Plan
    result: QueryResult


class Runner:
    """Runs the queries of one question. `executed` are those that the answer rests on."""

    def __init__(self, source: DataSource, keys: UniqueKeys) -> None:
        self.source, self.keys = source, keys
        self.executed: list[Executed] = []

    def settle(self, plans: list[Plan], differences: list[str]) -> tuple[Executed, list[str]]:
        """The result of the plans, with remarks on it. `differences` says what sets each plan apart.

        Raises `Declined` when results differ, when there are more than 4 plans, or when a join may double rows.
        """
        if len(plans) > _MAX_READINGS:
            raise Declined(_choices(differences))
        if len(plans) > 1 and (together := _together(plans)):
            plans = [together]
        done = [Executed(plan, self._run(plan)) for plan in plans]
        # The widest result comes first: the others may show fewer columns of the same rows.
        done.sort(key=lambda one: -len(one.result.columns))
        if not all(_told_by(other.result, done[0].result) for other in done[1:]):
            self.executed = []
            raise Declined(_choices(differences))
        self.executed = done[:1]
        _refuse_empty_partial(done[0])
        return done[0], self._ties(done[0])

    def _run(self, plan: Plan, *, limit: int | None = None, offset: int | None = None) -> QueryResult:
        try:
            query = SqlBuilder(plan).build(limit=limit, offset=offset)
        except ValueError as error:
            raise Declined(f"I cannot express this with the columns for time that there are ({error})") from error
        self._refuse_doubling(query)
        return self.source.query(written(query, self.source.dialect), timeout=_SECONDS)

    def _refuse_doubling(self, query: exp.Select) -> None:
        """Raises `Declined` when a join of the query doubles rows, or may do so."""
        for key in sorted(joined_keys(query)):
            named = f"{' and '.join(key[2])} of {key[1]}"
            match self.keys.of(key):
                case "shared":
                    raise Declined(
                        f"I would have to join by {named}, which several rows share, so that rows would count more "
                        "than once"
                    )
                case "unknown":
                    raise Declined(
                        f"I would have to join by {named}, which is no declared key, and could not see whether it is "
                        "unique"
                    )
                case "unique":
                    pass

    def _ties(self, done: Executed) -> list[str]:
        """A remark if a row that the limit left out ties with the last one that is shown."""
        rank, rows = done.plan.rank, done.result.rows
        if rank is None or rank.within or rank.limit is None or len(rows) < rank.limit or not rows:
            return []
        following = self._run(done.plan, limit=1, offset=rank.limit).rows
        at = _ranked_column(done)
        if following and following[0][at] == rows[-1][at]:
            return ["Others tie with the last one shown; the limit cuts between equals."]
        return []


def _told_by(result: QueryResult, wider: QueryResult) -> bool:
    """Whether some columns of `wider` hold the rows of `result`, in any order."""
    if len(wider.columns) > _MOST_COLUMNS or len(result.rows) != len(wider.rows):
        return _plain(result.rows) == _plain(wider.rows)
    wanted = _plain(result.rows)
    return any(
        _plain([[row[index] for index in chosen] for row in wider.rows]) == wanted
        for chosen in permutations(range(len(wider.columns)), len(result.columns))
    )


def _plain(rows: Sequence[Sequence[object]]) -> list[str]:
    return sorted(str([str(value) for value in row]) for row in rows)


def _refuse_empty_partial(done: Executed) -> None:
    """Raises `Declined` for a name that begins with the asked word and has no rows: another was likely meant."""
    conditions = [*done.plan.filters, *(c for measure in done.plan.measures for c in measure.conditions)]
    partial = [c for c in conditions if isinstance(c, Filter) and c.words and c.op in ("=", "in")]
    empty = not done.result.rows or (len(done.result.rows) == 1 and all(not value for value in done.result.rows[0]))
    if partial and empty and isinstance(partial[0].values[0], str):
        raise Declined(f"by “{partial[0].words}” I find only “{partial[0].values[0]}”, which has no rows here")


def _ranked_column(done: Executed) -> int:
    plan = done.plan
    if plan.rank is not None and plan.rank.ref is not None:
        return plan.columns.index(plan.rank.ref)
    width = sum(2 if measure.aggregate in ("avg", "median") else 1 for measure in plan.measures)
    return len(done.result.columns) - width


def _together(plans: list[Plan]) -> Plan | None:
    """One plan that shows all measures, if the plans differ in their measures only and rank by none of them."""
    first = plans[0]
    if first.rank is not None or first.having is not None or not first.measures:
        return None
    if any(replace(plan, measures=()) != replace(first, measures=()) for plan in plans):
        return None
    if any([m.aggregate for m in plan.measures] != [m.aggregate for m in first.measures] for plan in plans):
        return None
    measures = tuple(dict.fromkeys(measure for plan in plans for measure in plan.measures))
    if any(measure.ref is None or measure.aggregate in ("count", "distinct") for measure in measures):
        return None
    return replace(first, measures=measures)


def _choices(differences: list[str]) -> str:
    shown = " or ".join(
        f"({letter}) {text}" for letter, text in zip("abcdef", dict.fromkeys(differences), strict=False)
    )
    return f"the question has more than one reading, which give different results; please say which you mean: {shown}"
