"""Which rules belong to which dialect. An engine that is not here may be asked nothing."""

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import cast

from buster_jobs.packages.data_sources.guard.refusal import quoted, refuse
from buster_jobs.packages.data_sources.guard.rules import Rules

# By sqlglot's name of the dialect, below this folder.
_ENGINES = {
    "postgres": "engines.postgres.rules",
    "mysql": "engines.mysql",
    "sqlite": "engines.sqlite",
    "duckdb": "engines.duckdb",
    "snowflake": "engines.snowflake",
    "bigquery": "engines.bigquery",
    "redshift": "engines.redshift",
    "tsql": "engines.tsql",
}


@lru_cache(maxsize=len(_ENGINES))
def _load(dialect: str) -> Rules:
    module = import_module(f"buster_jobs.packages.data_sources.guard.{_ENGINES[dialect]}")
    return cast("Callable[[], Rules]", module.rules)()


def rules_of(dialect: str) -> Rules:
    """The rules of sqlglot's `dialect`. Refuses one that has none."""
    if dialect not in _ENGINES:
        refuse(f"There are no rules yet for {quoted(dialect)}, so nothing may be asked there.")
    return _load(dialect)
