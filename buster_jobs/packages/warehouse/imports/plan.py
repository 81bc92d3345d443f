"""What validation hands on to the later steps: the columns, and what fills them. Plain data."""

from pydantic import BaseModel, ConfigDict

from buster_jobs.packages.warehouse.imports.values.types import SqlType

LINE_COLUMN = "_buster_line"
"""Of a staging table: the source's line. No imported column may have its name."""


class PlannedColumn(BaseModel):
    """A column of the table, and what it is filled with."""

    model_config = ConfigDict(frozen=True)

    source: str
    name: str
    type: SqlType
    format: str | None = None
    trim: bool = False
    required: bool = False


class Plan(BaseModel):
    """What validation found out: everything that the later steps need to know of columns."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    columns: list[PlannedColumn]
    makes_table: bool
    rows: int
    rejected: int
