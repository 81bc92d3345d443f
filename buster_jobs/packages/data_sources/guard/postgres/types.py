"""The types that a PostgreSQL query may cast to. Not the reg* types: they look up, and so tell, what exists."""

from sqlglot import exp

from buster_jobs.packages.data_sources.catalog import Catalog
from buster_jobs.packages.data_sources.guard.refusal import quoted, refuse

_D = exp.DType
_KNOWN = {
    _D.ARRAY, _D.BIGINT, _D.BIT, _D.BOOLEAN, _D.BPCHAR, _D.CHAR, _D.DATE, _D.DATEMULTIRANGE, _D.DATERANGE, _D.DECIMAL,
    _D.DOUBLE, _D.FLOAT, _D.HSTORE, _D.INET, _D.INT, _D.INT4MULTIRANGE, _D.INT4RANGE, _D.INT8MULTIRANGE, _D.INT8RANGE,
    _D.INTERVAL, _D.JSON, _D.JSONB, _D.MONEY, _D.NAME, _D.NUMMULTIRANGE, _D.NUMRANGE, _D.POINT, _D.POLYGON, _D.SMALLINT,
    _D.TEXT, _D.TIME, _D.TIMETZ, _D.TIMESTAMP, _D.TIMESTAMPTZ, _D.TSMULTIRANGE, _D.TSRANGE, _D.TSTZMULTIRANGE,
    _D.TSTZRANGE, _D.UUID, _D.VARCHAR, _D.VARBINARY, _D.VECTOR,
}  # fmt: skip
_NAMED = frozenset(
    [
        "jsonpath",
        "tsvector",
        "tsquery",
        "citext",
        "ltree",
        "cidr",
        "macaddr",
        "macaddr8",
        "box",
        "circle",
        "line",
        "lseg",
        "path",
        "bytea",
    ]
)


def check_type(node: exp.DataType, catalog: Catalog) -> None:
    """Refuse a type that is neither built in and harmless nor one of the catalog's columns'.

    Writes the schema before a column's type, because the search path does not lead there.
    """
    if node.this in _KNOWN:
        return
    kind = node.args.get("kind")
    name = kind.sql(dialect="postgres") if isinstance(kind, exp.Expr) else str(kind or "")
    if node.this is _D.USERDEFINED:
        if name.lower().removeprefix("pg_catalog.") in _NAMED:
            return
        if (qualified := _types_of_columns(catalog).get(name)) is not None:
            node.set("kind", qualified)
            return
    refuse(f"A cast to the type {quoted(name or node.sql(dialect='postgres'))} is not allowed.")


def _types_of_columns(catalog: Catalog) -> dict[str, str]:
    """The columns' own types with their schema, by their names with and without it."""
    written = {column.sql_type.removesuffix("[]") for table in catalog.tables for column in table.columns}
    own = sorted(sql_type for sql_type in written if "." in sql_type and "(" not in sql_type)
    return {sql_type.rpartition(".")[2]: sql_type for sql_type in own} | {sql_type: sql_type for sql_type in own}
