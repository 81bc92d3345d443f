"""What a span of a question can mean: one frozen value for each kind of reading."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from buster_jobs.packages.ai.offline.reading.times import Bucket, Moment
from buster_jobs.packages.data_sources.catalog import Column, Table

Aggregate = Literal["count", "distinct", "sum", "avg", "median", "min", "max", "share", "ratio"]
Scalar = str | int | float | bool
Sense = Literal["count", "value", "judge", "top"]


@dataclass(frozen=True, slots=True)
class Superlative:
    """`dimensions`: what it measures; `inverse`: columns where the direction is reversed (oldest: least year)."""

    sense: Sense
    descending: bool = True
    dimensions: frozenset[str] = frozenset()
    inverse: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Glue:
    """A word that joins others and means nothing by itself."""

    word: str


@dataclass(frozen=True, slots=True)
class Agg:
    """An aggregate that is asked for."""

    aggregate: Aggregate


@dataclass(frozen=True, slots=True)
class Mark:
    """A marker: per, ask, not, null, distinct, role, or "rate"."""

    kind: str
    word: str


@dataclass(frozen=True, slots=True)
class Most:
    """A superlative, with its number when it has one."""

    superlative: Superlative
    limit: int | None


@dataclass(frozen=True, slots=True)
class Cmp:
    """A comparison with numbers; `adjective` and `unit` say of what."""

    op: str
    numbers: tuple[Decimal, ...]
    adjective: Superlative | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Num:
    """A number outside of a comparison."""

    number: Decimal


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression."""

    moment: Moment


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of time to group by; `adverb` for "monthly", which needs no "per"."""

    bucket: Bucket
    adverb: bool


@dataclass(frozen=True, slots=True)
class Tab:
    """A table."""

    table: Table


@dataclass(frozen=True, slots=True)
class Col:
    """A column."""

    table: Table
    column: Column


@dataclass(frozen=True, slots=True)
class Val:
    """A condition on a column that one phrase states: a value of the data, or with `stated` what the schema calls it.

    `op` is =, in, <, >, null, "not null", or "several" when the phrase begins several values."""

    table: Table
    column: Column
    op: str
    values: tuple[Scalar, ...] = ()
    stated: bool = field(default=False)


Reading = Glue | Agg | Mark | Most | Cmp | Num | Time | Unit | Tab | Col | Val


@dataclass(frozen=True, slots=True)
class Item:
    """A span of tokens `start` to `end` with everything that it can mean, each with a score up to 1."""

    start: int
    end: int
    text: str
    readings: tuple[tuple[Reading, float], ...]
