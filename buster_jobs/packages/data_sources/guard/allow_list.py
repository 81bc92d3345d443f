"""Checks each piece of a query against an engine's allow-list. Which tables it may name is checked in `tables`."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sqlglot import exp

from buster_jobs.packages.data_sources.catalog import Catalog
from buster_jobs.packages.data_sources.guard.refusal import quoted, refuse
from buster_jobs.packages.data_sources.guard.sizes import check_size

ROOTS = (exp.Select, exp.SetOperation, exp.Subquery, exp.Values)

_QUERY = {
    exp.Select, exp.Union, exp.Intersect, exp.Except, exp.Subquery, exp.With, exp.CTE, exp.From, exp.Join, exp.Table,
    exp.TableAlias, exp.Values, exp.Where, exp.Group, exp.Having, exp.Order, exp.Ordered, exp.Limit, exp.Offset,
    exp.Distinct,
}  # fmt: skip
_NAMES_AND_VALUES = {
    exp.Identifier, exp.Column, exp.Star, exp.Alias, exp.Literal, exp.Null, exp.Boolean, exp.Tuple, exp.Paren, exp.Var,
    exp.Cast, exp.DataType, exp.DataTypeParam,
}  # fmt: skip
_OPERATORS = {
    exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.NullSafeEQ, exp.NullSafeNEQ,
    exp.Is, exp.In, exp.Between, exp.Exists, exp.Like, exp.Escape, exp.Collate, exp.Add, exp.Sub, exp.Mul, exp.Div,
    exp.Mod, exp.Neg, exp.DPipe, exp.BitwiseAnd, exp.BitwiseOr, exp.BitwiseNot, exp.BitwiseLeftShift,
    exp.BitwiseRightShift, exp.JSONExtract, exp.JSONExtractScalar,
}  # fmt: skip
_CALLS = {exp.Anonymous, exp.Case, exp.If, exp.CurrentDate, exp.CurrentTime, exp.CurrentTimestamp, exp.Window,
          exp.WindowSpec}  # fmt: skip

COMMON_NODES: frozenset[type[exp.Expr]] = frozenset(_QUERY | _NAMES_AND_VALUES | _OPERATORS | _CALLS)

_D = exp.DType
COMMON_TYPES = frozenset({
    _D.BIGINT, _D.BINARY, _D.BOOLEAN, _D.CHAR, _D.DATE, _D.DATETIME, _D.DECIMAL, _D.DOUBLE, _D.FLOAT, _D.INT, _D.JSON,
    _D.SMALLINT, _D.TEXT, _D.TIME, _D.TIMESTAMP, _D.TINYINT, _D.VARCHAR,
})  # fmt: skip

_BEHIND_A_DOT = "A function or a field behind a dot is not allowed here: call functions plainly."
_REASONS: dict[type[exp.Expr], str] = {
    exp.Into: "SELECT INTO writes: only reading is allowed.",
    exp.Lock: "Locking rows (FOR UPDATE, FOR SHARE) is not allowed.",
    exp.Parameter: "Parameters and variables are not allowed: write the value.",
    exp.SessionParameter: "Parameters and variables are not allowed: write the value.",
    exp.Placeholder: "Parameters are not allowed: write the value.",
    exp.Dot: _BEHIND_A_DOT,
}
# Functions without parentheses, which sqlglot reads as columns.
_TELLING = frozenset(
    {"current_user", "session_user", "system_user", "current_role", "current_catalog", "current_schema"}
)
# Words that sqlglot keeps as text, such as the side of a join.
_WORDS = re.compile(r"[A-Za-z_][A-Za-z0-9_ ]*|")


@dataclass(frozen=True, slots=True)
class AllowList:
    """What the queries of one engine may hold: kinds of syntax, functions, functions in FROM, types of casts."""

    nodes: frozenset[type[exp.Expr]]
    functions: frozenset[str]
    tables: frozenset[str]
    types: frozenset[exp.DType]
    also: Callable[[exp.Expr], None] = lambda _node: None
    roots: tuple[type[exp.Expr], ...] = ROOTS

    def check(self, tree: exp.Expr, _catalog: Catalog) -> None:
        """Refuse a tree that holds anything outside the list."""
        if not isinstance(tree, self.roots):
            refuse(f"Only queries are allowed (SELECT, WITH … SELECT, VALUES), not {_kind(tree)}.")
        for node in tree.walk():
            if type(node) not in self.nodes:
                refuse(_REASONS.get(type(node)) or f"{_kind(node)} is not allowed in a query.")
            _check_words(node)
            self._check_kind(node)
            self.also(node)

    def _check_kind(self, node: exp.Expr) -> None:
        match node:
            case exp.Anonymous():
                self._check_call(node)
            case exp.Select() if not node.expressions:
                refuse("SELECT must name what it selects.")
            case exp.DataType() if node.this not in self.types:
                refuse(f"A cast to the type {quoted(node.sql())} is not allowed.")
            case exp.Column() if node.name.lower() in _TELLING and not node.this.args.get("quoted"):
                refuse(f"{quoted(node.name.upper())} is not allowed: it tells of the server.")
            case exp.Dot() if not isinstance(node.expression, exp.Identifier):
                refuse(_BEHIND_A_DOT)
            case exp.In() if node.args.get("field") is not None:
                refuse("After IN a list or a query in parentheses must stand.")
            case _:
                _check_source(node)

    def _check_call(self, node: exp.Anonymous) -> None:
        if not isinstance(node.this, str):
            refuse(f"The function {quoted(node.name)} must be written without quotes.")
        name = node.this.lower()
        in_from = isinstance(node.parent, exp.Table | exp.Lateral | exp.From | exp.Join)
        if isinstance(node.parent, exp.Table) and (node.parent.args.get("db") or node.parent.args.get("catalog")):
            refuse(f"The function {quoted(name)} must be written without a schema.")
        if name not in (self.tables if in_from else self.functions):
            refuse(f"The function {quoted(name)} is not allowed{' in FROM' if in_from else ''}.")
        check_size(name, node)


def _check_source(node: exp.Expr) -> None:
    """What may stand in FROM."""
    match node:
        case exp.Table() if not isinstance(node.this, exp.Identifier | exp.Anonymous | exp.JSONTable):
            refuse("Only tables and functions by their names may stand in FROM.")
        case exp.JSONTable() if not isinstance(node.parent, exp.Table):
            refuse("JSON_TABLE may stand in FROM only.")
        case exp.Literal() if node.is_string and isinstance(node.parent, exp.Table | exp.From | exp.Join):
            refuse("A string cannot stand in FROM: name a table.")
        case _:
            pass


def _check_words(node: exp.Expr) -> None:
    """Refuse odd text within a node: it goes into the written query as it is, although it is no node to be checked."""
    if isinstance(node, exp.Literal | exp.Identifier | exp.Anonymous):
        return
    for value in node.args.values():
        for item in value if isinstance(value, list) else (value,):  # pyright: ignore[reportUnknownVariableType] - sqlglot's args are untyped
            if isinstance(item, str) and not _WORDS.fullmatch(item):
                refuse(f"{quoted(item)} is not allowed here.")


def _kind(node: exp.Expr) -> str:
    if isinstance(node, exp.Command):
        return quoted(str(node.this).upper())
    return quoted(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(node).__name__).upper())
