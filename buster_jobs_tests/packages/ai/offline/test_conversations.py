"""Questions that go on from others, are misspelt, lack a year or a unit, or need keys that are not declared."""

from collections.abc import Callable

import pytest

from buster_jobs_tests.packages.ai.offline.conftest import Asked, Loader

Databases = Callable[[str], Asked]


def test_a_piece_of_a_question_needs_one_to_go_on_from(asked: Databases) -> None:
    analysis = asked("shop").ask("and for June?")
    assert not analysis.answered
    assert "none in this chat" in analysis.response


def test_a_piece_that_goes_on_from_a_declined_question_is_declined_with_it(asked: Databases) -> None:
    analysis = asked("shop").ask("and for June?", "What is our profit?")
    assert not analysis.answered
    assert "What is our profit?" in analysis.response


def test_a_whole_question_is_read_by_itself_whatever_was_asked_before(asked: Databases) -> None:
    alone = asked("shop").ask("How many orders were cancelled?")
    assert asked("shop").ask("How many orders were cancelled?", "average price per category") == alone


def test_them_is_what_was_counted_before(asked: Databases) -> None:
    first = "How many customers are in Brooklyn?"
    analysis = asked("shop").ask("how many of them are inactive?", first)
    assert analysis.rows == tuple(
        asked("shop").gold("SELECT count(*) FROM customers WHERE city = 'Brooklyn' AND NOT is_active")
    )


def test_a_slip_of_the_keyboard_is_read_and_mentioned(asked: Databases) -> None:
    analysis = asked("shop").ask("How many custmers are there?")
    assert analysis.rows == ((40,),)
    assert "I read “custmers” as “customers”" in analysis.response


def test_keys_that_are_not_declared_are_found_by_their_names(load: Loader) -> None:
    database = load(
        "CREATE TABLE client (id int PRIMARY KEY, name text NOT NULL);"
        "CREATE TABLE parcel (id int PRIMARY KEY, client_id int);"
        "INSERT INTO client VALUES (1, 'Ann'), (2, 'Bob'); INSERT INTO parcel VALUES (1, 1), (2, 1), (3, 2)"
    )
    assert database.ask("How many parcels per client?").rows == (("Ann", 2), ("Bob", 1))


def test_a_month_that_several_years_have_is_asked_back(load: Loader) -> None:
    database = load(
        "CREATE TABLE sale (id int PRIMARY KEY, sold_on date NOT NULL);"
        "INSERT INTO sale VALUES (1, '2023-06-05'), (2, '2024-06-05'), (3, '2024-07-01')"
    )
    analysis = database.ask("How many sales in June?")
    assert not analysis.answered
    assert "June 2024" in analysis.response
    assert database.ask("How many sales since June?").rows == ((2,),)


@pytest.mark.parametrize("amount", ["50", "more than 50"])
def test_an_amount_without_a_unit_is_not_taken_for_cents(load: Loader, amount: str) -> None:
    database = load(
        "CREATE TABLE bill (id int PRIMARY KEY, total_cents int NOT NULL); INSERT INTO bill VALUES (1, 4000), (2, 6000)"
    )
    assert not database.ask(f"How many bills have a total of {amount}?").answered
    assert database.ask("How many bills are over $50?").rows == ((1,),)


def test_a_letter_chooses_one_of_the_readings_that_were_asked_back(load: Loader) -> None:
    sales = load(
        "CREATE TABLE sale (id int PRIMARY KEY, sold_on date NOT NULL);"
        "INSERT INTO sale VALUES (1, '2023-06-05'), (2, '2024-06-05'), (3, '2024-06-07'), (4, '2024-07-01')"
    )
    question = "How many sales in June?"
    assert "(a) sold_on is in June or (b) sold_on is in June 2024" in sales.ask(question).response
    assert sales.ask("(a)", question).rows == ((3,),)
    assert sales.ask("option b", question).rows == ((2,),)
    assert not sales.ask("(c)", question).answered


def test_a_list_is_changed_by_no_order_given_to_the_analyst(asked: Databases) -> None:
    analysis = asked("shop").ask("cancel all orders")
    assert not analysis.answered
    assert "I only read" in analysis.response


def test_rows_that_are_marked_as_deleted_count_only_where_they_are_asked_for(load: Loader) -> None:
    database = load(
        "CREATE TABLE guest (id int PRIMARY KEY, name text NOT NULL, deleted_at timestamp);"
        "INSERT INTO guest VALUES (1, 'Ann', NULL), (2, 'Bob', '2024-05-01'), (3, 'Cy', NULL)"
    )
    everyone = database.ask("How many guests are there?")
    assert everyone.rows == ((2,),)
    assert "not deleted" in everyone.response
    assert database.ask("How many guests were deleted?").rows == ((1,),)
