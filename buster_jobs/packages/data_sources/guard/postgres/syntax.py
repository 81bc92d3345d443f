"""Judges each piece of a PostgreSQL query by itself. Which tables it names is judged in `guard.tables`."""

import re

from sqlglot import exp

from buster_jobs.packages.data_sources.catalog import Catalog
from buster_jobs.packages.data_sources.guard.postgres.calls import check_call
from buster_jobs.packages.data_sources.guard.postgres.nodes import NODES, ROOTS, SPELLED_OPERATORS
from buster_jobs.packages.data_sources.guard.postgres.types import check_type
from buster_jobs.packages.data_sources.guard.refusal import quoted, refuse

_WORD = re.compile(r"[A-Za-z_ ]+")
_REASONS: dict[type[exp.Expr], str] = {
    exp.Into: "SELECT INTO makes a table: only reading is allowed.",
    exp.Lock: "Locking rows (FOR UPDATE, FOR SHARE) is not allowed.",
    exp.Parameter: "Parameters are not allowed: write the value.",
    exp.Placeholder: "Parameters are not allowed: write the value.",
    exp.ObjectIdentifier: "A cast to an object identifier type (regclass, oid and the like) is not allowed.",
    exp.Concat: "Put || between strings that are to be joined.",
}


def check_syntax(tree: exp.Expr, catalog: Catalog) -> None:
    """Refuse a tree with anything in it that the lists do not name."""
    if not isinstance(tree, ROOTS):
        refuse(f"Only queries are allowed (SELECT, WITH … SELECT, VALUES), not {_kind(tree)}.")
    for node in tree.walk():
        if type(node) not in NODES:
            refuse(_REASONS.get(type(node)) or f"{_kind(node)} is not allowed in a query.")
        _check_arguments(node)
        if isinstance(node, exp.Anonymous):
            check_call(node)
        elif isinstance(node, exp.DataType):
            check_type(node, catalog)


def _check_arguments(node: exp.Expr) -> None:
    match node:
        case exp.Dot():
            _check_dot(node)
        case exp.Var() if not _WORD.fullmatch(node.name):
            refuse(f"{quoted(node.name)} is not allowed here.")
        case exp.Operator() if str(node.args["operator"]) not in SPELLED_OPERATORS:
            refuse("Operators written as OPERATOR(…) are not allowed: write the operator.")
        case exp.TableSample() if node.args["method"].name.upper() not in ("BERNOULLI", "SYSTEM"):
            refuse("Tables may be sampled by BERNOULLI or SYSTEM only.")
        case exp.Collate() if not isinstance(node.expression, exp.Identifier | exp.Column):
            refuse("A collation must be named plainly.")
        case exp.Is() if not isinstance(node.expression, exp.Null | exp.Boolean | exp.JSON | exp.Not):
            refuse("After IS only NULL, TRUE, FALSE, UNKNOWN or JSON may stand.")
        case _:
            pass


def _check_dot(node: exp.Dot) -> None:
    """`(row).field` and `schema.function(…)`; what stands left of a function is judged with the function."""
    if isinstance(node.expression, exp.Anonymous):
        if not isinstance(node.this, exp.Identifier):
            refuse("Only the schema pg_catalog may stand before a function.")
    elif not isinstance(node.expression, exp.Identifier | exp.Star):
        refuse("After a dot only a name may stand.")


def _kind(node: exp.Expr) -> str:
    if isinstance(node, exp.Command):
        return quoted(str(node.this).upper())
    return quoted(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(node).__name__).upper())
