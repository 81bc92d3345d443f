"""The database engines that can be data sources, one entry each. `connect`, the guard and the tests read this table.

How to add an engine: docs/extending/data-source-engine.md.
"""

from dataclasses import dataclass
from importlib.util import find_spec

from buster_jobs.packages.errors import ConfigurationError

_HERE = "buster_jobs.packages.data_sources"


@dataclass(frozen=True, slots=True)
class Engine:
    """One kind of database server or file.

    `dialect` is sqlglot's name of its SQL; `example` a URL as docs/data-sources.md shows it. `schemes` begin its URLs;
    `also` are further schemes that are accepted, such as those that name a driver. `adapter` and `rules` are modules,
    imported on first use: `adapter.open_source(url, visibility)` makes the data source, `rules.rules()` the guard's
    rules. An engine whose `drivers` (modules) are installed on demand has an `extra` of buster-jobs that brings them.
    """

    name: str
    dialect: str
    schemes: tuple[str, ...]
    example: str
    adapter: str
    rules: str
    also: tuple[str, ...] = ()
    extra: str | None = None
    drivers: tuple[str, ...] = ()

    def check_installed(self) -> None:
        """Raise `ConfigurationError`, naming the command to run, when a driver is missing."""
        if all(find_spec(driver.partition(".")[0]) for driver in self.drivers):
            return
        raise ConfigurationError(
            f"The driver for {self.name} is not installed here: run pip install 'buster-jobs[{self.extra}]'."
        )


ENGINES = (
    Engine(
        name="PostgreSQL",
        dialect="postgres",
        schemes=("postgresql",),
        also=("postgres", "postgresql+psycopg", "postgresql+psycopg2"),
        example="postgresql://user:password@host:5432/database",
        adapter=f"{_HERE}.postgres.source",
        rules=f"{_HERE}.guard.engines.postgres.rules",
    ),
    Engine(
        name="MySQL",
        dialect="mysql",
        schemes=("mysql", "mariadb"),
        also=("mysql+pymysql", "mariadb+pymysql"),
        example="mysql://user:password@host:3306/database",
        adapter=f"{_HERE}.mysql.source",
        rules=f"{_HERE}.guard.engines.mysql",
    ),
    Engine(
        name="SQLite",
        dialect="sqlite",
        schemes=("sqlite",),
        example="sqlite:///shop.db",
        adapter=f"{_HERE}.sqlite.source",
        rules=f"{_HERE}.guard.engines.sqlite",
    ),
    Engine(
        name="DuckDB",
        dialect="duckdb",
        schemes=("duckdb",),
        example="duckdb:///shop.duckdb",
        adapter=f"{_HERE}.duckdb.source",
        rules=f"{_HERE}.guard.engines.duckdb",
    ),
    Engine(
        name="Snowflake",
        dialect="snowflake",
        schemes=("snowflake",),
        example="snowflake://user:password@account/database/schema?warehouse=name&role=name",
        adapter=f"{_HERE}.via_sqlalchemy.source",
        rules=f"{_HERE}.guard.engines.snowflake",
        extra="snowflake",
        drivers=("snowflake.sqlalchemy",),
    ),
    Engine(
        name="BigQuery",
        dialect="bigquery",
        schemes=("bigquery",),
        example="bigquery://project/dataset?credentials_base64=…",
        adapter=f"{_HERE}.via_sqlalchemy.source",
        rules=f"{_HERE}.guard.engines.bigquery",
        extra="bigquery",
        drivers=("sqlalchemy_bigquery",),
    ),
    Engine(
        name="Redshift",
        dialect="redshift",
        schemes=("redshift",),
        example="redshift://user:password@host:5439/database",
        adapter=f"{_HERE}.via_sqlalchemy.source",
        rules=f"{_HERE}.guard.engines.redshift",
        extra="redshift",
        drivers=("sqlalchemy_redshift", "redshift_connector"),
    ),
    Engine(
        name="SQL Server",
        dialect="tsql",
        schemes=("mssql",),
        example="mssql://user:password@host:1433/database",
        adapter=f"{_HERE}.via_sqlalchemy.source",
        rules=f"{_HERE}.guard.engines.tsql",
        extra="sqlserver",
        drivers=("pymssql",),
    ),
)

BY_SCHEME = {scheme: engine for engine in ENGINES for scheme in (*engine.schemes, *engine.also)}
BY_DIALECT = {engine.dialect: engine for engine in ENGINES}
