"""The table that an import fills: its name, and its present columns."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

from buster_jobs.packages.errors import InvalidInput
from buster_jobs.packages.warehouse.imports.declaration import ImportDeclaration
from buster_jobs.packages.warehouse.schemas import organization_schema

_MOST_BYTES = 63
STAGING_PREFIX = "_import_"
"""Names of staging tables begin with it; names of imported tables must not."""

_TABLE = """
SELECT c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = :schema AND c.relname = :table
"""
_COLUMNS = """
SELECT a.attname, t.typname, a.atttypmod, format_type(a.atttypid, a.atttypmod),
    a.attnotnull AND NOT a.atthasdef AND a.attidentity = '', a.attgenerated <> '' OR a.attidentity = 'a'
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_type t ON t.oid = a.atttypid
WHERE n.nspname = :schema AND c.relname = :table AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attnum
"""


@dataclass(frozen=True, slots=True)
class TableName:
    """The schema and name of an organization's table."""

    schema: str
    table: str

    def __str__(self) -> str:
        return f"{self.schema}.{self.table}"


@dataclass(frozen=True, slots=True)
class TargetColumn:
    """A column. `type_name` and `modifier` are pg_type.typname and atttypmod; `sql_type` is the type in SQL."""

    name: str
    type_name: str
    modifier: int
    sql_type: str
    must_be_given: bool
    is_computed: bool


def target_table(declaration: ImportDeclaration) -> TableName:
    """The declared table. Raises `InvalidInput` for a name that a table cannot have."""
    check_identifier(declaration.table, "table")
    if declaration.table.startswith(STAGING_PREFIX):
        raise InvalidInput(f"A table's name cannot begin with {STAGING_PREFIX}: choose another.")
    return TableName(organization_schema(declaration.organization_id), declaration.table)


def check_identifier(name: str, what: str) -> None:
    """Raises `InvalidInput` for a name that PostgreSQL would refuse, or silently cut."""
    if not name or "\0" in name:
        raise InvalidInput(f"A {what} needs a name without NUL characters.")
    if len(name.encode("utf-8", "replace")) > _MOST_BYTES:
        raise InvalidInput(
            f"The name of the {what} {name[:40]!r}… has more than {_MOST_BYTES} bytes: give it a shorter one."
        )


def read_target(connection: Connection, table: TableName) -> dict[str, TargetColumn] | None:
    """The table's columns by name; None if there is no such table. Raises `InvalidInput` for a view or the like."""
    names = {"schema": table.schema, "table": table.table}
    kind = connection.execute(text(_TABLE), names).scalar()
    if kind is None:
        return None
    if kind not in ("r", "p"):
        raise InvalidInput(f"{table.table} is a view, or something else than a table: choose another name.")
    return {row[0]: TargetColumn(*row) for row in connection.execute(text(_COLUMNS), names)}
