"""Checks each piece of a PostgreSQL query: kinds of syntax, types of casts. Tables are checked in `guard.tables`."""

import re

from sqlglot import exp

from buster_jobs.packages.data_sources.catalog import Catalog
from buster_jobs.packages.data_sources.guard.allow_list import ROOTS
from buster_jobs.packages.data_sources.guard.engines.postgres.calls import check_call
from buster_jobs.packages.data_sources.guard.refusal import quoted, refuse

_QUERY = {
    exp.Select, exp.Union, exp.Intersect, exp.Except, exp.Subquery, exp.With, exp.CTE, exp.RecursiveWithSearch,
    exp.From, exp.Join, exp.Lateral, exp.Table, exp.TableAlias, exp.TableSample, exp.Unnest, exp.Values, exp.ColumnDef,
    exp.Where, exp.Group, exp.GroupingSets, exp.Rollup, exp.Cube, exp.Having, exp.Order, exp.Ordered,
    exp.Limit, exp.Offset, exp.Fetch, exp.LimitOptions, exp.Distinct,
}  # fmt: skip
_NAMES_AND_VALUES = {
    exp.Identifier, exp.Column, exp.Star, exp.Alias, exp.Literal, exp.Null, exp.Boolean, exp.BitString, exp.HexString,
    exp.Array, exp.Tuple, exp.Paren, exp.Var, exp.Kwarg, exp.PropertyEQ, exp.Dot, exp.Bracket, exp.Slice,
    exp.Cast, exp.DataType, exp.DataTypeParam,
}  # fmt: skip
_OPERATORS = {
    exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.NullSafeEQ, exp.NullSafeNEQ,
    exp.Is, exp.In, exp.Between, exp.Exists, exp.Any, exp.All, exp.Like, exp.ILike, exp.SimilarTo, exp.Escape,
    exp.RegexpLike, exp.RegexpILike, exp.Operator, exp.StartsWith, exp.Collate, exp.AtTimeZone, exp.Overlaps,
    exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod, exp.Pow, exp.Sqrt, exp.Cbrt, exp.Neg, exp.DPipe,
    exp.BitwiseAnd, exp.BitwiseOr, exp.BitwiseXor, exp.BitwiseNot, exp.BitwiseLeftShift, exp.BitwiseRightShift,
    exp.ArrayContainsAll, exp.ArrayContainedBy, exp.ArrayOverlaps, exp.Adjacent, exp.ExtendsLeft, exp.ExtendsRight,
    exp.Distance, exp.MatchAgainst, exp.JSON, exp.JSONExtract, exp.JSONExtractScalar, exp.JSONBExtract,
    exp.JSONBExtractScalar, exp.JSONBContainsTopKey, exp.JSONBContainsAllTopKeys, exp.JSONBContainsAnyTopKeys,
    exp.JSONBDeleteAtPath, exp.JSONBPathExists,
}  # fmt: skip
_CALLS = {
    exp.Anonymous, exp.Case, exp.If, exp.Extract, exp.Overlay, exp.StrPosition, exp.Substring, exp.Trim,
    exp.CurrentDate, exp.CurrentTime, exp.CurrentTimestamp, exp.Localtime, exp.Localtimestamp,
    exp.Filter, exp.WithinGroup, exp.Window, exp.WindowSpec,
}  # fmt: skip

_NODES: frozenset[type[exp.Expr]] = frozenset(_QUERY | _NAMES_AND_VALUES | _OPERATORS | _CALLS)

# The binary operators that sqlglot has no node for and that the lexer writes as OPERATOR(…).
_SPELLED_OPERATORS = frozenset({"pg_catalog.!~", "pg_catalog.!~*"})

# Types that a query may cast to. The reg* types are left out: they look up, and so reveal, what exists.
_D = exp.DType
_KNOWN = {
    _D.ARRAY, _D.BIGINT, _D.BIT, _D.BOOLEAN, _D.BPCHAR, _D.CHAR, _D.DATE, _D.DATEMULTIRANGE, _D.DATERANGE, _D.DECIMAL,
    _D.DOUBLE, _D.FLOAT, _D.HSTORE, _D.INET, _D.INT, _D.INT4MULTIRANGE, _D.INT4RANGE, _D.INT8MULTIRANGE, _D.INT8RANGE,
    _D.INTERVAL, _D.JSON, _D.JSONB, _D.MONEY, _D.NAME, _D.NUMMULTIRANGE, _D.NUMRANGE, _D.POINT, _D.POLYGON, _D.SMALLINT,
    _D.TEXT, _D.TIME, _D.TIMETZ, _D.TIMESTAMP, _D.TIMESTAMPTZ, _D.TSMULTIRANGE, _D.TSRANGE, _D.TSTZMULTIRANGE,
    _D.TSTZRANGE, _D.UUID, _D.VARCHAR, _D.VARBINARY, _D.VECTOR,
}  # fmt: skip
_TYPE_NAMES = """
    jsonpath tsvector tsquery citext ltree cidr macaddr macaddr8 box circle line lseg path bytea
"""
_NAMED = frozenset(_TYPE_NAMES.split())


def check_type(node: exp.DataType, catalog: Catalog) -> None:
    """Refuse a type, unless it is built in and harmless, or the type of a column in the catalog.

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


_WORD = re.compile(r"[A-Za-z_ ]+")
_REASONS: dict[type[exp.Expr], str] = {
    exp.Into: "SELECT INTO makes a table: only reading is allowed.",
    exp.Lock: "Locking rows (FOR UPDATE, FOR SHARE) is not allowed.",
    exp.Parameter: "Parameters are not allowed: write the value.",
    exp.Placeholder: "Parameters are not allowed: write the value.",
    exp.ObjectIdentifier: "A cast to an object identifier type (regclass, oid and the like) is not allowed.",
    exp.Concat: "Put || between strings that are to be joined.",
}


def check_syntax(tree: exp.Expr, catalog: Catalog) -> None:
    """Refuse a tree that holds anything outside the lists."""
    if not isinstance(tree, ROOTS):
        refuse(f"Only queries are allowed (SELECT, WITH … SELECT, VALUES), not {_kind(tree)}.")
    for node in tree.walk():
        if type(node) not in _NODES:
            refuse(_REASONS.get(type(node)) or f"{_kind(node)} is not allowed in a query.")
        _check_arguments(node)
        if isinstance(node, exp.Anonymous):
            check_call(node)
        elif isinstance(node, exp.DataType):
            check_type(node, catalog)


def _check_arguments(node: exp.Expr) -> None:
    match node:
        case exp.Dot():
            _check_dot(node)
        case exp.Var() if not _WORD.fullmatch(node.name):
            refuse(f"{quoted(node.name)} is not allowed here.")
        case exp.Operator() if str(node.args["operator"]) not in _SPELLED_OPERATORS:
            refuse("Operators written as OPERATOR(…) are not allowed: write the operator.")
        case exp.TableSample() if node.args["method"].name.upper() not in ("BERNOULLI", "SYSTEM"):
            refuse("Tables may be sampled by BERNOULLI or SYSTEM only.")
        case exp.Collate() if not isinstance(node.expression, exp.Identifier | exp.Column):
            refuse("A collation must be named plainly.")
        case exp.Is() if not isinstance(node.expression, exp.Null | exp.Boolean | exp.JSON | exp.Not):
            refuse("After IS only NULL, TRUE, FALSE, UNKNOWN or JSON may stand.")
        case _:
            pass


def _check_dot(node: exp.Dot) -> None:
    """`(row).field` and `schema.function(…)`; what stands left of a function is checked with the function."""
    if isinstance(node.expression, exp.Anonymous):
        if not isinstance(node.this, exp.Identifier):
            refuse("Only the schema pg_catalog may stand before a function.")
    elif not isinstance(node.expression, exp.Identifier | exp.Star):
        refuse("After a dot only a name may stand.")


def _kind(node: exp.Expr) -> str:
    if isinstance(node, exp.Command):
        return quoted(str(node.this).upper())
    return quoted(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(node).__name__).upper())
