"""An attempt that starts over goes on with what an earlier one has paid for: no request is made twice."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from buster_jobs.packages.ai.agent import AnalystContext, analyst_agent
from buster_jobs.packages.ai.analysis import Analysis
from buster_jobs.packages.errors import Unavailable
from buster_jobs.runtime.testing import run_task
from buster_jobs.tasks.ai.analyst_workflow import analyst_workflow
from buster_jobs_tests.conftest import OrganizationWithChat
from buster_jobs_tests.packages.ai.asking import COUNT_SQL
from buster_jobs_tests.packages.ai.scripted_replies import calls, fails, runs, says
from buster_jobs_tests.packages.ai.scripted_server import KEY, ScriptedServer

Ask = Callable[..., Analysis]


@pytest.fixture
def ask_again(
    configure: Callable[..., None], organization: OrganizationWithChat, shop_url: str, model_server: ScriptedServer
) -> Ask:
    """Ask for the same message, as often as wanted."""
    configure(OPENAI_API_KEY=KEY, OPENAI_BASE_URL=model_server.url, BUSTER_MODEL_PRICES='{"gpt-5-mini": [1.0, 10.0]}')
    stored = organization.add_data_source(shop_url)
    message_id = uuid4()

    def ask(question: str = "How many orders?", message: UUID = message_id) -> Analysis:
        return analyst_agent(question, AnalystContext(stored.id, organization.user_id, message_id=message))

    return ask


def test_what_was_paid_for_before_a_failure_is_not_paid_for_again(ask_again: Ask, model_server: ScriptedServer) -> None:
    model_server.will(calls(("list_tables", {})), runs(COUNT_SQL), fails(503))
    with pytest.raises(Unavailable):
        ask_again()
    model_server.will(says("Three."))
    analysis = ask_again()
    assert len(model_server.requests) == 4  # two answered, one failed, and the last
    assert [message["role"] for message in model_server.messages()] == [
        *("system", "user", "assistant", "tool", "assistant", "tool")
    ]
    assert (analysis.response, analysis.rows) == ("Three.", ((3,),))
    assert [use.name for use in analysis.tool_calls] == ["list_tables", "run_sql"]


def test_usage_and_cost_are_those_of_all_attempts(ask_again: Ask, model_server: ScriptedServer) -> None:
    model_server.will(runs(COUNT_SQL), fails(503))
    with pytest.raises(Unavailable):
        ask_again()
    model_server.will(says("Three."))
    usage = ask_again().usage
    assert (usage.requests, usage.input_tokens, usage.output_tokens) == (2, 200, 20)
    assert usage.cost == pytest.approx((200 * 1.0 + 20 * 10.0) / 1_000_000)


def test_an_answer_that_was_reached_is_given_again_for_nothing(ask_again: Ask, model_server: ScriptedServer) -> None:
    model_server.will(runs(COUNT_SQL), says("Three."))
    assert ask_again() == ask_again()
    assert len(model_server.requests) == 2


def test_a_tool_that_was_cut_off_runs_again_without_asking_the_model(
    ask_again: Ask, model_server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    model_server.will(calls(("list_tables", {}), ("run_sql", {"sql": COUNT_SQL})), says("Three."))
    with monkeypatch.context() as patch:
        patch.setattr("buster_jobs.packages.ai.model.loop.use_tool", dies)
        with pytest.raises(KeyboardInterrupt):
            ask_again()
    assert ask_again().response == "Three."
    assert len(model_server.requests) == 2


def test_another_question_begins_anew(ask_again: Ask, model_server: ScriptedServer) -> None:
    model_server.will(says("Three."), says("Two."))
    assert ask_again("How many orders?").response == "Three."
    assert ask_again("How many customers?").response == "Two."


def test_a_run_whose_attempts_fail_pays_once_and_answers_once(
    configure: Callable[..., None], organization: OrganizationWithChat, shop_url: str, model_server: ScriptedServer
) -> None:
    configure(OPENAI_API_KEY=KEY, OPENAI_BASE_URL=model_server.url)
    payload = {
        "chat_id": str(organization.chat_id),
        "query": "How many orders?",
        "data_source_id": str(organization.add_data_source(shop_url).id),
        "user_id": str(organization.user_id),
    }
    model_server.will(runs(COUNT_SQL), fails(500), fails(429), says("Three."))
    result = run_task(analyst_workflow, payload)
    assert (result.success, result.attempts) == (True, 3)
    assert len(model_server.requests) == 4
