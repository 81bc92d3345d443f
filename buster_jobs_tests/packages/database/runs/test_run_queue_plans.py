"""What supervisors ask twice a second costs the same however many runs wait."""

from collections.abc import Generator

import pytest
from sqlalchemy import Connection, Engine, text

from buster_jobs.packages.database.runs import run_queue_statements as statements

_BLOCKED = """
INSERT INTO buster.run_queue (run_id, task, state, concurrency_keys, concurrency_limits, expires_at)
SELECT number::text, 'task', 'blocked', ARRAY['key'], ARRAY[1], now() + interval '1 day'
FROM generate_series(1, 100000) AS number
"""


@pytest.fixture
def long_queue(database: Engine) -> Generator[Connection]:
    with database.connect() as connection:
        connection.execute(text(_BLOCKED))
        connection.execute(text("ANALYZE buster.run_queue"))
        yield connection
    with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM (ANALYZE) buster.run_queue"))


def test_no_query_of_a_supervisor_reads_all_waiting_runs(long_queue: Connection) -> None:
    for asked in (
        statements.ANY_DUE,
        statements.ANY_EXPIRED,
        statements.EXPIRE,
        statements.CLAIMED,
        statements.SECONDS_TO_NEXT,
    ):
        plan = "\n".join(long_queue.scalars(text(f"EXPLAIN {asked}")))
        assert "Seq Scan on run_queue" not in plan, f"{asked}\n{plan}"
