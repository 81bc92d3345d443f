"""Which analyst answers a question, and what importing and checking cost before one is asked."""

import subprocess
import sys
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from buster_jobs.packages.ai.agent import QUESTION_MAX_CHARACTERS, AnalystContext, analyse, analyst_agent
from buster_jobs.packages.data_sources.source import DataSource
from buster_jobs.packages.database.sources.data_sources import set_data_source_status
from buster_jobs.packages.errors import InvalidInput, NotFound
from buster_jobs_tests.conftest import OrganizationWithChat
from buster_jobs_tests.packages.ai.scripted_replies import runs, says
from buster_jobs_tests.packages.ai.scripted_server import KEY, ScriptedServer

MESSAGE_ID = UUID("5ac2b5cf-1c0b-4b41-9d4c-b6d0a37a8a11")


Configure = Callable[..., None]


def test_with_a_key_the_settings_endpoint_and_model_are_asked(
    configure: Configure, shop: DataSource, model_server: ScriptedServer
) -> None:
    configure(OPENAI_API_KEY=KEY, OPENAI_BASE_URL=model_server.url, OPENAI_MODEL="our-model")
    model_server.will(says("Three."))
    analysis = analyse(" How many orders? ", shop, MESSAGE_ID)
    assert (analysis.response, analysis.usage.model, analysis.message_id) == ("Three.", "our-model", MESSAGE_ID)
    assert model_server.requests[0]["model"] == "our-model"
    assert model_server.messages()[1] == {"role": "user", "content": "How many orders?"}


def test_without_a_key_the_offline_analyst_answers(configure: Configure, shop: DataSource) -> None:
    configure(OPENAI_API_KEY=None)
    analysis = analyse("How many orders are there?", shop, MESSAGE_ID)
    assert (analysis.usage.input_tokens, analysis.message_id) == (0, MESSAGE_ID)
    assert "offline" in (analysis.usage.model + analysis.response).lower()


def test_a_stored_data_source_is_opened_and_asked(
    configure: Configure, organization: OrganizationWithChat, shop_url: str, model_server: ScriptedServer
) -> None:
    stored = organization.add_data_source(shop_url)
    configure(OPENAI_API_KEY=KEY, OPENAI_BASE_URL=model_server.url)
    model_server.will(runs("SELECT count(*) AS n FROM public.orders"), says("Three."), says("Again."))
    context = AnalystContext(data_source_id=stored.id, user_id=organization.user_id, message_id=MESSAGE_ID)
    analysis = analyst_agent("How many orders?", context)
    assert (analysis.rows, analysis.message_id) == (((3,),), MESSAGE_ID)
    fresh = analyst_agent("And now?", AnalystContext(data_source_id=stored.id, user_id=organization.user_id))
    assert fresh.message_id != MESSAGE_ID


def test_an_unknown_data_source_is_not_found(organization: OrganizationWithChat) -> None:
    with pytest.raises(NotFound):
        analyst_agent("How many?", AnalystContext(data_source_id=uuid4(), user_id=organization.user_id))


def test_a_data_source_that_is_disabled_is_not_asked(organization: OrganizationWithChat, shop_url: str) -> None:
    stored = organization.add_data_source(shop_url)
    set_data_source_status(data_source_id=stored.id, status="disabled")
    with pytest.raises(InvalidInput, match="is disabled"):
        analyst_agent("How many orders?", AnalystContext(stored.id, organization.user_id))


@pytest.mark.parametrize("question", ["", " \n ", "x" * (QUESTION_MAX_CHARACTERS + 1)])
def test_a_question_that_is_none_is_refused(shop: DataSource, question: str) -> None:
    with pytest.raises(InvalidInput, match="question"):
        analyse(question, shop, MESSAGE_ID)


def test_importing_the_agent_imports_nothing_heavy() -> None:
    heavy = {"openai", "httpx2", "sqlglot", "psycopg", "sqlalchemy", "dagster"}
    code = f"import sys, buster_jobs.packages.ai.agent; print(sorted({heavy!r} & set(sys.modules)))"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "[]"
