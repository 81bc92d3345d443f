"""The model loop over real HTTP and a real database: what it answers, and what ends it."""

import json

import pytest

from buster_jobs.packages.ai.agent import analyse
from buster_jobs.packages.ai.model.errors import BudgetExceeded, UnusableReply
from buster_jobs.packages.ai.model.limits import Limits
from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.errors import BusterError, RateLimited, TimedOut
from buster_jobs_tests.packages.ai.asking import COUNT_SQL, MESSAGE_ID, Asked
from buster_jobs_tests.packages.ai.scripted_replies import calls, completes, fails, runs, says
from buster_jobs_tests.packages.ai.scripted_server import ScriptedServer


def test_a_question_is_answered_with_its_sql_and_rows(ask: Asked) -> None:
    ask.server.will(
        calls(("list_tables", {})),
        calls(("describe_table", {"table": "public.orders"})),
        runs(COUNT_SQL),
        says("There are 3 orders."),
    )
    analysis = ask()
    assert analysis.answered
    assert analysis.response == "There are 3 orders."
    assert analysis.sql is not None
    assert "count(*)" in analysis.sql.lower()
    assert (analysis.columns, analysis.rows) == (("n",), ((3,),))
    assert [use.name for use in analysis.tool_calls] == ["list_tables", "describe_table", "run_sql"]
    assert analysis.message_id == MESSAGE_ID


def test_usage_is_the_sum_of_all_requests(ask: Asked) -> None:
    ask.server.will(runs(COUNT_SQL), says("3"))
    usage = ask().usage
    assert (usage.model, usage.requests, usage.input_tokens, usage.output_tokens) == ("scripted-model", 2, 200, 20)


def test_the_answer_rests_on_the_last_query_that_succeeded(ask: Asked) -> None:
    ask.server.will(runs("SELECT 1 AS a"), runs("SELECT 2 AS b"), runs("SELECT nonsense"), says("2"))
    analysis = ask()
    assert (analysis.columns, analysis.rows) == (("b",), ((2,),))


def test_a_refusal_is_an_analysis_that_does_not_answer(ask: Asked) -> None:
    ask.server.will(runs(COUNT_SQL), completes({"content": None, "refusal": "I cannot help with that."}))
    analysis = ask()
    assert (analysis.answered, analysis.response, analysis.sql) == (False, "I cannot help with that.", None)


def test_a_withheld_answer_does_not_answer_and_says_so(ask: Asked) -> None:
    ask.server.will(says("", finish_reason="content_filter"))
    analysis = ask()
    assert not analysis.answered
    assert "withheld" in analysis.response


def test_an_answer_that_was_cut_off_is_continued(ask: Asked) -> None:
    ask.server.will(says("There are ", finish_reason="length"), says("3 orders."))
    assert ask().response == "There are 3 orders."
    assert ask.server.messages()[-2]["content"] == "There are "


def test_an_answer_that_never_ends_is_an_error_that_says_so(ask: Asked) -> None:
    ask.server.will(says("and ", finish_reason="length"), repeat_last=True)
    with pytest.raises(UnusableReply, match="cut off"):
        ask(Limits(answer_parts=3))
    assert len(ask.server.requests) == 3


def test_silence_is_asked_again_and_then_an_error(ask: Asked) -> None:
    ask.server.will(says(""), says("3"))
    assert ask().response == "3"
    ask.server.will(says(""), repeat_last=True)
    with pytest.raises(UnusableReply, match="no answer in words"):
        ask()


def test_fifty_steps_are_the_end(ask: Asked) -> None:
    ask.server.will(calls(("list_tables", {"contains": "nothing"})), repeat_last=True)
    with pytest.raises(BudgetExceeded, match="within 50 steps"):
        ask()
    assert len(ask.server.requests) == 50


def test_a_spent_token_budget_is_the_end(ask: Asked) -> None:
    ask.server.will(calls(("list_tables", {})), repeat_last=True)
    with pytest.raises(BudgetExceeded, match="within 300 tokens") as caught:
        ask(Limits(tokens=300))
    assert len(ask.server.requests) == 3
    assert not caught.value.retryable


def test_an_endpoint_that_reports_no_usage_has_a_budget_all_the_same(ask: Asked) -> None:
    ask.server.will(completes({"content": "x" * 400}, usage=None))
    usage = ask().usage
    assert usage.output_tokens >= 100
    assert usage.input_tokens > 100


def test_the_time_budget_is_the_end(ask: Asked) -> None:
    ask.server.will(says("too late"))
    with pytest.raises(TimedOut, match="within 0 seconds"):
        ask(Limits(seconds=0))
    assert ask.server.requests == []


def test_an_endpoint_that_slows_us_down_ends_the_analysis_without_attempts_of_its_own(ask: Asked) -> None:
    ask.server.will(runs(COUNT_SQL), fails(429, retry_after="7"))
    with pytest.raises(RateLimited) as caught:
        ask()
    assert caught.value.retry_after == 7
    assert len(ask.server.requests) == 2


def test_a_database_that_is_away_is_found_before_a_token_is_paid(model_server: ScriptedServer) -> None:
    with pytest.raises(BusterError):
        analyse("?", connect("postgresql://a:b@127.0.0.1:1/c"), MESSAGE_ID, endpoint=model_server.endpoint)
    assert model_server.requests == []


def test_reasoning_that_other_servers_send_along_is_sent_back(ask: Asked) -> None:
    reply = calls(("list_tables", {}))
    message = json.loads(reply.body)["choices"][0]["message"]
    ask.server.will(completes({**message, "reasoning_content": "Hm.", "annotations": []}, "tool_calls"), says("Done."))
    ask()
    echoed = ask.server.messages()[2]
    assert echoed["reasoning_content"] == "Hm."
    assert "annotations" not in echoed
