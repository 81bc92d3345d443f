"""sqlglot's DuckDB, changed so that what it writes is what it read."""

from typing import Any, ClassVar

from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.generator import Generator
from sqlglot.tokenizer_core import TokenType

from buster_jobs.packages.data_sources.guard.round_trip import (
    KEYWORD_ARGUMENTS,
    Parsers,
    arrow,
    binary,
    only,
    postfix,
    word,
)

# sqlglot leaves its tables of parsers without types.
_UNTYPED: Any = DuckDB.Parser
_OWN_GRAMMAR = ("CAST", "EXTRACT", "OVERLAY", "POSITION", "SUBSTRING", "TRIM", "TRY_CAST")


class GuardedDuckDB(DuckDB):
    """DuckDB, whose functions are all anonymous but those with a grammar of their own."""

    class Parser(DuckDB.Parser):
        """Reads."""

        FUNCTIONS: ClassVar[Parsers] = {}
        LAMBDAS: ClassVar[Parsers] = KEYWORD_ARGUMENTS
        # `list(id)[1]` is an element of what list() gives, not a list that is written out.
        ARRAY_CONSTRUCTORS: ClassVar = {"ARRAY": exp.Array}
        FUNCTION_PARSERS: ClassVar[Parsers] = only(_UNTYPED.FUNCTION_PARSERS, _OWN_GRAMMAR)
        NO_PAREN_FUNCTION_PARSERS: ClassVar[Parsers] = only(_UNTYPED.NO_PAREN_FUNCTION_PARSERS, ("ANY", "CASE", "MAP"))
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

    class Generator(DuckDB.Generator):
        """Writes."""

        MULTI_ARG_DISTINCT = True
        TRANSFORMS: ClassVar = {
            **DuckDB.Generator.TRANSFORMS,
            exp.Pow: binary("**"),
            exp.IntDiv: binary("//"),
            exp.BitwiseXor: binary("^"),
            exp.RegexpLike: binary("~"),
            exp.WithinGroup: Generator.withingroup_sql,
            exp.JSONExtract: binary("->"),
            exp.JSONExtractScalar: binary("->>"),
            exp.IgnoreNulls: postfix("IGNORE NULLS"),
            exp.RespectNulls: postfix("RESPECT NULLS"),
            exp.CurrentDate: word("CURRENT_DATE"),
            exp.CurrentTime: word("CURRENT_TIME"),
            exp.CurrentTimestamp: word("CURRENT_TIMESTAMP"),
        }
