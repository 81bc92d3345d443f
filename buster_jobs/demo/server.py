"""The demo's database and its read-only role, on the server that holds our tables."""

import secrets
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import URL

from buster_jobs.packages.database.server import engine
from buster_jobs.packages.errors import ConfigurationError, Unavailable

DEFAULT_DATABASE = "flights"


@dataclass(frozen=True, slots=True)
class DemoServer:
    """The demo's database. `url` is for our user, who may load the data; it may hold a password."""

    url: URL = field(repr=False)

    @property
    def database(self) -> str:
        return str(self.url.database)

    @property
    def reader(self) -> str:
        """The role that may only read the demo's tables."""
        return f"{self.database}_reader"

    def connect(self, *, autocommit: bool = False) -> psycopg.Connection:
        """Raises `Unavailable`."""
        return _connect(self.url, autocommit=autocommit)


def prepare_server(database: str = DEFAULT_DATABASE) -> DemoServer:
    """Create the database and the reader's role, if missing.

    Raises `ConfigurationError` if our user may not, or if `database` is the one that holds our own tables.
    """
    ours = engine.database_url("psycopg")
    if database == ours.database:
        raise ConfigurationError(f"The database {database} holds Buster's own tables: name another with --database.")
    server = DemoServer(ours.set(database=database))
    with _connect(ours, autocommit=True) as connection:
        try:
            _make(connection, server)
        except psycopg.errors.InsufficientPrivilege:
            raise ConfigurationError(
                f"The user {ours.username} of BUSTER_DATABASE_URL may not make the database {database} and the role "
                f"{server.reader}: give it CREATEDB and CREATEROLE, or make both and let {ours.username} own the "
                "database."
            ) from None
    return server


def reader_url(server: DemoServer, stored: str | None) -> str:
    """The reader's URL, for a data source. `stored` is the URL of the data source, which is kept while it is right.

    The embedded server has no passwords. On another server the reader gets a new password if `stored` is unusable.
    """
    wanted = server.url.set(drivername="postgresql", username=server.reader)
    if server.url.password is None:
        return wanted.render_as_string(hide_password=False)
    if stored and _same_place(stored, wanted):
        return stored
    password = secrets.token_urlsafe(24)
    with server.connect() as connection:
        role = sql.Identifier(server.reader)
        connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(role, sql.Literal(password)))
    return wanted.set(password=password).render_as_string(hide_password=False)


def _same_place(stored: str, wanted: URL) -> bool:
    return _place(engine.parsed_url(stored)) == _place(wanted)


def _place(url: URL) -> tuple[object, ...]:
    return url.username, url.host, url.port, url.database, url.query


def _make(connection: psycopg.Connection, server: DemoServer) -> None:
    # Held until the connection closes, so that two demos that start at once do not both create the database.
    connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [f"buster demo {server.database}"])
    role, database = sql.Identifier(server.reader), sql.Identifier(server.database)
    if not _exists(connection, "pg_roles", "rolname", server.reader):
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role))
        connection.execute(sql.SQL("ALTER ROLE {} SET default_transaction_read_only = on").format(role))
    if not _exists(connection, "pg_database", "datname", server.database):
        # template0 lacks what a site may have added to template1.
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(database))


def _exists(connection: psycopg.Connection, catalog: str, column: str, name: str) -> bool:
    query = sql.SQL("SELECT 1 FROM {} WHERE {} = %s").format(sql.Identifier(catalog), sql.Identifier(column))
    return connection.execute(query, [name]).fetchone() is not None


def _connect(url: URL, *, autocommit: bool) -> psycopg.Connection:
    # As parameters: in a URL, SQLAlchemy writes the space of a path as +, which libpq takes for a plus sign.
    parameters: dict[str, Any] = {"dbname": url.database, "user": url.username, "password": url.password}
    parameters |= {"host": url.host, "port": url.port, **url.query}
    try:
        return psycopg.connect(**parameters, autocommit=autocommit, connect_timeout=5, application_name="buster_demo")
    except psycopg.OperationalError:
        raise Unavailable(
            f"The database {url.database} of the demo cannot be reached as {url.username}: check BUSTER_DATABASE_URL."
        ) from None
