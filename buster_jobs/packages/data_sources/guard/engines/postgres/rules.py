"""PostgreSQL's rules, and the sqlglot dialect that writes each function and operator as it was read.

sqlglot knows some 500 functions of all engines and rewrites between them. Here a name must stay what the allow-list
judged, and an operator must stay an operator, because PostgreSQL's precedence differs from sqlglot's.
"""

from typing import Any, ClassVar

from sqlglot import exp
from sqlglot.dialects.postgres import Postgres
from sqlglot.tokenizer_core import TokenType

from buster_jobs.packages.data_sources.guard.engines.postgres.lexer import canonical
from buster_jobs.packages.data_sources.guard.engines.postgres.names import normalize_names
from buster_jobs.packages.data_sources.guard.engines.postgres.syntax import check_syntax
from buster_jobs.packages.data_sources.guard.round_trip import (
    KEYWORD_ARGUMENTS,
    Parsers,
    arrow,
    binary,
    only,
    prefix,
    word,
)
from buster_jobs.packages.data_sources.guard.rules import PlainText, Rules

# Those with a grammar of their own in PostgreSQL too; the others would be read by other engines' rules.
# sqlglot leaves its tables of parsers without types.
_UNTYPED: Any = Postgres.Parser
_OWN_GRAMMAR = ("CAST", "EXTRACT", "OVERLAY", "POSITION", "SUBSTRING", "TRIM")


def _operator(generator: Any, node: exp.Expr) -> str:
    symbol = generator.sql(node, "operator").rpartition(".")[2]
    return f"{generator.sql(node, 'this')} {symbol} {generator.sql(node, 'expression')}"


class GuardedPostgres(Postgres):
    """PostgreSQL. A function is anonymous to sqlglot unless it has a grammar of its own."""

    class Parser(Postgres.Parser):
        """Reads. The key of -> and ->> stays a plain string: sqlglot would take it for a JSON path."""

        FUNCTIONS: ClassVar[Parsers] = {}
        LAMBDAS: ClassVar[Parsers] = KEYWORD_ARGUMENTS
        FUNCTION_PARSERS: ClassVar[Parsers] = only(_UNTYPED.FUNCTION_PARSERS, _OWN_GRAMMAR)
        NO_PAREN_FUNCTION_PARSERS: ClassVar[Parsers] = only(_UNTYPED.NO_PAREN_FUNCTION_PARSERS, ("ANY", "CASE"))
        JSON_OPERATORS: ClassVar[Parsers] = {
            **_UNTYPED.JSON_OPERATORS,
            TokenType.ARROW: arrow(exp.JSONExtract),
            TokenType.DARROW: arrow(exp.JSONExtractScalar),
        }

        def _parse_term(self, parse_mod: bool = True) -> exp.Expr | None:  # noqa: ARG002 - sqlglot's signature
            """Read % as the remainder after LIMIT too: sqlglot reads a percentage there, which other engines have."""
            return super()._parse_term()

    class Generator(Postgres.Generator):
        """Writes."""

        MULTI_ARG_DISTINCT = True
        TRANSFORMS: ClassVar = {
            **Postgres.Generator.TRANSFORMS,
            exp.Pow: binary("^"),
            exp.StartsWith: binary("^@"),
            exp.Sqrt: prefix("|/"),
            exp.Cbrt: prefix("||/"),
            exp.JSONExtract: binary("->"),
            exp.JSONExtractScalar: binary("->>"),
            exp.Operator: _operator,
            exp.CurrentTime: word("CURRENT_TIME"),
        }


def rules() -> Rules:
    """Names are folded by `normalize_names`, so that equal names are equal text."""
    return Rules(
        dialect=GuardedPostgres,
        read=lambda sql: PlainText(canonical(sql)),
        write=lambda sql, _literals: sql,
        check_syntax=check_syntax,
        prepare_names=normalize_names,
        fold=str,
        default_schema="public",
        reserved_prefix="pg_",
        query_words=("select", "with", "values", "table"),
    )
