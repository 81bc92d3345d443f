"""A run in this process, outside of the pool: for commands. Supervisors look after it as after a worker's run."""

from collections.abc import Generator
from contextlib import contextmanager

import dagster as dg

from buster_jobs.packages import run_tags
from buster_jobs.packages.database.runs import run_queue
from buster_jobs.runtime.engine.lease import Lease
from buster_jobs.runtime.engine.outcomes import end_as_lost
from buster_jobs.runtime.process_names import worker_name
from buster_jobs.runtime.target import task_name


@contextmanager
def claimed_here(instance: dg.DagsterInstance, run: dg.DagsterRun) -> Generator[None]:
    """Execute the run in the block, in the main thread. When this process is killed, a worker goes on with it.

    Ctrl-C or SIGTERM stops the run too: it then ends as failed.
    The run takes no concurrency key: the person who started it waits for it.
    """
    worker, queue = worker_name(), run.tags.get(run_tags.QUEUE, "default")
    run_queue.enqueue_claimed(run.run_id, task_name(run), worker, queue=queue)
    try:
        with Lease(run.run_id, worker):
            yield
    except (KeyboardInterrupt, dg.DagsterExecutionInterruptedError, SystemExit):
        stored = instance.get_run_by_id(run.run_id)
        if stored and not stored.is_finished:
            end_as_lost(instance, stored, "The process that executed the run was stopped.")
        run_queue.release(run.run_id)
        raise
    run_queue.release(run.run_id)
