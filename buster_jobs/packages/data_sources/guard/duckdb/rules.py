"""DuckDB's rules, put together."""

from sqlglot import exp

from buster_jobs.packages.data_sources.guard.allow_list import COMMON_NODES, COMMON_TYPES, ROOTS, AllowList
from buster_jobs.packages.data_sources.guard.duckdb.dialect import GuardedDuckDB
from buster_jobs.packages.data_sources.guard.duckdb.functions import FUNCTIONS, TABLES
from buster_jobs.packages.data_sources.guard.lexer import LexicalRules, write
from buster_jobs.packages.data_sources.guard.refusal import refuse
from buster_jobs.packages.data_sources.guard.rules import Rules

_LEXICAL_RULES = LexicalRules(
    strings="'",
    names={'"': '"'},
    name_mark='"',
    symbols="()[]{},.;:+-*/<>=~!@%^&|",
    escape_prefixes=frozenset({"e"}),
    nested_comments=True,
    dollar_strings=True,
    hex_numbers=True,
    grouped_numbers=True,
)
_NODES = COMMON_NODES | {
    exp.Lateral, exp.Unnest, exp.Qualify, exp.Pow, exp.IntDiv, exp.BitwiseXor, exp.ILike, exp.SimilarTo,
    exp.RegexpFullMatch, exp.StartsWith, exp.Interval, exp.Extract, exp.Substring, exp.StrPosition, exp.Trim,
    exp.TryCast, exp.Any, exp.All, exp.Array, exp.Bracket, exp.Slice, exp.Struct, exp.PropertyEQ, exp.ToMap, exp.Map,
    exp.Lambda, exp.Kwarg, exp.Filter, exp.WithinGroup, exp.IgnoreNulls, exp.RespectNulls, exp.GroupingSets, exp.Rollup,
    exp.Cube, exp.AtTimeZone, exp.ArrayContainsAll, exp.ArrayContainedBy, exp.ArrayOverlaps, exp.TableSample,
    exp.Pivot, exp.Comprehension, exp.RegexpLike, exp.Glob, exp.Overlay, exp.LimitOptions, exp.ColumnDef, exp.Dot,
    exp.UnpivotColumns,
}  # fmt: skip
_D = exp.DType
_TYPES = COMMON_TYPES | {
    _D.ARRAY, _D.BIT, _D.INT128, _D.INTERVAL, _D.LIST, _D.MAP, _D.STRUCT, _D.TIMESTAMPTZ, _D.TIMESTAMPNTZ,
    _D.TIMESTAMP_MS, _D.TIMESTAMP_NS, _D.TIMESTAMP_S, _D.TIMETZ, _D.UBIGINT, _D.UINT, _D.USMALLINT, _D.UTINYINT,
    _D.UUID, _D.VARBINARY,
}  # fmt: skip


def _check(node: exp.Expr) -> None:
    """DuckDB makes a type of the values that a PIVOT finds by itself, and a file that is only read takes none."""
    is_statement = isinstance(node, exp.Pivot) and not node.args.get("fields") and not node.args.get("unpivot")
    if is_statement and not all(isinstance(column, exp.In) for column in node.expressions):
        refuse("PIVOT must name its values: PIVOT … ON column IN ('a', 'b') USING ….")


def rules() -> Rules:
    """Names are looked up without regard to case."""
    allowed = AllowList(
        nodes=frozenset(_NODES),
        functions=FUNCTIONS,
        tables=TABLES,
        types=_TYPES,
        also=_check,
        roots=(*ROOTS, exp.Pivot),
    )
    return Rules(
        dialect=GuardedDuckDB,
        read=_LEXICAL_RULES.read,
        write=write,
        check_syntax=allowed.check,
        prepare_names=lambda _tree: None,
        fold=str.casefold,
        default_schema="main",
        reserved_prefix="duckdb_",
        query_words=("select", "with", "values", "from", "pivot", "unpivot"),
    )
