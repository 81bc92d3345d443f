"""What one reading of a question asks for, before tables are joined: columns are named, ways to them are not chosen."""

from dataclasses import dataclass, field

from buster_jobs.packages.ai.offline.reading.readings import Aggregate, Scalar
from buster_jobs.packages.ai.offline.reading.times import Bucket, Moment
from buster_jobs.packages.data_sources.catalog import Column, Table


@dataclass(frozen=True, slots=True)
class Want:
    """A column, with the prepositions and columns that say by which key to reach its table."""

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
    """A condition on the time of rows, of `column` when the question says which."""

    moment: Moment
    want: Want | None = None
    position: int = 0


@dataclass(frozen=True, slots=True)
class WantMeasure:
    """An aggregate of a column, or (without one) of the rows of `table`; neither means the rows of the root."""

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
    """Whether there are rows of another table that belong to the row and meet the conditions: "without orders"."""

    table: Table
    negated: bool
    filters: tuple[WantFilter, ...] = ()
    times: tuple[WantTime, ...] = ()
    position: int = 0


@dataclass(slots=True)
class Draft:
    """All parts of one reading."""

    measures: list[WantMeasure] = field(default_factory=list[WantMeasure])
    groups: list[WantGroup] = field(default_factory=list[WantGroup])
    filters: list[WantFilter] = field(default_factory=list[WantFilter])
    times: list[WantTime] = field(default_factory=list[WantTime])
    share: list[WantFilter] | None = None
    share_others: list[WantFilter] = field(default_factory=list[WantFilter])
    share_times: list[WantTime] = field(default_factory=list[WantTime])
    related: list[WantRelated] = field(default_factory=list[WantRelated])
    # Times that are set side by side; with `change`, what happened between the first and the last.
    periods: list[Moment] = field(default_factory=list[Moment])
    change: bool = False
    # What is computed of the groups' numbers: "average number of orders per customer".
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
    # Whether only "and" joins the values of a condition: of each, or of all together.
    joined: bool = False
    listing: bool = False
    asked: bool = False
    bonus: float = 0.0
