"""A pytest plugin: tests that need a program which pip does not install run where it is found, else they are listed.

Mark such a test `needs_<service>`. With BUSTER_TESTS_REQUIRE_ALL=1, as in CI, a test that was left out or skipped fails
the session.
"""

import os
import shutil
from collections.abc import Callable
from typing import Any

import pytest

_REQUIRE_ALL = "BUSTER_TESTS_REQUIRE_ALL"
_LEFT_OUT = "tests left out"
_NO_FAILURE = (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)


def find_chromium() -> str | None:
    """The path of a Chromium that Playwright can drive."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def find_mariadb() -> bool:
    """Whether a MariaDB or MySQL lets root in on loopback without a password, as Debian's does for a test machine."""
    import pymysql

    try:
        pymysql.connect(host="127.0.0.1", user="root", connect_timeout=60).close()
    except (pymysql.MySQLError, OSError):
        return False
    return True


SERVICES: dict[str, Callable[[], object]] = {"chromium": find_chromium, "mariadb": find_mariadb}
"""How each service is looked for; what is falsy means not found."""


class LeftOut:
    """Which tests of this session did not run, and why."""

    def __init__(self) -> None:
        self.reasons: dict[str, str] = {}

    @pytest.hookimpl(trylast=True)  # after -k and -m: what nobody asked for is not left out
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        found = {service: bool(find()) for service, find in SERVICES.items()}
        missing = {item: reason for item in items if (reason := _missing_services(item, found))}
        self.reasons |= {item.nodeid: reason for item, reason in missing.items()}
        items[:] = [item for item in items if item not in missing]
        if missing:
            config.hook.pytest_deselected(items=list(missing))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._note_skip(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._note_skip(report)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """One of several processes that share the tests has ended: what it left out."""
        self.reasons |= getattr(node, "workeroutput", {}).get(_LEFT_OUT, {})

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        # Only the process of a part of the tests has one: what it hands to the process that the person has started.
        output: dict[str, object] = getattr(session.config, "workeroutput", {})
        output[_LEFT_OUT] = self.reasons
        if (
            self.reasons
            and _requires_all()
            and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
        ):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if not self.reasons:
            return
        terminalreporter.section("left out", red=_requires_all(), yellow=not _requires_all())
        for name, reason in self.reasons.items():
            terminalreporter.write_line(f"{name}: {reason}")
        if _requires_all():
            terminalreporter.write_line(f"{_REQUIRE_ALL} is set, so tests that are left out fail the session.")

    def _note_skip(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
            self.reasons[report.nodeid] = reason


def pytest_configure(config: pytest.Config) -> None:
    """Register the markers and the plugin's session state."""
    for service in SERVICES:
        config.addinivalue_line("markers", f"needs_{service}: runs where {service} is found, else is listed")
    config.pluginmanager.register(LeftOut(), "left-out")


def _missing_services(item: pytest.Item, found: dict[str, bool]) -> str | None:
    missing = [name for name, is_there in found.items() if not is_there and item.get_closest_marker(f"needs_{name}")]
    return f"needs {' and '.join(missing)}, not found here" if missing else None


def _requires_all() -> bool:
    return os.environ.get(_REQUIRE_ALL) == "1"
