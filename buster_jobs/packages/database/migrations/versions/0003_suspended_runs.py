"""Runs that gave their worker back: waits of steps, a state of the queue, a status of job records."""

from alembic import op

revision = "0003_suspended_runs"
down_revision = "0002_run_queue"
branch_labels = None
depends_on = None

_WAITS = """
CREATE TABLE buster.step_waits (
    run_id text NOT NULL,
    step_key text NOT NULL,
    ends double precision[] NOT NULL,
    suspensions integer NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT pk_step_waits PRIMARY KEY (run_id, step_key)
);
CREATE INDEX ix_step_waits_updated_at ON buster.step_waits (updated_at);
"""

_STATES = """
ALTER TABLE buster.run_queue
    DROP CONSTRAINT ck_run_queue_state,
    DROP CONSTRAINT ck_run_queue_due_at,
    ADD CONSTRAINT ck_run_queue_state CHECK (state IN ({states})),
    ADD CONSTRAINT ck_run_queue_due_at CHECK (state NOT IN ({waiting}) OR due_at IS NOT NULL);
DROP INDEX buster.ix_run_queue_due_at;
CREATE INDEX ix_run_queue_due_at ON buster.run_queue (due_at) WHERE state IN ({waiting});
ALTER TABLE buster.jobs
    DROP CONSTRAINT ck_jobs_status,
    ADD CONSTRAINT ck_jobs_status CHECK (status IN ({statuses}));
"""
_FINAL = "'completed', 'failed', 'rejected', 'canceled', 'expired'"
_DELAYED, _SUSPENDED = "'delayed'", "'delayed', 'suspended'"


def upgrade() -> None:
    op.execute(_WAITS)
    states = "'delayed', 'blocked', 'ready', 'claimed', 'suspended', 'expired'"
    statuses = f"'queued', 'running', 'suspended', {_FINAL}"
    op.execute(_STATES.format(states=states, waiting=_SUSPENDED, statuses=statuses))


def downgrade() -> None:
    op.execute("DROP TABLE buster.step_waits")
    op.execute("UPDATE buster.jobs SET status = 'running' WHERE status = 'suspended'")
    op.execute("UPDATE buster.run_queue SET state = 'ready' WHERE state = 'suspended'")
    states = "'delayed', 'blocked', 'ready', 'claimed', 'expired'"
    op.execute(_STATES.format(states=states, waiting=_DELAYED, statuses=f"'queued', 'running', {_FINAL}"))
