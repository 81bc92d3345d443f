"""What the adapter must know of each engine to reach it: its URL for SQLAlchemy, its session. Opens no connection."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import URL

from buster_jobs.packages.data_sources.url import ParsedUrl
from buster_jobs.packages.errors import InvalidInput

_ACCOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


@dataclass(frozen=True, slots=True)
class Definition:
    """How one engine is reached. Our URL may have these `options`. `url` makes SQLAlchemy's, or raises `InvalidInput`.

    `session` gives the statements that a connection is told before a query, for a limit of so many seconds.
    """

    options: frozenset[str]
    url: Callable[[ParsedUrl], URL]
    session: Callable[[float], tuple[str, ...]] = lambda _seconds: ()
    connect_args: dict[str, object] = field(default_factory=dict[str, object])


def _host(parsed: ParsedUrl) -> str:
    if not (parsed.host and parsed.username and parsed.database):
        raise InvalidInput("The data source's URL must name a user, a host and a database.")
    return parsed.host


def _snowflake(parsed: ParsedUrl) -> URL:
    # The account becomes part of Snowflake's host name: with a slash or a colon it could name another host.
    if not _ACCOUNT.fullmatch(_host(parsed)) or parsed.port is not None:
        raise InvalidInput("Write the URL as snowflake://user:password@account/database/schema?warehouse=name.")
    return URL.create(
        "snowflake", parsed.username, parsed.password, parsed.host, None, parsed.database, dict(parsed.options)
    )


def _bigquery(parsed: ParsedUrl) -> URL:
    # Without credentials in the URL the driver would use those of our machine.
    if not parsed.host or parsed.username or parsed.password or "credentials_base64" not in parsed.options:
        raise InvalidInput(
            "Write the URL as bigquery://project/dataset?credentials_base64=… (a service account's key)."
        )
    return URL.create("bigquery", host=parsed.host, database=parsed.database, query=dict(parsed.options))


def _redshift(parsed: ParsedUrl) -> URL:
    return URL.create(
        "redshift+redshift_connector",
        parsed.username,
        parsed.password,
        _host(parsed),
        parsed.port or 5439,
        parsed.database,
    )


def _sql_server(parsed: ParsedUrl) -> URL:
    return URL.create(
        "mssql+pymssql", parsed.username, parsed.password, _host(parsed), parsed.port or 1433, parsed.database
    )


# By sqlglot's name of the dialect, as in `engines`.
DEFINITIONS = {
    "snowflake": Definition(
        options=frozenset({"warehouse", "role"}),
        url=_snowflake,
        session=lambda seconds: (f"ALTER SESSION SET STATEMENT_TIMEOUT_IN_SECONDS = {max(1, round(seconds))}",),
    ),
    "bigquery": Definition(
        options=frozenset({"credentials_base64", "location"}),
        url=_bigquery,
    ),
    "redshift": Definition(
        options=frozenset(),
        url=_redshift,
        session=lambda seconds: (
            f"SET statement_timeout TO {max(1, round(seconds * 1000))}",
            "SET default_transaction_read_only TO on",
        ),
        connect_args={"ssl": True, "sslmode": "verify-full"},
    ),
    "tsql": Definition(
        options=frozenset(),
        url=_sql_server,
        session=lambda seconds: (
            "SET QUOTED_IDENTIFIER ON",
            "SET ANSI_NULLS ON",
            f"SET LOCK_TIMEOUT {max(1, round(seconds * 1000))}",
        ),
        connect_args={"encryption": "require", "read_only": True},
    ),
}
