"""From PostgreSQL's types to the families that the analyst reasons with."""

from buster_jobs.packages.data_sources.catalog import ColumnType

_BY_NAME: dict[str, ColumnType] = {
    **dict.fromkeys(("int2", "int4", "int8"), "integer"),
    **dict.fromkeys(("numeric", "float4", "float8", "money"), "number"),
    **dict.fromkeys(("text", "varchar", "bpchar", "char", "name", "citext", "uuid"), "text"),
    **dict.fromkeys(("time", "timetz"), "time"),
    **dict.fromkeys(("timestamp", "timestamptz"), "timestamp"),
    **dict.fromkeys(("json", "jsonb"), "json"),
    "bool": "boolean",
    "date": "date",
    "interval": "interval",
}


def column_type(base_name: str, kind: str) -> ColumnType:
    """The family of a type by its pg_type.typname (of a domain's base type) and typtype. Enums are text."""
    return "text" if kind == "e" else _BY_NAME.get(base_name, "other")
