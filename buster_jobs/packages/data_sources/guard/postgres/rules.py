"""PostgreSQL's rules, put together."""

from buster_jobs.packages.data_sources.guard.postgres.dialect import GuardedPostgres
from buster_jobs.packages.data_sources.guard.postgres.lexer import canonical
from buster_jobs.packages.data_sources.guard.postgres.names import normalize_names
from buster_jobs.packages.data_sources.guard.postgres.syntax import check_syntax
from buster_jobs.packages.data_sources.guard.rules import PlainText, Rules


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
