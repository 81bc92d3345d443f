"""MySQL's rules, put together."""

from sqlglot import exp

from buster_jobs.packages.data_sources.guard.allow_list import COMMON_NODES, COMMON_TYPES, AllowList
from buster_jobs.packages.data_sources.guard.lexer import LexicalRules, write
from buster_jobs.packages.data_sources.guard.mysql.dialect import GuardedMySQL
from buster_jobs.packages.data_sources.guard.mysql.functions import FUNCTIONS
from buster_jobs.packages.data_sources.guard.refusal import refuse
from buster_jobs.packages.data_sources.guard.rules import Rules

# As the adapter pins sql_mode: double quotes are strings, backslashes escape. See the MySQL manual, section 11.1.1.
_LEXICAL_RULES = LexicalRules(
    strings="'\"",
    names={"`": "`"},
    name_mark="`",
    symbols="(),.;+-*/<>=~!%^&|",
    backslashes=True,
    prefixes=frozenset({"x", "b"}),
    hash_comments=True,
    dashes_need_space=True,
    hex_numbers=True,
)
_NODES = COMMON_NODES | {
    exp.BitwiseXor, exp.Xor, exp.IntDiv, exp.RegexpLike, exp.Interval, exp.Extract, exp.GroupConcat, exp.Substring,
    exp.StrPosition, exp.Trim, exp.Rollup, exp.All, exp.Any, exp.WithinGroup, exp.JSONTable, exp.JSONSchema,
    exp.JSONColumnDef,
}  # fmt: skip
_TYPES = COMMON_TYPES | {
    exp.DType.UBIGINT,
    exp.DType.UINT,
    exp.DType.UDECIMAL,
    exp.DType.TIMESTAMPTZ,
    exp.DType.CHARACTER_SET,
}
_TAKE_A_UNIT = ("timestampdiff", "timestampadd")


def _check(node: exp.Expr) -> None:
    if isinstance(node, exp.Select) and node.args.get("operation_modifiers"):
        refuse("Words between SELECT and its columns (SQL_CALC_FOUND_ROWS and the like) are not allowed.")


def _prepare_names(tree: exp.Expr) -> None:
    """A unit such as DAY is no column."""
    for call in tree.find_all(exp.Anonymous):
        first = call.expressions[0] if call.expressions else None
        if call.name.lower() in _TAKE_A_UNIT and isinstance(first, exp.Column) and not first.table:
            first.replace(exp.Var(this=first.name))


def rules() -> Rules:
    """Names of tables are looked up by their exact case, as servers on Linux do."""
    allowed = AllowList(nodes=frozenset(_NODES), functions=FUNCTIONS, tables=frozenset(), types=_TYPES, also=_check)
    return Rules(
        dialect=GuardedMySQL,
        read=_LEXICAL_RULES.read,
        write=write,
        check_syntax=allowed.check,
        prepare_names=_prepare_names,
        fold=str,
    )
