"""One running system for all tests that leave it as they found it."""

from collections.abc import Generator

import pytest

from buster_jobs_tests.support.running_system import System, running_system


@pytest.fixture(scope="package")
def system() -> Generator[System]:
    """Plain `dagster dev` with the misbehaving tasks."""
    with running_system() as running:
        yield running
