"""A person launches the analyst from the launchpad, in a real browser."""

import json
from collections.abc import Generator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from buster_jobs_tests.support.asked import Asked
from buster_jobs_tests.support.dagster_dev import DagsterDev
from buster_jobs_tests.support.polling import TIMEOUT_SECONDS
from buster_jobs_tests.support.services import find_chromium

pytestmark = pytest.mark.needs_chromium

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


_TIMEOUT_MILLISECONDS = TIMEOUT_SECONDS * 1000
expect.set_options(timeout=_TIMEOUT_MILLISECONDS)


@pytest.fixture
def page() -> Generator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS, timeout=_TIMEOUT_MILLISECONDS)
        opened = browser.new_page(viewport={"width": 1400, "height": 900})
        opened.set_default_timeout(_TIMEOUT_MILLISECONDS)
        yield opened
        browser.close()


def open_launchpad(page: Page, dev: DagsterDev, payload: object) -> None:
    page.goto(f"{dev.url}/locations/buster_jobs/jobs/analyst_workflow/playground")
    page.locator(".CodeMirror").first.click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(json.dumps(payload))


def test_a_run_from_the_launchpad_answers_and_shows_its_steps_logs_and_result(
    page: Page, dagster_dev: DagsterDev, asked: Asked
) -> None:
    open_launchpad(page, dagster_dev, asked.payload)
    page.get_by_role("button", name="Launch Run").click()
    expect(page.get_by_text("RUN_SUCCESS").first).to_be_visible()
    expect(page.get_by_text("STEP_SUCCESS").first).to_be_visible()
    assert "7" in asked.answer()


def test_the_launchpad_describes_each_field_of_the_payload(page: Page, dagster_dev: DagsterDev, asked: Asked) -> None:
    open_launchpad(page, dagster_dev, asked.payload)
    for description in ("Chat conversation ID", "User query to analyze", "Data source to query"):
        expect(page.get_by_text(description)).to_be_visible()


def test_a_wrong_type_is_named_before_anything_is_launched(page: Page, dagster_dev: DagsterDev, asked: Asked) -> None:
    open_launchpad(page, dagster_dev, asked.payload | {"chat_id": 7})
    expect(page.get_by_text("root:chat_id")).to_be_visible()
    expect(page.get_by_role("button", name="Launch Run")).to_be_disabled()
