"""MySQL's and MariaDB's rules: lexical rules, sqlglot dialect, and the lists of what a query may hold.

Left out of the functions on purpose: those that wait or lock (sleep, benchmark, get_lock, master_pos_wait), read files
(load_file), tell about the server (version, user, database, connection_id), change sequences or ids, or call loaded
libraries.
"""

from typing import Any, ClassVar

from sqlglot import exp
from sqlglot.dialects.mysql import MySQL
from sqlglot.tokenizer_core import TokenType

from buster_jobs.packages.data_sources.guard.allow_list import COMMON_NODES, COMMON_TYPES, AllowList
from buster_jobs.packages.data_sources.guard.lexer import LexicalRules, write
from buster_jobs.packages.data_sources.guard.refusal import refuse
from buster_jobs.packages.data_sources.guard.round_trip import Parsers, arrow, binary, only, word
from buster_jobs.packages.data_sources.guard.rules import Rules

_AGGREGATES = """
    avg bit_and bit_or bit_xor count json_arrayagg json_objectagg max median min percentile_cont percentile_disc
    std stddev stddev_pop stddev_samp sum var_pop var_samp variance any_value grouping
"""
_WINDOWS = "cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number"
_MATH = """
    abs acos asin atan atan2 ceil ceiling conv cos cot crc32 degrees exp floor ln log log10 log2 mod pi pow
    power radians rand round sign sin sqrt tan truncate greatest least bit_count
"""
_TEXT = """
    ascii bin bit_length char char_length character_length concat concat_ws elt export_set field find_in_set
    format from_base64 hex insert instr lcase left length locate lower lpad ltrim make_set md5 mid oct
    octet_length ord quote regexp_instr regexp_replace regexp_substr regexp_like repeat replace reverse right
    rpad rtrim sha sha1 sha2 soundex space strcmp substr substring substring_index to_base64 trim ucase unhex
    upper
"""
_DATES = """
    adddate addtime curdate current_date current_time current_timestamp curtime date date_add date_format
    date_sub datediff day dayname dayofmonth dayofweek dayofyear extract from_days from_unixtime hour last_day
    localtime localtimestamp makedate maketime microsecond minute month monthname now period_add period_diff
    quarter sec_to_time second str_to_date subdate subtime sysdate time time_format time_to_sec timediff
    timestamp timestampadd timestampdiff to_days to_seconds unix_timestamp utc_date utc_time utc_timestamp week
    weekday weekofyear year yearweek convert_tz
"""
_JSON = """
    json_array json_contains json_contains_path json_depth json_exists json_extract json_keys json_length
    json_merge json_merge_patch json_merge_preserve json_object json_overlaps json_pretty json_query json_quote
    json_search json_set json_type json_unquote json_valid json_value json_insert json_remove json_replace
    json_array_append
"""
_REST = "coalesce if ifnull isnull nullif interval cast convert inet_aton inet_ntoa is_ipv4 is_ipv6 uuid"

FUNCTIONS = frozenset(" ".join((_AGGREGATES, _WINDOWS, _MATH, _TEXT, _DATES, _JSON, _REST)).split())

# sqlglot leaves its tables of parsers without types.
_UNTYPED: Any = MySQL.Parser
_OWN_GRAMMAR = ("CAST", "CONVERT", "EXTRACT", "GROUP_CONCAT", "JSON_TABLE", "POSITION", "SUBSTRING", "TRIM")


def _not(generator: Any, node: exp.Expr) -> str:
    return f"NOT {generator.sql(node, 'this')}"


class GuardedMySQL(MySQL):
    """MySQL and MariaDB. A function is anonymous to sqlglot unless it has a grammar of its own."""

    class Parser(MySQL.Parser):
        """Reads."""

        FUNCTIONS: ClassVar[Parsers] = {}
        LAMBDAS: ClassVar[Parsers] = {}
        FUNCTION_PARSERS: ClassVar[Parsers] = only(_UNTYPED.FUNCTION_PARSERS, _OWN_GRAMMAR)
        NO_PAREN_FUNCTION_PARSERS: ClassVar[Parsers] = only(_UNTYPED.NO_PAREN_FUNCTION_PARSERS, ("ANY", "CASE"))
        # With parentheses after it such a word is a function like any other.
        NO_PAREN_FUNCTIONS: ClassVar[Parsers] = {
            TokenType.CURRENT_DATE: exp.CurrentDate,
            TokenType.CURRENT_TIME: exp.CurrentTime,
            TokenType.CURRENT_TIMESTAMP: exp.CurrentTimestamp,
        }
        COLUMN_OPERATORS: ClassVar[Parsers] = {
            **_UNTYPED.COLUMN_OPERATORS,
            TokenType.ARROW: arrow(exp.JSONExtract),
            TokenType.DARROW: arrow(exp.JSONExtractScalar),
        }

    class Generator(MySQL.Generator):
        """Writes."""

        MULTI_ARG_DISTINCT = True
        TRANSFORMS: ClassVar = {
            **MySQL.Generator.TRANSFORMS,
            exp.Not: _not,
            exp.RegexpLike: binary("REGEXP"),
            exp.JSONExtract: binary("->"),
            exp.JSONExtractScalar: binary("->>"),
            exp.CurrentDate: word("CURRENT_DATE"),
            exp.CurrentTime: word("CURRENT_TIME"),
            exp.CurrentTimestamp: word("CURRENT_TIMESTAMP"),
        }


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
    """Make a word of a unit such as DAY, which sqlglot reads as a column."""
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
