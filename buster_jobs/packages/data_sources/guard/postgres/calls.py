"""Which functions a PostgreSQL query calls, however they are spelled, and whether it may."""

from sqlglot import exp

from buster_jobs.packages.data_sources.guard.postgres.functions import FUNCTIONS
from buster_jobs.packages.data_sources.guard.postgres.names import fold
from buster_jobs.packages.data_sources.guard.refusal import quoted, refuse
from buster_jobs.packages.data_sources.guard.sizes import check_size


def check_call(node: exp.Anonymous) -> None:
    """Refuse a function that is not on the list, or that is not the system's own."""
    name = function_name(node)
    schema = _schema(node)
    if schema not in ("", "pg_catalog"):
        refuse(f"The function {quoted(schema)}.{quoted(name)} is not one of the database's own.")
    if name not in FUNCTIONS:
        refuse(f"The function {quoted(name)} is not allowed.")
    check_size(name, node)


def function_name(node: exp.Anonymous) -> str:
    """The function's name as the server stores it."""
    called = node.this
    if isinstance(called, exp.Identifier):
        return fold(called.name, is_quoted=bool(called.args.get("quoted")))
    return fold(str(called), is_quoted=False)


def _schema(node: exp.Anonymous) -> str:
    parent = node.parent
    if isinstance(parent, exp.Dot) and parent.expression is node:
        return parent.this.sql(dialect="postgres")
    if isinstance(parent, exp.Table) and parent.this is node:
        return ".".join(part.name for part in (parent.args.get("catalog"), parent.args.get("db")) if part)
    return ""
