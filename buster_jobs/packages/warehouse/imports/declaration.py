"""The declaration of an import: the source of the rows, a rule for each column, and the table."""

from hashlib import sha256
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

ColumnType = Literal[
    "auto",
    "text",
    "integer",
    "number",
    "decimal",
    "boolean",
    "date",
    "time",
    "timestamp",
    "timestamptz",
    "uuid",
    "json",
]
FileFormat = Literal["auto", "csv", "jsonl", "parquet"]


class ImportSource(BaseModel):
    """A file, or a query of a data source."""

    model_config = ConfigDict(extra="forbid")

    file: str | None = Field(
        default=None,
        description="Path below BUSTER_IMPORT_DIR, or a URL that BUSTER_IMPORT_URLS allows",
        min_length=1,
        max_length=4_000,
    )
    format: FileFormat = Field(default="auto", description="auto: told by the file's name")
    delimiter: str | None = Field(default=None, description="CSV: one character; without it, told by the file")
    quote: str = Field(default='"', description="CSV: one character", min_length=1, max_length=1)
    encoding: str = Field(default="utf-8", description="CSV and JSON lines: such as utf-8 or cp1252", max_length=40)
    header: bool = Field(default=True, description="CSV: the first line names the columns; else they are column_1, …")
    data_source_id: UUID | None = Field(default=None, description="Instead of a file: the data source to query")
    query: str | None = Field(default=None, description="What to ask of the data source", max_length=100_000)
    user_id: UUID | None = Field(default=None, description="As whom: the query sees what this member may see")

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.file is None) == (self.data_source_id is None):
            raise ValueError("give either a file or a data source")
        asked = (self.data_source_id, self.query, self.user_id)
        if any(part is None for part in asked) != all(part is None for part in asked):
            raise ValueError("a data source, a query and a user who asks go together")
        if self.delimiter is not None and (len(self.delimiter) != 1 or self.delimiter in f'{self.quote}"\r\n'):
            raise ValueError("the delimiter is one character, and not the quote")
        return self


class ColumnRule(BaseModel):
    """How one column of the source is imported."""

    model_config = ConfigDict(extra="forbid")

    source: str = Field(description="Its name in the source", min_length=1)
    name: str | None = Field(default=None, description="Its name in the table; without it, the same", min_length=1)
    type: ColumnType = Field(default="auto", description="auto: the table's, or for a new table what all values fit")
    format: str | None = Field(default=None, description="Dates and times: as in strptime, such as %d/%m/%Y")
    trim: bool = Field(default=False, description="Text: without blanks at both ends")
    required: bool = Field(default=False, description="A row without a value is rejected")


class ImportDeclaration(BaseModel):
    """Everything that decides what an import does. No `import_id` is loaded twice."""

    model_config = ConfigDict(extra="forbid")

    organization_id: UUID = Field(description="Whose warehouse")
    import_id: str = Field(
        description="Any name of your choice: an import that was loaded is never loaded again under it",
        min_length=1,
        max_length=200,
        pattern=r"^\S([^\r\n]*\S)?$",
    )
    source: ImportSource = Field(description="Where the rows come from")
    table: str = Field(description="The table to fill; made when it is not there", min_length=1)
    columns: list[ColumnRule] = Field(default=[], description="Rules for columns; the others keep name and type")
    other_columns: Literal["import", "ignore"] = Field(
        default="import", description="What becomes of columns of the source without a rule"
    )
    null_words: list[str] = Field(
        default=[], description="Values that mean nothing, such as NA; empty fields always do"
    )
    mode: Literal["append", "replace"] = Field(
        default="append", description="append: keep the table's rows; replace: put the new ones in their place"
    )
    key: list[str] = Field(
        default=[], description="Columns of the table that tell rows apart: a row with a known key updates the old one"
    )
    keep: Literal["last", "first"] = Field(default="last", description="Which of the source's rows with one key counts")
    allowed_rejects: int = Field(default=0, description="With more bad rows, nothing is loaded", ge=0)
    allowed_reject_share: float = Field(
        default=0, description="The same as a share of all rows, such as 0.01; the larger of both counts", ge=0, le=1
    )
    kept_rejects: int = Field(default=1_000, description="How many bad values are kept to look at", ge=1, le=100_000)
    wait_seconds: float = Field(default=5, description="Rate-limit window before loading, in seconds", ge=0, le=86_400)

    def content_hash(self) -> str:
        """A hash of the declaration: two imports with the same id must have the same one."""
        return sha256(self.model_dump_json(exclude={"wait_seconds"}).encode()).hexdigest()

    def most_rejects(self, rows: int) -> int:
        """How many of `rows` may be bad before nothing is loaded."""
        return max(self.allowed_rejects, int(self.allowed_reject_share * rows))
