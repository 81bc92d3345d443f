"""One running `dagster dev` for all end-to-end tests."""

from collections.abc import Callable, Generator

import pytest
from sqlalchemy import URL

from buster_jobs_tests.conftest import OrganizationWithChat
from buster_jobs_tests.support.asked import Asked, ask
from buster_jobs_tests.support.dagster_dev import DagsterDev, dagster, running


@pytest.fixture(scope="package")
def dagster_dev(postgres: object, tmp_path_factory: pytest.TempPathFactory) -> Generator[DagsterDev]:
    """Plain `dagster dev` with nothing but a test's own state folder in its environment.

    It ends with this package: its workers would claim what other tests put into the queue.
    """
    log = tmp_path_factory.mktemp("dagster_dev") / "log"
    with running(dagster("dev"), log, {"BUSTER_CANARY": "canary-7f3a91"}) as dev:
        yield dev


@pytest.fixture
def asked(organization: OrganizationWithChat, scratch_database: Callable[[], URL]) -> Asked:
    """A question to a small data source of one organization."""
    return ask(organization, scratch_database)
