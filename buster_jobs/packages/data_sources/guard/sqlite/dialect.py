"""sqlglot's SQLite, changed so that what it writes is what it read."""

from typing import Any, ClassVar

from sqlglot import exp
from sqlglot.dialects.sqlite import SQLite
from sqlglot.tokenizer_core import TokenType

from buster_jobs.packages.data_sources.guard.round_trip import Parsers, arrow, binary, only, word

# sqlglot leaves its tables of parsers without types.
_UNTYPED: Any = SQLite.Parser


class GuardedSQLite(SQLite):
    """SQLite, whose functions are all anonymous but CAST."""

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
            """After LIMIT too % is the remainder: sqlglot would take it for a share, which other engines have."""
            return super()._parse_term()

    class Generator(SQLite.Generator):
        """Writes. The name of a type decides on its affinity, so it stays what it was."""

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
