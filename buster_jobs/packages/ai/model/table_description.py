"""What `describe_table` tells the model of a table: columns and keys, what names imply, what statistics know.

Every text that it takes from a database is data: the conversation marks the whole description as such.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from pydantic import JsonValue

from buster_jobs.packages.ai.model.limits import Limits
from buster_jobs.packages.ai.schema.clocks import clocks
from buster_jobs.packages.ai.schema.comments import read_comment
from buster_jobs.packages.ai.schema.deleted_rows import deletion_mark
from buster_jobs.packages.ai.schema.derived_columns import Derived, derived_columns
from buster_jobs.packages.ai.schema.implied_keys import with_own_implied_keys
from buster_jobs.packages.ai.schema.statistics import ColumnStatistics, TableStatistics, age
from buster_jobs.packages.ai.values import json_value
from buster_jobs.packages.data_sources.catalog import Catalog, Column, ForeignKey, Table

Described = dict[str, JsonValue]

_FEW = 3
_MOST_IMPLIED = 20
_NOTE = "read from names, types and comments; the database declares none of it"


def summary(table: Table) -> Described:
    """The table as a list of tables shows it: name, kind, estimated number of rows, comment."""
    told: Described = {"table": f"{table.schema}.{table.name}", "kind": table.kind, "rows": table.row_count}
    return {**told, "comment": table.comment} if table.comment else told


def describe_table(table: Table, catalog: Catalog, known: TableStatistics | None, limits: Limits) -> Described:
    """The fullest description that has at most `limits.result_characters` as JSON.

    Statistics give way first, then what is implied. Columns and declared keys always stay. `catalog` holds the tables
    and columns that the member may see, so implied keys lead to these only.
    """
    plain = _declared(table)
    implied = _implied(table, catalog)
    full: Described = {**plain, "implied": {**implied, "note": _NOTE}} if implied else plain
    fuller = (_with_statistics(full, known, columns) for columns in _tellings(known, limits.cell_characters))
    for described in (*fuller, full):
        if len(json.dumps(described, ensure_ascii=False)) <= limits.result_characters:
            return described
    return plain


def _declared(table: Table) -> Described:
    return {
        **summary(table),
        "columns": [_column(column) for column in table.columns],
        "primary_key": [*table.primary_key],
        "foreign_keys": [_key(key) for key in table.foreign_keys],
    }


def _column(column: Column) -> Described:
    told: Described = {"name": column.name, "type": column.sql_type, "nullable": column.nullable}
    return {**told, "comment": column.comment} if column.comment else told


def _key(key: ForeignKey) -> Described:
    return {
        "columns": [*key.columns],
        "refers_to": f"{key.referred_schema}.{key.referred_table}",
        "referred_columns": [*key.referred_columns],
    }


def _implied(table: Table, catalog: Catalog) -> Described:
    """What names, types and comments imply beyond the declarations; empty when they imply nothing."""
    keyed = with_own_implied_keys(table, catalog)
    derived = derived_columns(table, datetime.now(UTC).date())
    told: Described = {}
    if keyed.primary_key != table.primary_key:
        told["primary_key"] = [*keyed.primary_key]
    if keys := [_key(key) for key in keyed.foreign_keys if key not in table.foreign_keys]:
        told["foreign_keys"] = [*keys[:_MOST_IMPLIED]]
    if (mark := deletion_mark(table)) is not None:
        test = "true" if mark.type == "boolean" else "not null"
        told["deleted_rows"] = f"a row counts as deleted when {mark.name} is {test}"
    if (time := _time(table, derived)) is not None:
        told["time"] = f"{time.name} tells when a row happened"
    if units := {column.name: unit for column in table.columns if (unit := read_comment(column).unit)}:
        told["units"] = {**units}
    if computable := [_computable(column) for column in derived]:
        told["computable_columns"] = [*computable[:_MOST_IMPLIED]]
    return told


def _time(table: Table, derived: list[Derived]) -> Column | None:
    """The column that tells the time of a row, where a table has several dates. `derived` spans rule out their ends."""
    dated = [column for column in table.columns if column.type in ("date", "timestamp")]
    found = clocks(replace(table, columns=(*table.columns, *derived)), ())
    return found[0].column if len(found) == 1 and len(dated) > 1 else None


def _computable(column: Derived) -> str:
    match column.kind:
        case "span":
            return f"{column.name}: from {column.start} to {column.end}"
        case "late":
            return f"{column.name}: {column.end} is after {column.start}"
        case "overdue":
            return f"{column.name}: {column.end} is null and {column.start} has passed"
        case "age":
            return f"{column.name}: whole years since {column.start}"


def _with_statistics(described: Described, known: TableStatistics | None, told: dict[str, Described]) -> Described:
    columns = described["columns"]
    if known is None or not isinstance(columns, list):
        return described
    full = [{**column, **told.get(str(column["name"]), {})} for column in columns if isinstance(column, dict)]
    return {**described, "statistics": _source(known), "columns": [*full]}


def _source(known: TableStatistics) -> Described:
    now = datetime.now(UTC)
    return {
        "from": "a sample of the rows, not exact",
        "as_of": known.looked_at.astimezone(UTC).isoformat(timespec="minutes"),
        "age": age(known.looked_at, now),
        "rows_then": known.rows,
    }


def _tellings(known: TableStatistics | None, limit: int) -> Iterator[dict[str, Described]]:
    """What statistics tell of each column, the fullest first; nothing when there are none."""
    if known is None:
        return
    yield {name: _told(column, limit, None) for name, column in known.columns.items()}
    yield {name: _told(column, limit, _FEW) for name, column in known.columns.items()}
    yield {name: {"null_share": column.null_share} for name, column in known.columns.items()}


def _told(column: ColumnStatistics, limit: int, most: int | None) -> Described:
    told: Described = {"null_share": column.null_share, "distinct_values": column.distinct_count}
    if column.minimum is not None:
        told |= {"minimum": json_value(column.minimum, limit), "maximum": json_value(column.maximum, limit)}
    if column.most_common:
        told["most_common"] = [[json_value(value, limit), share] for value, share in column.most_common[:most]]
    if column.all_values is not None and most is None:
        told["all_values"] = [json_value(value, limit) for value in column.all_values]
    return told
