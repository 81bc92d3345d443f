"""One storm from its beginning to its verdict: trigger while everything is killed, let it end, replay what failed."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from buster_jobs.client import Client
from buster_jobs.packages.database.migrate import migrate
from buster_jobs.packages.database.runs import alerts
from buster_jobs.packages.database.runs.letter_values import LetterFilter
from buster_jobs.packages.errors import BusterError
from buster_jobs.runtime.replay import replay_letters
from buster_jobs.runtime.start import open_instance
from buster_jobs_tests.chaos import checks, ledger, location
from buster_jobs_tests.chaos.aftermath import keep
from buster_jobs_tests.chaos.app import App
from buster_jobs_tests.chaos.callers import Callers
from buster_jobs_tests.chaos.checks import Evidence
from buster_jobs_tests.chaos.detection import Detection
from buster_jobs_tests.chaos.hosts import Hosts, running_hosts
from buster_jobs_tests.chaos.monkey import Monkey
from buster_jobs_tests.chaos.plan import planned
from buster_jobs_tests.chaos.receiver import received, settings
from buster_jobs_tests.support.loopback import Loopback, loopback
from buster_jobs_tests.support.running_system import own_state

_STANDSTILL_SECONDS = 150.0
"""When for so long after the storm nothing more ends, or is told, what is left counts as lost. A delivery of an alert
whose sender was killed is begun again after 120 s."""


@dataclass(frozen=True, slots=True)
class Weather:
    """A storm to come.

    `seconds` is how long it rages and triggers are made, `pause` the mean of the seconds between two blows. It goes on
    until `blows` have landed: on a busy machine, what it reaches for is often still coming up. `keep` is where logs
    and tables are put when a check fails.
    """

    seed: int
    triggers: int
    seconds: float
    pause: float
    blows: int = 0
    tell: Callable[[str], None] = print
    keep: Path | None = None


@dataclass(slots=True)
class Verdict:
    """What was found. `failing` has for each check that fails what contradicts it."""

    failing: dict[str, list[str]]
    outcomes: Counter[str]
    accepted: int
    triggers: int
    blows: Counter[str]
    errors: Counter[str]
    vanished: list[float]
    silent: list[float]
    redeliveries: int
    replays: int
    feeding_seconds: float
    phases: dict[str, float] = field(default_factory=dict[str, float])


def storm(weather: Weather) -> Verdict:
    """Let it rage, and say what it has left."""
    with own_state() as state, loopback() as receiver:
        migrate()
        ledger.make_tables()
        # Some alerts are refused at first.
        receiver.answers.extend([500, 200, 503] * 20)
        with (
            running_hosts(state, _settings(receiver)) as hosts,
            Client(hosts.url, location=location.__name__) as client,
        ):
            verdict = _Storm(weather, hosts, App(client), receiver).run()
            if verdict.failing and weather.keep:
                keep(hosts, weather.keep)
            return verdict


def _settings(receiver: Loopback) -> dict[str, str]:
    return settings(receiver) | {"BUSTER_WORKER_MAX_MIB": "600", "BUSTER_LOG_LEVEL": "error"}


@dataclass
class _Storm:
    weather: Weather
    hosts: Hosts
    app: App
    receiver: Loopback
    detection: Detection = field(default_factory=Detection)
    callers: Callers = field(default_factory=Callers)
    phases: dict[str, float] = field(default_factory=dict[str, float])
    replays: int = 0
    blows: Counter[str] = field(default_factory=Counter[str])
    measuring: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self.measuring = threading.Thread(target=self.detection.measure, daemon=True)

    def run(self) -> Verdict:
        with self._phase("storm"):
            self._rage()
        with self._phase("drain"):
            self._until_all_have_ended()
        with self._phase("letters and alerts"):
            self._until_all_is_told()
        before = checks.failing(self._evidence())
        outcomes = self._outcomes()
        with self._phase("replays"):
            self._replay_twice()
            self._until_all_have_ended()
            self._until_all_is_told()
        after = checks.failing(self._evidence())
        after |= {name: found for name, found in before.items() if name not in after}
        return self._verdict(after, outcomes)

    def _rage(self) -> None:
        random = Random(self.weather.seed)  # noqa: S311 - no secret
        plan = planned(self.weather.triggers, random)
        monkey = Monkey(self.hosts, random, self.weather.pause, self.detection, self._tell)
        raging = threading.Thread(target=monkey.rage, args=(self.weather.seconds, self.weather.blows), daemon=True)
        looking = threading.Thread(target=self.callers.look, daemon=True)
        for thread in (raging, self.measuring, looking):
            thread.start()
        self.app.trigger_all(plan, self.weather.seconds)
        raging.join()
        monkey.calm()
        self.blows = Counter(monkey.done)

    def _until_all_have_ended(self) -> None:
        self._wait_for_none(lambda: checks.no_run_is_left_unfinished(self._evidence()))

    def _until_all_is_told(self) -> None:
        """The minute in which alerts of a kind are told together is over at once."""

        def untold() -> list[str]:
            alerts.gather(["log", "webhook"], window=0)
            evidence = self._evidence()
            wanted = (checks.a_final_failure_has_one_dead_letter, checks.every_alert_is_received)
            return [found for check in wanted for found in check(evidence)]

        self._wait_for_none(untold)

    def _replay_twice(self) -> None:
        """From two places at once, and then again."""
        ledger.repair()
        with ThreadPoolExecutor(2) as pool:
            both = [pool.submit(self._replay) for _ in range(2)]
            self.replays = sum(each.result() for each in both)
        self.replays += self._replay()

    def _replay(self) -> int:
        with open_instance() as instance:
            done = replay_letters(LetterFilter(), by="chaos", instance=instance, rate=10_000, module=location.__name__)
        return len(done.run_ids)

    def _wait_for_none(self, left: Callable[[], list[str]]) -> None:
        """As long as it gets less. What is left then is found by the checks."""
        fewest, since = None, time.monotonic()
        while time.monotonic() - since < _STANDSTILL_SECONDS:
            try:
                number = len(left())
            except BusterError:
                continue  # PostgreSQL is coming back
            if number == 0:
                return
            if fewest is None or number < fewest:
                fewest, since = number, time.monotonic()
            time.sleep(0.5)

    def _evidence(self) -> Evidence:
        accepted = [(one.key, run_id) for one, run_id in list(self.app.accepted)]
        return Evidence(accepted, received(self.receiver), list(self.callers.seen.items()))

    def _outcomes(self) -> Counter[str]:
        accepted = {run_id for _, run_id in self.app.accepted}
        found = ledger.rows("SELECT run_id, status FROM buster.jobs")
        return Counter(row.status for row in found if row.run_id in accepted)

    def _verdict(self, failing: dict[str, list[str]], outcomes: Counter[str]) -> Verdict:
        crashes = ledger.rows(_REDELIVERIES)[0].number
        self.callers.stop()
        unnoticed = self.detection.stop(self.measuring)
        if unnoticed:
            failing["every lost worker is noticed"] = [f"{unnoticed} were not"]
        return Verdict(
            failing=failing,
            outcomes=outcomes,
            accepted=len({run_id for _, run_id in self.app.accepted}),
            triggers=len(self.app.accepted),
            blows=self.blows,
            errors=self.app.errors,
            vanished=self.detection.vanished,
            silent=self.detection.silent,
            redeliveries=crashes,
            replays=self.replays,
            feeding_seconds=self.phases["storm"],
            phases=self.phases,
        )

    @contextmanager
    def _phase(self, name: str) -> Generator[None]:
        self._tell(f"{name} …")
        began = time.monotonic()
        yield
        self.phases[name] = time.monotonic() - began

    def _tell(self, what: str) -> None:
        done = len(self.app.accepted)
        self.weather.tell(f"{time.strftime('%H:%M:%S')}  {done:5} of {self.weather.triggers} accepted  {what}")


_REDELIVERIES = """
SELECT count(*) AS number FROM buster.jobs, jsonb_array_elements(attempt_log) AS attempt
WHERE attempt ->> 'error_code' = 'CRASH'
"""
