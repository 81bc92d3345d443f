"""Reading the catalog with SQLAlchemy's inspector. Rows are never counted: on these engines counting costs money."""

from typing import Any

from sqlalchemy import Connection, inspect
from sqlalchemy import types as sql
from sqlalchemy.engine.interfaces import ReflectedForeignKeyConstraint
from sqlalchemy.engine.reflection import ObjectKind

from buster_jobs.packages.data_sources.catalog import Catalog, Column, ColumnType, ForeignKey, Table

_SYSTEM = frozenset({"information_schema", "sys", "guest", "pg_catalog", "pg_internal", "pg_automv", "pg_toast"})
_FAMILIES: tuple[tuple[type[Any], ColumnType], ...] = (
    (sql.Boolean, "boolean"),
    (sql.Integer, "integer"),
    (sql.Numeric, "number"),
    (sql.DateTime, "timestamp"),
    (sql.Date, "date"),
    (sql.Time, "time"),
    (sql.Interval, "interval"),
    (sql.JSON, "json"),
    (sql.Uuid, "text"),
    (sql.String, "text"),
)


def read_catalog(connection: Connection) -> Catalog:
    """All tables and views outside of the system's schemas."""
    inspector = inspect(connection)
    tables: list[Table] = []
    for schema in sorted(inspector.get_schema_names()):
        # A fixed role of SQL Server has a schema of its own, without tables.
        if schema.casefold() in _SYSTEM or schema.startswith(("pg_temp", "db_")):
            continue
        views = {*inspector.get_view_names(schema), *inspector.get_materialized_view_names(schema)}
        columns = inspector.get_multi_columns(schema=schema, kind=ObjectKind.ANY)
        primary = inspector.get_multi_pk_constraint(schema=schema)
        foreign = inspector.get_multi_foreign_keys(schema=schema)
        for key, found in sorted(columns.items(), key=lambda item: item[0][1]):
            name = key[1]
            tables.append(
                Table(
                    schema=schema,
                    name=name,
                    kind="view" if name in views else "table",
                    columns=tuple(_column(column) for column in found),
                    primary_key=tuple((primary.get(key) or {}).get("constrained_columns") or ()),
                    foreign_keys=tuple(_foreign_key(item, schema) for item in foreign.get(key) or ()),
                )
            )
    return Catalog(tuple(tables))


def _column(found: Any) -> Column:
    kind: sql.TypeEngine[Any] = found["type"]
    return Column(found["name"], str(kind), column_type(kind), bool(found.get("nullable", True)), found.get("comment"))


def column_type(kind: sql.TypeEngine[Any]) -> ColumnType:
    """The family of SQLAlchemy's type."""
    for known, family in _FAMILIES:
        if isinstance(kind, known):
            return family
    return "other"


def _foreign_key(found: ReflectedForeignKeyConstraint, schema: str) -> ForeignKey:
    return ForeignKey(
        tuple(found["constrained_columns"]),
        found["referred_schema"] or schema,
        found["referred_table"],
        tuple(found["referred_columns"]),
    )
