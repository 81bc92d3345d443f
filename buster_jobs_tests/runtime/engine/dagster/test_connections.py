"""What the engine under Dagster's storage tells of a statement that failed."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from buster_jobs.packages.database.server.engine import database_url
from buster_jobs.runtime.engine.dagster.connections import pooled_engine


def test_the_error_of_a_statement_does_not_repeat_its_values() -> None:
    failing = text("SELECT 1 FROM pg_class WHERE relname = :name AND 1 / (relnatts - relnatts) = 1")
    engine = pooled_engine(database_url("psycopg2"))
    with pytest.raises(DBAPIError, match="division by zero") as caught, engine.connect() as connection:
        connection.execute(failing, {"name": "pg_class"})
    assert "parameters hidden" in str(caught.value)
