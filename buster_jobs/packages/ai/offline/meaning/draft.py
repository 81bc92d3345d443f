"""What one reading of a question asks for, before tables are joined: columns without paths to them."""

from dataclasses import dataclass, field

from buster_jobs.packages.ai.offline.reading.readings import Aggregate, Scalar
from buster_jobs.packages.ai.offline.reading.times import Bucket, Moment
from buster_jobs.packages.data_sources.catalog import Column, Table


@dataclass(frozen=True, slots=True)
class Want:
    """A column. `roles` (prepositions) and `via` (a key column) say by which key to reach its table."""

    table: Table
    column: Column
    roles: frozenset[str] = frozenset()
    via: str | None = None


@dataclass(frozen=True, slots=True)
class WantFilter:
    """A condition on a column."""

    want: Want
    op: str
    values: tuple[Scalar, ...] = ()
    negated: bool = False
    position: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class WantTime:
    """A condition on the time of rows; `want` is its column, if the question names one."""

    moment: Moment
    want: Want | None = None
    position: int = 0


@dataclass(frozen=True, slots=True)
class WantMeasure:
    """An aggregate of a column, or of the rows of `table`; without both, of the rows of the root."""

    aggregate: Aggregate
    want: Want | None = None
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class WantGroup:
    """A table, a column or a unit of time to group by."""

    table: Table | None = None
    want: Want | None = None
    bucket: Bucket | None = None
    plural: bool = False
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class WantRelated:
    """A condition that rows of another table exist, or with `negated` do not: "customers without orders"."""

    table: Table
    negated: bool
    filters: tuple[WantFilter, ...] = ()
    times: tuple[WantTime, ...] = ()
    position: int = 0


@dataclass(slots=True)
class Draft:
    """All parts of one reading.

    `rank` is (descending, limit). `judge` is True for "best", False for "worst": `settle_judgement` turns it into a
    direction. `having` is a comparison of the first measure, as (operator, numbers). `bonus` is added to the score.
    """

    measures: list[WantMeasure] = field(default_factory=list[WantMeasure])
    groups: list[WantGroup] = field(default_factory=list[WantGroup])
    filters: list[WantFilter] = field(default_factory=list[WantFilter])
    times: list[WantTime] = field(default_factory=list[WantTime])
    share: list[WantFilter] | None = None
    share_others: list[WantFilter] = field(default_factory=list[WantFilter])
    share_times: list[WantTime] = field(default_factory=list[WantTime])
    related: list[WantRelated] = field(default_factory=list[WantRelated])
    # Compared periods; with `change`, the difference between the first and the last is asked for.
    periods: list[Moment] = field(default_factory=list[Moment])
    change: bool = False
    # The aggregate of the groups' numbers: "average number of orders per customer".
    outer: Aggregate | None = None
    asks_when: bool = False
    tables: list[Table] = field(default_factory=list[Table])
    shown: list[Want] = field(default_factory=list[Want])
    rank: tuple[bool, int | None] | None = None
    asked_limit: int | None = None
    judge: bool | None = None
    judge_text: str = ""
    row_column: Want | None = None
    entity: Table | None = None
    having: tuple[str, tuple[float, ...]] | None = None
    # Whether "and" joins the values of a condition: a number of each, or of all together, may be meant.
    joined: bool = False
    listing: bool = False
    asked: bool = False
    bonus: float = 0.0
