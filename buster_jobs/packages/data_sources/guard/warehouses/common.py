"""What the four warehouses share: how functions are read, which syntax a query may hold. Not their spelling."""

from typing import Any

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect

from buster_jobs.packages.data_sources.guard.allow_list import COMMON_NODES, COMMON_TYPES, AllowList
from buster_jobs.packages.data_sources.guard.lexer import LexicalRules, write
from buster_jobs.packages.data_sources.guard.refusal import refuse
from buster_jobs.packages.data_sources.guard.round_trip import Parsers, only
from buster_jobs.packages.data_sources.guard.rules import Rules
from buster_jobs.packages.data_sources.guard.warehouses.functions import FUNCTIONS

_OWN_GRAMMAR = ("CAST", "EXTRACT", "LISTAGG", "POSITION", "SUBSTRING", "TRIM", "TRY_CAST", "SAFE_CAST")
_NODES = COMMON_NODES | {
    exp.Lateral, exp.Qualify, exp.ILike, exp.SimilarTo, exp.RegexpLike, exp.Interval, exp.Extract, exp.Substring,
    exp.StrPosition, exp.Trim, exp.TryCast, exp.Any, exp.All, exp.Filter, exp.WithinGroup, exp.IgnoreNulls,
    exp.RespectNulls, exp.GroupingSets, exp.Rollup, exp.Cube, exp.AtTimeZone, exp.Fetch, exp.LimitOptions,
    exp.GroupConcat, exp.CurrentDatetime, exp.BitwiseXor, exp.IntDiv,
}  # fmt: skip
_D = exp.DType
_TYPES = COMMON_TYPES | {
    _D.BIGDECIMAL, _D.BIT, _D.DATETIME2, _D.INTERVAL, _D.MONEY, _D.NCHAR, _D.NVARCHAR, _D.TIMESTAMPLTZ, _D.TIMESTAMPNTZ,
    _D.TIMESTAMPTZ, _D.TIMETZ, _D.UUID, _D.VARIANT, _D.VARBINARY,
}  # fmt: skip


def _check(node: exp.Expr) -> None:
    # Snowflake moves a sequence so, and it looks like a column.
    if isinstance(node, exp.Column) and node.table and node.name.lower() in ("nextval", "currval"):
        refuse("Sequences may not be moved.")


def plain_functions(parser: Any) -> Parsers:
    """Of the functions with a grammar those that the engines have too; the others are read as names with arguments."""
    return only(parser.FUNCTION_PARSERS, _OWN_GRAMMAR)


def plain_words(parser: Any) -> Parsers:
    """The words that begin an expression without being a name."""
    return only(parser.NO_PAREN_FUNCTION_PARSERS, ("ANY", "CASE"))


def warehouse_rules(dialect: type[Dialect], lexical_rules: LexicalRules, schema: str, reserved: str, own: str) -> Rules:
    """The rules of one warehouse. `own` are functions that it has beside the common ones."""
    allowed = AllowList(
        nodes=frozenset(_NODES), functions=FUNCTIONS | set(own.split()), tables=frozenset(), types=_TYPES, also=_check
    )
    return Rules(
        dialect=dialect,
        read=lexical_rules.read,
        write=write,
        check_syntax=allowed.check,
        prepare_names=lambda _tree: None,
        fold=str.casefold,
        default_schema=schema,
        reserved_prefix=reserved,
        query_words=("select", "with"),
    )
