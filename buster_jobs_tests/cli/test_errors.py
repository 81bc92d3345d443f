"""A command whose PostgreSQL cannot be reached ends with one sentence."""

import click
import psycopg
import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, create_engine, text

from buster_jobs.cli.main import LazyGroup

NOWHERE = "postgresql://ada:s3cr3t-w0rd@127.0.0.1:1/shop"


@click.command()
def by_psycopg() -> None:
    psycopg.connect(NOWHERE)


@click.command()
def by_sqlalchemy() -> None:
    create_engine(NOWHERE.replace("postgresql", "postgresql+psycopg")).connect()


@click.command()
def by_dagsters_driver() -> None:
    create_engine(NOWHERE.replace("postgresql", "postgresql+psycopg2")).connect()


COMMANDS = ("by_psycopg", "by_sqlalchemy", "by_dagsters_driver")
GROUP = LazyGroup(lazy={name: (f"{__name__}:{name}", "") for name in COMMANDS})


@pytest.mark.parametrize("command", COMMANDS)
def test_a_connection_that_cannot_be_made_ends_the_command_with_a_sentence(command: str) -> None:
    done = CliRunner().invoke(GROUP, [command])
    assert done.exit_code == 1
    assert done.stderr.startswith("PostgreSQL cannot be reached, or the connection was lost: ")
    assert "s3cr3t" not in done.output


def test_a_lost_connection_ends_the_command_with_a_sentence_and_a_cancelled_query_does_not(database: Engine) -> None:
    def run(sql: str) -> Exception | str:
        @click.command()
        def command() -> None:
            with database.connect() as connection:
                connection.execute(text(sql))

        group = LazyGroup(commands={"command": command})
        done = CliRunner().invoke(group, ["command"])
        return done.stderr if isinstance(done.exception, SystemExit) else str(done.exception)

    assert str(run("SELECT pg_terminate_backend(pg_backend_pid())")).startswith("PostgreSQL cannot be reached, or the")
    assert "canceling statement" in str(run("SELECT pg_cancel_backend(pg_backend_pid()), pg_sleep(60)"))
