"""What an answer and a refusal of the offline analyst hold, besides the right rows."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from buster_jobs.packages.ai import offline
from buster_jobs.packages.data_sources.catalog import Catalog
from buster_jobs_tests.packages.ai.offline.conftest import MESSAGE, Asked, Loader

Databases = Callable[[str], Asked]


def test_an_answer_says_the_number_the_filter_and_who_answers(asked: Databases):
    analysis = asked("flights").ask("How many flights were cancelled in February?")
    number = analysis.rows[0][0]
    assert analysis.response.startswith(f"There are {number} flights, counting only flights in February")
    assert "dep_time is null" in analysis.response
    assert "offline analyst" in analysis.response
    assert analysis.usage.model == "offline-analyst"
    assert analysis.message_id == MESSAGE


def test_a_superlative_names_the_winner_its_name_its_unit_and_its_rows(asked: Databases):
    analysis = asked("flights").ask("Which airline had the worst average arrival delay in July?")
    assert re.match(r"F9 \(Frontier Airlines Inc\.\) has the highest average arrival delay", analysis.response)
    assert re.search(r"\d+(\.\d+)? minutes over \d+ flights, counting only flights in July", analysis.response)


def test_the_query_is_kept_as_a_tool_call_with_its_rows(asked: Databases):
    analysis = asked("shop").ask("number of customers per country")
    (call,) = analysis.tool_calls
    assert (call.name, call.arguments) == ("run_sql", {"sql": analysis.sql})
    assert call.result == {"columns": list(analysis.columns), "rows": [list(row) for row in analysis.rows]}
    assert json.loads(analysis.model_dump_json())["rows"] == [list(row) for row in analysis.rows]


def test_at_most_fifty_rows_are_kept_and_the_sentence_says_how_many_there_are(asked: Databases):
    analysis = asked("shop").ask("List all orders")
    assert len(analysis.rows) == 50
    assert "There are 200 orders" in analysis.response


def test_the_same_question_gets_the_same_answer(asked: Databases):
    questions = ["total quantity per category", "How many orders were shipped?"]
    for question in questions:
        assert asked("shop").ask(question) == asked("shop").ask(question)


def test_a_word_that_nothing_explains_is_named(asked: Databases):
    analysis = asked("flights").ask("How many passengers flew in July?")
    assert not analysis.answered
    assert "“passengers”, “flew”" in analysis.response
    assert "flights" in analysis.response


def test_two_readings_are_both_named(asked: Databases):
    analysis = asked("shop").ask("How many orders were shipped?")
    assert not analysis.answered
    assert "shipped_at" in analysis.response
    assert "status is shipped" in analysis.response


def test_two_ways_to_a_table_are_both_named(asked: Databases):
    analysis = asked("flights").ask("How many flights per airport?")
    assert not analysis.answered
    assert "origin" in analysis.response
    assert "destination" in analysis.response


def test_a_best_that_could_be_either_end_is_asked_back(asked: Databases):
    assert "highest or the lowest" in asked("clinic").ask("What is the best salary?").response


def test_a_tie_at_the_limit_is_mentioned(load: Loader):
    database = load("CREATE TABLE t (k text); INSERT INTO t VALUES ('a'), ('b'), ('c'), ('c')")
    assert "tie" not in database.ask("Which k has the most t?").response
    assert "tie" in database.ask("Which k has the fewest t?").response


def test_a_declined_question_runs_no_query_that_an_answer_would_rest_on(asked: Databases):
    analysis = asked("shop").ask("Delete all cancelled orders")
    assert (analysis.answered, analysis.sql, analysis.rows, analysis.tool_calls) == (False, None, (), ())
    assert "I never change data" in analysis.response


def test_an_empty_database_is_declined_in_a_sentence(asked: Databases):
    from buster_jobs.packages.ai.offline.analyst import answer_offline

    analysis = answer_offline("How many?", asked("shop").source, message_id=MESSAGE, catalog=Catalog(()))
    assert not analysis.answered
    assert "no tables" in analysis.response


@pytest.mark.parametrize(
    "question",
    [
        "How many customers in '; DROP TABLE orders; --?",
        'How many customers in "x\' OR 1=1"?',
        "How many customers named %_\\?",
        "💥" * 50,
        "how many " * 40,
        "?",
        "1 2 3",
        "per per per",
        "most most",
    ],
)
def test_hostile_and_empty_questions_end_in_a_declined_sentence(asked: Databases, question: str):
    analysis = asked("shop").ask(question)
    assert not analysis.answered
    assert asked("shop").gold("SELECT count(*) FROM orders") == [(200,)]


def test_names_that_need_quoting_are_quoted(load: Loader):
    database = load(
        """CREATE TABLE "order" ("select" text, "a ""b" int); INSERT INTO "order" VALUES ('x', 1), ('x', 3), ('y', 5)"""
    )
    assert database.fault("number of order per select", 'SELECT "select", count(*) FROM "order" GROUP BY 1') is None


def test_no_name_of_the_demo_occurs_in_the_offline_analyst():
    folder = Path(offline.__file__).parent
    names = (
        r"flights?|airlines?|airports?|planes?|weather|tailnum|dep_|arr_|carrier|\borigin\b|\bdest\b|faa|distance|seats"
    )
    found = [
        f"{path.name}: {match.group()}"
        for path in folder.glob("*.py")
        for match in re.finditer(names, path.read_text(), re.IGNORECASE)
    ]
    assert found == []


def test_a_column_that_too_many_tables_have_needs_the_table_named(load: Loader):
    tables = [f"CREATE TABLE t{n}x (label text, size int); INSERT INTO t{n}x VALUES ('a', {n})" for n in range(30)]
    database = load(";".join(tables))
    assert not database.ask("total size by label").answered
    assert database.ask("total size by label of t7x").rows == (("a", 7),)
