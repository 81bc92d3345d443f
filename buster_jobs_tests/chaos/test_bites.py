"""The checks of a storm notice when a safeguard is missing: each in turn, in a scenario that needs it."""

from collections.abc import Callable, Generator

import pytest
from sqlalchemy import Engine

from buster_jobs_tests.chaos.checks import failing, name_of
from buster_jobs_tests.chaos.receiver import settings
from buster_jobs_tests.chaos.safeguards import SAFEGUARDS
from buster_jobs_tests.chaos.stage import Stage, stage
from buster_jobs_tests.support.loopback import loopback


@pytest.fixture
def theatre(database: Engine, configure: Callable[..., None]) -> Generator[Stage]:
    """A stage on the tests' own database."""
    with loopback() as receiver:
        configure(**settings(receiver))
        with stage(receiver) as made:
            yield made


@pytest.mark.parametrize("name", SAFEGUARDS)
def test_with_all_safeguards_every_check_holds(name: str, theatre: Stage) -> None:
    SAFEGUARDS[name].scenario(theatre)
    assert failing(theatre.evidence()) == {}


@pytest.mark.parametrize("name", SAFEGUARDS)
def test_without_a_safeguard_its_check_fails(name: str, theatre: Stage) -> None:
    safeguard = SAFEGUARDS[name]
    with safeguard.off():
        safeguard.scenario(theatre)
        assert name_of(safeguard.check) in failing(theatre.evidence())
