"""A thousand triggers while everything is killed, as many as a test has time for. `make chaos` has longer."""

from pathlib import Path
from random import SystemRandom

from buster_jobs_tests.chaos.__main__ import figures
from buster_jobs_tests.chaos.storm import Weather, storm

_TRIGGERS = 1000
_BLOWS = 8


def test_in_a_storm_nothing_is_lost_and_nothing_comes_twice(tmp_path: Path) -> None:
    seed = SystemRandom().randrange(10**6)
    weather = Weather(seed, _TRIGGERS, seconds=45, pause=3, blows=_BLOWS, keep=tmp_path / "storm")
    verdict = storm(weather)
    print(f"make chaos SEED={seed}", figures(verdict), sep="\n")
    assert verdict.failing == {}
    assert verdict.triggers == _TRIGGERS
    assert sum(verdict.outcomes.values()) == verdict.accepted
    assert verdict.blows.total() >= _BLOWS
