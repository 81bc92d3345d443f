"""Opens Dagster's instance, creates runs as the webserver would, and finds the job that a run belongs to."""

import os
import sys
from collections.abc import Mapping
from typing import Any

import dagster as dg

# `dg.execute_job` records no remote origin, without which the UI shows a run but not the job that it belongs to.
from dagster._core.definitions.reconstruct import ReconstructableJob, ReconstructableRepository
from dagster._core.execution.api import execute_run
from dagster._core.origin import JobPythonOrigin
from dagster._core.remote_origin import ManagedGrpcPythonEnvCodeLocationOrigin, RemoteJobOrigin, RemoteRepositoryOrigin
from dagster._core.types.loadable_target_origin import LoadableTargetOrigin
from dagster._utils.hosted_user_process import recon_job_from_origin

from buster_jobs.packages.settings import dagster_file, project_root
from buster_jobs.runtime.spec import is_asset
from buster_jobs.runtime.target import asset_run_tags, assets_of
from buster_jobs.runtime.task_tags import merged_tags

LOCATION = "buster_jobs"
DEFINITIONS_MODULE = "buster_jobs.definitions"
_REPOSITORY = "__repository__"
_ASSETS = "__ASSET_JOB"


def open_instance() -> dg.DagsterInstance:
    """The Dagster instance of DAGSTER_HOME, or without it the one that our dagster.yaml describes."""
    if os.environ.get("DAGSTER_HOME"):
        return dg.DagsterInstance.get()
    return dg.DagsterInstance.from_config(str(dagster_file("dagster.yaml").parent))


def execute(job: ReconstructableJob, run: dg.DagsterRun, instance: dg.DagsterInstance) -> None:
    """Execute a run that has not started to its end, in this process."""
    execute_run(job, run, instance)


def create_run(
    name: str,
    payload: Mapping[str, Any],
    instance: dg.DagsterInstance,
    module: str = DEFINITIONS_MODULE,
    *,
    run_id: str | None = None,
    tags: Mapping[str, str] | None = None,
    repeats: str | None = None,
) -> tuple[ReconstructableJob, dg.DagsterRun]:
    """A run that has not started, as the webserver would make it.

    Raises `dg.DagsterInvalidConfigError` for a payload that `launchRun` would refuse.

    `name` is that of a job in `module`, or of assets as `task_name` gives it. `tags` go on top of their own; without
    `run_id` the run gets a new one. `repeats` is the id of the run that it executes again, in whose code location the
    job then is, and with which the UI shows it.
    """
    earlier = instance.get_run_by_id(repeats) if repeats else None
    repository = load_job(earlier).repository if earlier else _repository(module)
    repository.get_definition()  # imports what the code location has
    assets = [dg.AssetKey(part) for part in assets_of(name) if is_asset(part)]
    job = repository.get_reconstructable_job(_ASSETS if assets else name)
    if assets:
        job = job.get_subset(asset_selection=set(assets))
    definition = job.get_definition()
    own_tags = _asset_tags(definition, assets, payload) if assets else definition.run_tags
    run = instance.create_run_for_job(
        definition,
        run_id=run_id,
        parent_run_id=earlier.run_id if earlier else None,
        root_run_id=(earlier.root_run_id or earlier.run_id) if earlier else None,
        run_config={} if assets else payload,
        tags={**own_tags, **(tags or {})},
        asset_selection=set(assets) or None,
        remote_job_origin=earlier.remote_job_origin if earlier else _origin(module, job.job_name),
        job_code_origin=job.get_python_origin(),
    )
    return job, run


def _asset_tags(job: dg.JobDefinition, assets: list[dg.AssetKey], payload: Mapping[str, Any]) -> dict[str, str]:
    graph = job.asset_layer.asset_graph
    return merged_tags(graph.get(key).metadata for key in assets) | asset_run_tags(payload)


def _repository(module: str) -> ReconstructableRepository:
    return ReconstructableRepository.for_module(module, "defs", working_directory=str(project_root()))


def _origin(module: str, job_name: str) -> RemoteJobOrigin:
    target = LoadableTargetOrigin(
        executable_path=sys.executable, module_name=module, working_directory=str(project_root())
    )
    location = ManagedGrpcPythonEnvCodeLocationOrigin(target, LOCATION)
    return RemoteRepositoryOrigin(location, _REPOSITORY).get_job_origin(job_name)


def load_job(run: dg.DagsterRun) -> ReconstructableJob:
    """The job that the run belongs to. Raises TypeError when the run does not say which code that is."""
    origin = run.job_code_origin
    if not isinstance(origin, JobPythonOrigin):
        raise TypeError(f"Run {run.run_id} does not say which code it belongs to.")
    job = recon_job_from_origin(origin)
    if run.asset_selection or run.asset_check_selection:
        return job.get_subset(asset_selection=run.asset_selection, asset_check_selection=run.asset_check_selection)
    return job
