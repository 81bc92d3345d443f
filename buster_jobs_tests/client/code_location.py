"""A code location of the client's tests, with tasks that end in every way there is."""

import sys

import dagster as dg
from dagster._core.remote_origin import ManagedGrpcPythonEnvCodeLocationOrigin, RemoteJobOrigin, RemoteRepositoryOrigin
from dagster._core.types.loadable_target_origin import LoadableTargetOrigin

from buster_jobs.tasks.system.replay_dead_letters import replay_dead_letters
from buster_jobs_tests.client import tasks

MODULE = __name__

defs = dg.Definitions(
    jobs=[tasks.echo, tasks.double, tasks.fail, tasks.succeed_at, tasks.sleep, tasks.reject, replay_dead_letters],
)


def remote_origin(job_name: str) -> RemoteJobOrigin:
    """Where a webserver would say that a job of this code location comes from."""
    target = LoadableTargetOrigin(executable_path=sys.executable, module_name=MODULE)
    location = ManagedGrpcPythonEnvCodeLocationOrigin(target, MODULE)
    return RemoteRepositoryOrigin(location, "__repository__").get_job_origin(job_name)
