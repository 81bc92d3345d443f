"""The plan that validation passes to the later steps: the columns of the table and of the source."""

from pydantic import BaseModel, ConfigDict

from buster_jobs.packages.warehouse.imports.values.types import SqlType

LINE_COLUMN = "_buster_line"
"""The staging table's column of line numbers. Imported columns must have other names."""


class PlannedColumn(BaseModel):
    """A column of the table, and the column of the source that fills it."""

    model_config = ConfigDict(frozen=True)

    source: str
    name: str
    type: SqlType
    format: str | None = None
    trim: bool = False
    required: bool = False


class Plan(BaseModel):
    """The result of validation: columns, and counts of rows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    columns: list[PlannedColumn]
    makes_table: bool
    rows: int
    rejected: int
