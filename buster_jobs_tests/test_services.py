"""The plugin that lists the tests whose service is missing."""

import pytest

pytest_plugins = ["pytester"]

TESTS = """
import pytest

@pytest.mark.needs_chromium
def test_browser():
    raise AssertionError("must not run")

def test_other():
    pass
"""

WITHOUT_CHROMIUM = """
from buster_jobs_tests.support import services

pytest_plugins = ["buster_jobs_tests.support.services"]
services.SERVICES["chromium"] = lambda: None
"""


@pytest.fixture
def without_chromium(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.setattr("buster_jobs_tests.support.services.SERVICES", {"chromium": lambda: None})
    monkeypatch.delenv("BUSTER_TESTS_REQUIRE_ALL", raising=False)
    pytester.makeconftest('pytest_plugins = ["buster_jobs_tests.support.services"]')
    pytester.makepyfile(TESTS)
    return pytester


def test_a_test_without_its_service_is_left_out_by_name(without_chromium: pytest.Pytester) -> None:
    result = without_chromium.runpytest_inprocess("--strict-markers")
    assert result.ret == pytest.ExitCode.OK
    result.assert_outcomes(passed=1, deselected=1)
    result.stdout.fnmatch_lines(["*left out*", "*::test_browser: needs chromium, not found here"])


def test_where_everything_is_required_a_test_left_out_fails_the_session(
    without_chromium: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUSTER_TESTS_REQUIRE_ALL", "1")
    assert without_chromium.runpytest_inprocess().ret == pytest.ExitCode.TESTS_FAILED


def test_where_everything_is_required_a_skipped_test_fails_the_session(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUSTER_TESTS_REQUIRE_ALL", "1")
    pytester.makeconftest('pytest_plugins = ["buster_jobs_tests.support.services"]')
    pytester.makepyfile("import pytest\ndef test_it(): pytest.skip('because')")
    assert pytester.runpytest_inprocess().ret == pytest.ExitCode.TESTS_FAILED


def test_what_one_of_several_processes_leaves_out_is_listed_too(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUSTER_TESTS_REQUIRE_ALL", "1")
    pytester.makeconftest(WITHOUT_CHROMIUM)
    pytester.makepyfile(TESTS)
    result = pytester.runpytest_subprocess("--numprocesses", "1")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*left out*", "*::test_browser: needs chromium, not found here"])
