"""sqlglot's MySQL, changed so that what it writes is what it read."""

from typing import Any, ClassVar

from sqlglot import exp
from sqlglot.dialects.mysql import MySQL
from sqlglot.tokenizer_core import TokenType

from buster_jobs.packages.data_sources.guard.round_trip import Parsers, arrow, binary, only, word

# sqlglot leaves its tables of parsers without types.
_UNTYPED: Any = MySQL.Parser
_OWN_GRAMMAR = ("CAST", "CONVERT", "EXTRACT", "GROUP_CONCAT", "JSON_TABLE", "POSITION", "SUBSTRING", "TRIM")


def _not(generator: Any, node: exp.Expr) -> str:
    return f"NOT {generator.sql(node, 'this')}"


class GuardedMySQL(MySQL):
    """MySQL and MariaDB, whose functions are all anonymous but those with a grammar of their own."""

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
