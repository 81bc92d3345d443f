"""SQLite's rules: lexical rules, sqlglot dialect, and the lists of what a query may hold.

The authorizer of layer (b) holds to the same functions. Left out of them on purpose: load_extension, fts3_tokenizer,
randomblob and zeroblob (memory), those that tell about the library or about writes (sqlite_version, changes,
last_insert_rowid), and every function of PRAGMA.
"""

import re
from typing import Any, ClassVar

from sqlglot import exp
from sqlglot.dialects.sqlite import SQLite
from sqlglot.tokenizer_core import TokenType

from buster_jobs.packages.data_sources.guard.allow_list import COMMON_NODES, COMMON_TYPES, AllowList
from buster_jobs.packages.data_sources.guard.lexer import LexicalRules, write
from buster_jobs.packages.data_sources.guard.refusal import refuse
from buster_jobs.packages.data_sources.guard.round_trip import Parsers, arrow, binary, only, word
from buster_jobs.packages.data_sources.guard.rules import PlainText, Rules

_AGGREGATES = "avg count group_concat json_group_array json_group_object max min string_agg sum total"
_WINDOWS = "cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number"
_MATH = """
    abs acos acosh asin asinh atan atan2 atanh ceil ceiling cos cosh degrees exp floor ln log log10 log2 mod pi
    pow power radians random round sign sin sinh sqrt tan tanh trunc
"""
_TEXT = """
    char concat concat_ws format glob hex instr length like lower ltrim octet_length printf quote replace rtrim
    soundex substr substring trim unhex unicode upper
"""
_DATES = "date datetime julianday strftime time timediff unixepoch"
_JSON = """
    json json_array json_array_length json_extract json_insert json_object json_patch json_quote json_remove
    json_replace json_set json_type json_valid
"""
_REST = "coalesce ifnull iif likelihood likely nullif typeof unlikely match cast"

FUNCTIONS = frozenset(" ".join((_AGGREGATES, _WINDOWS, _MATH, _TEXT, _DATES, _JSON, _REST)).split())
TABLES = frozenset({"json_each", "json_tree"})
# Names by which SQLite itself calls CURRENT_DATE and the like, and the operators -> and ->>.
IMPLIED = frozenset({"current_date", "current_time", "current_timestamp", "->", "->>"})

# sqlglot leaves its tables of parsers without types.
_UNTYPED: Any = SQLite.Parser


class GuardedSQLite(SQLite):
    """SQLite. A function is anonymous to sqlglot; only CAST has a grammar of its own."""

    class Parser(SQLite.Parser):
        """Reads."""

        FUNCTIONS: ClassVar[Parsers] = {}
        LAMBDAS: ClassVar[Parsers] = {}
        FUNCTION_PARSERS: ClassVar[Parsers] = only(_UNTYPED.FUNCTION_PARSERS, ("CAST",))
        NO_PAREN_FUNCTION_PARSERS: ClassVar[Parsers] = only(_UNTYPED.NO_PAREN_FUNCTION_PARSERS, ("CASE",))
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

        def _parse_term(self, parse_mod: bool = True) -> exp.Expr | None:  # noqa: ARG002 - sqlglot's signature
            """Read % as the remainder after LIMIT too: sqlglot reads a percentage there, which other engines have."""
            return super()._parse_term()

    class Generator(SQLite.Generator):
        """Writes. The name of a type decides its affinity, so it stays as it was."""

        TYPE_MAPPING: ClassVar = {exp.DType.VARBINARY: "BLOB"}
        TRANSFORMS: ClassVar = {
            **SQLite.Generator.TRANSFORMS,
            exp.NullSafeEQ: binary("IS"),
            exp.NullSafeNEQ: binary("IS NOT"),
            exp.JSONExtract: binary("->"),
            exp.JSONExtractScalar: binary("->>"),
            exp.CurrentDate: word("CURRENT_DATE"),
            exp.CurrentTime: word("CURRENT_TIME"),
            exp.CurrentTimestamp: word("CURRENT_TIMESTAMP"),
        }


_LEXICAL_RULES = LexicalRules(
    strings="'",
    names={'"': '"', "`": "`", "[": "]"},
    name_mark='"',
    symbols="(),.;+-*/<>=~!%&|",
    hex_numbers=True,
)
_NODES = COMMON_NODES | {exp.Glob, exp.Filter}
_TYPES = COMMON_TYPES | {exp.DType.VARBINARY, exp.DType.BLOB}


# SQLite cannot be interrupted within one call of a function, and it counts to the width even beyond its text limit.
_FORMATS = ("printf", "format")
_CALL = re.compile(rf"\b(?:{'|'.join(_FORMATS)})\b", re.IGNORECASE)
_WIDE = re.compile(r"%[^A-Za-z%]*(?:\*|\d{6})")


def _read(sql: str) -> PlainText:
    text = _LEXICAL_RULES.read(sql)
    if _CALL.search(text.sql) and any(_WIDE.search(literal) for literal in text.literals):
        refuse("A width or precision of PRINTF must be a number below 100000.")
    return text


def _check(node: exp.Expr) -> None:
    if isinstance(node, exp.Anonymous) and node.name.lower() in _FORMATS:
        first = node.expressions[0] if node.expressions else None
        if not (isinstance(first, exp.Literal) and first.is_string):
            refuse("The format of PRINTF must be written as a string.")


def rules() -> Rules:
    """Names are looked up without regard to case."""
    allowed = AllowList(nodes=frozenset(_NODES), functions=FUNCTIONS, tables=TABLES, types=_TYPES, also=_check)
    return Rules(
        dialect=GuardedSQLite,
        read=_read,
        write=write,
        check_syntax=allowed.check,
        prepare_names=lambda _tree: None,
        fold=str.casefold,
        default_schema="main",
        reserved_prefix="sqlite_",
    )
