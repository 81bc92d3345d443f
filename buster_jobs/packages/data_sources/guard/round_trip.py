"""Parts of sqlglot dialects that write functions and operators as they read them: parsing and writing round-trips.

sqlglot knows some 500 functions of all engines and rewrites between them. Here a name must stay what the allow-list
judged.
"""

from collections.abc import Callable
from typing import Any

from sqlglot import exp
from sqlglot.parser import Parser
from sqlglot.tokenizer_core import TokenType

Parsers = dict[Any, Callable[..., Any]]


def arrow(node: type[exp.Expr]) -> Callable[[Any, Any, Any], exp.Expr]:
    """A parser of -> and ->> that keeps the key as it is written: sqlglot would make a JSON path of it."""
    return lambda _parser, this, key: node(this=this, expression=key)


# Only => begins what sqlglot calls a lambda, here a named argument: -> takes a key, as in f(document -> 'key').
_UNTYPED: Any = Parser
KEYWORD_ARGUMENTS: Parsers = {TokenType.FARROW: _UNTYPED.LAMBDAS[TokenType.FARROW]}


def binary(operator: str) -> Callable[[Any, Any], str]:
    """A writer of an operator between two expressions."""
    return lambda generator, node: generator.binary(node, operator)


def prefix(operator: str) -> Callable[[Any, Any], str]:
    """A writer of an operator before an expression."""
    return lambda generator, node: f"{operator} {generator.sql(node, 'this')}"


def postfix(words: str) -> Callable[[Any, Any], str]:
    """A writer of words after an expression, such as IGNORE NULLS."""
    return lambda generator, node: f"{generator.sql(node, 'this')} {words}"


def word(text: str) -> Callable[[Any, Any], str]:
    """A writer of a word of SQL that stands alone, such as CURRENT_DATE."""
    return lambda _generator, _node: text


def only(parsers: Parsers, names: tuple[str, ...]) -> Parsers:
    """The parsers of these names: functions that have a grammar of their own in the engine too."""
    return {name: parse for name, parse in parsers.items() if name in names}
