"""`buster-jobs sources`, as typed, with real databases of each engine."""

import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import duckdb
import psycopg
import pymysql
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import URL

from buster_jobs.cli import main
from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.database.people.organizations import get_active_organizations
from buster_jobs.packages.database.server.embedded import EmbeddedServer
from buster_jobs.packages.database.server.embedded_programs import APP_DATABASE
from buster_jobs.packages.database.sources.catalog_tables import list_catalog_tables
from buster_jobs.packages.database.sources.data_sources import find_data_sources, set_connection
from buster_jobs_tests.conftest import OrganizationWithChat

SECRET = "s3cret-word"


def sources(*arguments: str, stdin: str = "") -> Result:
    result = CliRunner().invoke(main, ["sources", *arguments], input=stdin)
    assert SECRET not in result.output
    return result


@pytest.fixture
def files(tmp_path: Path, configure: Callable[..., None]) -> Path:
    configure(BUSTER_DATA_SOURCE_DIR=str(tmp_path))
    return tmp_path


@pytest.fixture
def postgresql(scratch_database: Callable[[], URL]) -> str:
    url = scratch_database().set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as owner:
        owner.execute("CREATE TABLE orders AS SELECT n AS id, 'order ' || n AS name FROM generate_series(1, 1000) n")
    return url


@pytest.fixture
def sqlite(files: Path) -> str:
    with sqlite3.connect(files / "shop.db") as owner:
        owner.execute("CREATE TABLE orders AS SELECT 1 AS id, 'order' AS name")
    return f"sqlite:///{files}/shop.db"


@pytest.fixture
def duck(files: Path) -> str:
    with duckdb.connect(str(files / "shop.duckdb")) as owner:
        owner.execute("CREATE TABLE orders AS SELECT range AS id FROM range(20)")
    return f"duckdb:///{files}/shop.duckdb"


def test_a_data_source_is_added_tested_copied_and_listed(organization: OrganizationWithChat, postgresql: str) -> None:
    assert sources("list").stderr.startswith("There are no data sources")
    whose = ["--organization", str(organization.organization_id)]
    added = sources("add", "my [red] shop", *whose, stdin=f"{postgresql}\n")
    assert added.exit_code == 0, added.output
    assert added.stdout.endswith("Copy it: buster-jobs sources sync 'my [red] shop' --all-tables\n")
    assert (
        sources("test", "my [red] shop").stdout == "my [red] shop answers, with 1 tables and views that we may read.\n"
    )
    copied = sources("sync", "my [red] shop", "--all-tables")
    assert copied.stdout == "1 table copied, 1,000 rows read, 1,000 written.\n", copied.stderr
    listed = sources("list").stdout
    assert "my [red] shop" in listed
    assert [word for word in listed.splitlines()[1].split() if word in ("active", "1", "0")] == ["active", "1", "0"]
    assert "never" not in listed


def test_a_sync_keeps_the_catalog_too(organization: OrganizationWithChat, postgresql: str) -> None:
    sources("add", "shop", "--organization", str(organization.organization_id), stdin=postgresql)
    assert sources("sync", "shop", "--all-tables").exit_code == 0
    (stored,) = find_data_sources("shop")
    assert [(table.table_name, table.status) for table in list_catalog_tables(stored.id)] == [("orders", "current")]


@pytest.mark.parametrize("engine", ["sqlite", "duck"])
def test_files_are_added_and_copied(
    engine: str, organization: OrganizationWithChat, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue(engine)
    added = sources("add", "file", "--organization", str(organization.organization_id), "--url", url)
    assert (added.exit_code, added.stderr) == (0, "")
    assert sources("sync", "file", "--all-tables").stdout.startswith("1 table copied")


@pytest.mark.needs_mariadb
def test_mariadb_is_added_and_copied_and_a_wrong_password_is_reported(organization: OrganizationWithChat) -> None:
    name = f"buster_{uuid4().hex[:10]}"
    owner = pymysql.connect(host="127.0.0.1", user="root", autocommit=True).cursor()
    try:
        owner.execute(f"CREATE DATABASE {name}")
        owner.execute(f"CREATE TABLE {name}.orders AS SELECT 1 AS id")
        owner.execute(f"CREATE USER '{name}'@'127.0.0.1' IDENTIFIED BY 'other'")
        whose = ["--organization", str(organization.organization_id)]
        refused = sources("add", "maria", *whose, stdin=f"mysql://{name}:{SECRET}@127.0.0.1/{name}")
        assert refused.exit_code == 1
        assert refused.stderr.endswith(f"does not let the user {name!r} in: check user and password.\n")
        assert sources("add", "maria", *whose, stdin=f"mysql://root@127.0.0.1/{name}").exit_code == 0
        assert sources("sync", "maria", "--all-tables").stdout == "1 table copied, 1 rows read, 1 written.\n"
    finally:
        owner.execute(f"DROP DATABASE {name}")
        owner.execute(f"DROP USER IF EXISTS '{name}'@'127.0.0.1'")


def test_the_first_organization_is_created_together_with_its_data_source(database: object, sqlite: str) -> None:
    refused = sources("add", "file", "--organization", "Acme", "--url", sqlite)
    assert refused.exit_code == 2
    assert "--new-organization makes one" in refused.stderr
    refused = sources("add", "file", "--organization", "Acme", "--new-organization", "--url", f"{sqlite}x")
    assert (refused.exit_code, get_active_organizations()) == (1, [])
    added = sources("add", "file", "--organization", "Acme", "--new-organization", "--url", sqlite)
    assert added.exit_code == 0, added.output
    again = sources("add", "other", "--organization", "Acme", "--new-organization", "--url", sqlite)
    assert again.stderr == "There is an organization Acme already: leave --new-organization out.\n"
    assert [owner.name for owner in get_active_organizations()] == ["Acme"]


def test_a_data_source_that_cannot_be_added_is_refused_in_one_sentence_without_the_password(
    organization: OrganizationWithChat, sqlite: str
) -> None:
    whose = ["--organization", str(organization.organization_id)]
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        port = deaf.getsockname()[1]
        refused = {
            "nobody answers": sources("add", "a", *whose, stdin=f"postgresql://u:{SECRET}@127.0.0.1:{port}/x"),
            "unknown engine": sources("add", "a", *whose, stdin=f"oracle://u:{SECRET}@127.0.0.1/x"),
            "no URL": sources("add", "a", *whose, stdin=SECRET),
            "nothing": sources("add", "a", *whose),
            "blank name": sources("add", " ", *whose, stdin=sqlite),
        }
    sources("add", "taken", *whose, stdin=sqlite)
    refused["taken name"] = sources("add", "taken", *whose, stdin=sqlite)
    assert {what: (bool(one.exit_code), one.stderr.count("\n")) for what, one in refused.items()} == dict.fromkeys(
        refused, (True, 1)
    )
    assert refused["taken name"].stderr == "There is a data source 'taken' already: choose another name.\n"
    assert refused["nothing"].stderr.startswith("Give the data source's URL")
    assert len(find_data_sources("taken")) == 1


def test_a_password_on_the_command_line_is_warned_about(organization: OrganizationWithChat) -> None:
    arguments = ["add", "a", "--no-test", "--organization", str(organization.organization_id)]
    typed = sources(*arguments, "--url", f"postgresql://u:{SECRET}@127.0.0.1/x")
    assert typed.exit_code == 0
    assert "shell's history" in typed.stderr


def test_a_sync_that_cannot_begin_starts_no_run(organization: OrganizationWithChat, sqlite: str) -> None:
    sources("add", "file", "--organization", str(organization.organization_id), stdin=sqlite)
    refused = [
        sources("sync", "nothing"),
        sources("sync", "file"),
        sources("sync", "file", "--all-tables", "--cursor", "id"),
        sources("sync", "file", "--table", "orders", "--key", "id"),
        sources("sync", "file", "--table", "others"),
    ]
    assert all(one.exit_code and "Run " not in one.output and one.stderr.count("\n") == 1 for one in refused)


def test_a_sync_of_a_data_source_that_does_not_answer_fails_at_once(
    organization: OrganizationWithChat, postgresql: str
) -> None:
    sources("add", "shop", "--organization", str(organization.organization_id), stdin=postgresql)
    sources("sync", "shop", "--all-tables")
    (stored,) = find_data_sources("shop")
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        set_connection(
            data_source_id=stored.id, connection_url=f"postgresql://u:{SECRET}@127.0.0.1:{deaf.getsockname()[1]}/x"
        )
        refused = sources("sync", "shop")
    assert refused.exit_code == 1
    assert refused.stderr.startswith("Nothing answers for x on 127.0.0.1:")
    assert "Run " not in refused.output
    assert " error " in sources("list").stdout


def test_a_table_that_fails_is_named_and_the_others_are_copied(
    organization: OrganizationWithChat, postgresql: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with psycopg.connect(postgresql) as owner:
        owner.execute('CREATE VIEW "[red] view" AS SELECT 1 / (id - 1) AS id FROM orders')
    sources("add", "shop", "--organization", str(organization.organization_id), stdin=postgresql)
    failed = sources("sync", "shop", "--table", "[red] view", "--all-tables")
    assert failed.exit_code == 1
    assert "1 of 2 tables of shop failed: public.[red] view (QUERY_FAILED:" in failed.stderr
    bars = capfd.readouterr().err
    assert "public.[red] view failed" in bars
    assert "1000/1000" in bars


def test_a_second_data_source_of_a_name_is_named_by_its_id(
    new_organization: Callable[[], OrganizationWithChat], sqlite: str
) -> None:
    for owner in (new_organization(), new_organization()):
        sources("add", "file", "--organization", str(owner.organization_id), stdin=sqlite)
    refused = sources("test", "file")
    assert (refused.exit_code, "name one by its id" in refused.stderr) == (2, True)
    first, _second = find_data_sources("file")
    assert sources("test", str(first.id)).exit_code == 0
    assert connect(first.connection_url()).introspect().tables


@pytest.mark.parametrize("more", [(), ("--no-test",)])
def test_our_own_database_is_not_added(
    organization: OrganizationWithChat, postgres: EmbeddedServer, more: tuple[str, ...]
) -> None:
    url = postgres.url(APP_DATABASE).set(drivername="postgresql").render_as_string(hide_password=False)
    refused = sources("add", "all", "--organization", str(organization.organization_id), "--url", url, *more)
    assert refused.exit_code == 1
    assert refused.stderr.startswith("This is Buster's own database")
    assert find_data_sources("all") == []
