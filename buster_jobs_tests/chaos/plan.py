"""What is triggered in a storm, decided beforehand from the seed. Nothing here triggers anything."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

_WEIGHTS = {
    "succeeds": 54.0,
    "has_two_steps": 8.0,
    "is_flaky": 8.0,
    "always_fails": 5.0,
    "fails_critically": 3.0,
    "is_late": 1.0,
    "is_slow": 4.0,
    "takes_turns": 3.0,
    "refuses_its_payload": 2.0,
    "rejects": 3.0,
    "kills_itself_once": 2.0,
    "kills_itself": 1.0,
    "eats_memory": 0.5,
    "waits": 3.0,
}
_SECONDS = {"is_slow": (1.0, 4.0), "takes_turns": (0.0, 0.3), "succeeds": (0.0, 0.1)}
_CANCELED = 0.04
_EXPIRING = 0.02
_DUPLICATES = 0.1


@dataclass(frozen=True, slots=True)
class Planned:
    """One trigger. `at` is the share of the storm that is over by then; `cancel_after` is in seconds."""

    at: float
    task: str
    payload: Mapping[str, Any]
    key: str
    cancel_after: float | None = None
    wishes: Mapping[str, Any] = field(default_factory=dict[str, Any])


def planned(triggers: int, random: Random) -> list[Planned]:
    """So many triggers in the order of their time; a tenth of them repeat an earlier one."""
    fresh = [_one(number, random) for number in range(triggers - round(triggers * _DUPLICATES))]
    repeated = random.sample(fresh, triggers - len(fresh))
    return sorted([*fresh, *(_again(one, random) for one in repeated)], key=lambda one: one.at)


def _one(number: int, random: Random) -> Planned:
    task = random.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
    key = f"{task}-{number}"
    payload = {"key": key, "seconds": round(random.uniform(*_SECONDS.get(task, (0.0, 0.0))), 2)}
    chance = random.random()
    if chance < _CANCELED:
        # Half of them before they can have begun.
        delay = {"delay": 10} if random.random() < 0.5 else {}
        return Planned(random.random(), task, payload, key, random.uniform(0, 1.5), delay)
    wishes = {"delay": 0, "ttl": 0} if chance < _CANCELED + _EXPIRING else {}
    return Planned(random.random(), task, payload, key, wishes=wishes)


def _again(one: Planned, random: Random) -> Planned:
    at = one.at if random.random() < 0.5 else random.uniform(one.at, 1)
    return Planned(at, one.task, one.payload, one.key, wishes=one.wishes)
