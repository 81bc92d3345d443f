"""Plans as frozen values: everything that the SQL and the sentence of an answer need."""

from dataclasses import dataclass

from buster_jobs.packages.ai.offline.reading.readings import Aggregate, Scalar
from buster_jobs.packages.ai.offline.reading.times import Bucket, Moment
from buster_jobs.packages.ai.schema.clocks import Clock
from buster_jobs.packages.ai.schema.joins import Path
from buster_jobs.packages.data_sources.catalog import Column, Table


@dataclass(frozen=True, slots=True)
class Ref:
    """A column of the table at the end of `path`, which starts at the plan's root."""

    path: Path
    table: Table
    column: Column


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on a column. `op` is one of = <> < <= > >= in between null "not null"; `negated` reverses it."""

    ref: Ref
    op: str
    values: tuple[Scalar, ...] = ()
    negated: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class TimeFilter:
    """A condition on a clock."""

    clock: Clock
    moment: Moment


@dataclass(frozen=True, slots=True)
class Related:
    """Whether rows of `child` exist that lead to the root by `path`: "customers without orders in May".

    Paths in `conditions` start at the child.
    """

    child: Table
    path: Path
    negated: bool
    conditions: "tuple[Condition, ...]" = ()


Condition = Filter | TimeFilter | Related


@dataclass(frozen=True, slots=True)
class Measure:
    """One number for each group. `ref` is None for a count of root rows; a share counts or sums rows of `conditions`.

    A ratio is of the rows that meet `conditions` to those that meet `others`.
    """

    aggregate: Aggregate
    ref: Ref | None = None
    conditions: tuple[Condition, ...] = ()
    others: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """What rows are grouped by: a column (with the columns that name it), a bucket of a clock, or compared periods."""

    refs: tuple[Ref, ...] = ()
    keys: tuple[Ref, ...] = ()
    clock: Clock | None = None
    bucket: Bucket | None = None
    periods: tuple[TimeFilter, ...] = ()


@dataclass(frozen=True, slots=True)
class Rank:
    """Order by a measure (aggregated plans) or a column (rows plans), and keep the first `limit`.

    `within`: keep so many in each group but the first (aggregated plans), or in each group (rows plans).
    """

    descending: bool
    limit: int | None
    ref: Ref | None = None
    within: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """An aggregation when it has measures, else a list of rows or of distinct `columns`.

    `having` is a condition on the first measure, `outer` an aggregate of the groups' first measures. With `change`, one
    row shows both periods of the only group and their difference.
    """

    root: Table
    counted: Table | None
    measures: tuple[Measure, ...] = ()
    groups: tuple[Group, ...] = ()
    filters: tuple[Condition, ...] = ()
    rank: Rank | None = None
    columns: tuple[Ref, ...] = ()
    distinct: bool = False
    having: tuple[str, tuple[float, ...]] | None = None
    outer: Aggregate | None = None
    change: bool = False
