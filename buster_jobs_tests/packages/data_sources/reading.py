"""A data source's guarded adapter, as the user that docs/data-sources.md describes, where an engine has users."""

from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import make_url

from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.data_sources.guarded_source import GuardedSource
from buster_jobs_tests.packages.data_sources.engines import Engine

PASSWORD = "r3aders-w0rd"
_MAKE = {
    "postgres": """
        CREATE ROLE {name} LOGIN PASSWORD '{password}' NOSUPERUSER NOCREATEDB NOCREATEROLE;
        GRANT USAGE ON SCHEMA public, crm TO {name};
        GRANT SELECT ON ALL TABLES IN SCHEMA public, crm TO {name};
        REVOKE CREATE ON SCHEMA public FROM PUBLIC
    """,
    "mysql": "CREATE USER {name}@'%' IDENTIFIED BY '{password}'; GRANT SELECT, SHOW VIEW ON {name}.* TO {name}@'%'",
}
_DROP = {"postgres": "DROP OWNED BY {name}; DROP ROLE {name}", "mysql": "DROP USER {name}@'%'"}


@contextmanager
def reading(engine: Engine) -> Generator[GuardedSource]:
    """The data source, as a reader. The user is dropped afterwards."""
    name = engine.url.partition("?")[0].rpartition("/")[2]
    for statement in _statements(_MAKE, engine, name):
        engine.fetch(statement)
    try:
        url = make_url(engine.url)
        if engine.dialect in _MAKE:
            url = url.set(username=name, password=PASSWORD)
        opened = connect(url.render_as_string(hide_password=False))
        assert isinstance(opened, GuardedSource)
        yield opened
    finally:
        for statement in _statements(_DROP, engine, name):
            engine.fetch(statement)


def _statements(scripts: dict[str, str], engine: Engine, name: str) -> list[str]:
    script = scripts.get(engine.dialect, "").format(name=name, password=PASSWORD)
    return [statement.strip() for statement in script.split(";") if statement.strip()]
