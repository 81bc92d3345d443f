"""From MySQL's types to the families that the analyst reasons with."""

from buster_jobs.packages.data_sources.catalog import ColumnType

_BY_NAME: dict[str, ColumnType] = {
    **dict.fromkeys(("tinyint", "smallint", "mediumint", "int", "bigint", "year", "bit"), "integer"),
    **dict.fromkeys(("decimal", "float", "double"), "number"),
    **dict.fromkeys(("char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set", "uuid"), "text"),
    **dict.fromkeys(("datetime", "timestamp"), "timestamp"),
    "date": "date",
    "time": "time",
    "json": "json",
}


def column_type(data_type: str, column_type: str, *, is_json: bool) -> ColumnType:
    """The family of information_schema's DATA_TYPE and COLUMN_TYPE. MariaDB's JSON is text with a check."""
    if column_type.lower() == "tinyint(1)":
        return "boolean"
    return "json" if is_json else _BY_NAME.get(data_type.lower(), "other")
