"""Keys that only names imply: a join rests on them when the data bear them out, and is declined when they do not."""

import pytest

from buster_jobs_tests.packages.ai.offline.conftest import Asked, Loader

_TABLES = """
CREATE TABLE customers (id int, name text, country text, member_no int UNIQUE);
CREATE TABLE orders (id int, customer_id int, amount numeric);
CREATE TABLE cards (id int PRIMARY KEY, member_no int REFERENCES customers (member_no), points int);
INSERT INTO customers VALUES (1, 'Ada', 'FR', 11), (2, 'Bo', 'DE', 12), (NULL, 'Cy', 'FR', 13), (NULL, 'Di', 'FR', 14);
INSERT INTO orders VALUES (1, 1, 10), (2, 1, 5), (3, 2, 7), (3, NULL, 1);
INSERT INTO cards VALUES (1, 11, 5), (2, 12, 6);
"""
_PER_COUNTRY = "SELECT country, sum(amount) FROM orders LEFT JOIN customers c ON c.id = customer_id GROUP BY 1"


@pytest.fixture(scope="module")
def unique(load: Loader) -> Asked:
    return load(_TABLES)


@pytest.fixture(scope="module")
def doubled(load: Loader) -> Asked:
    return load(_TABLES + "INSERT INTO customers VALUES (1, 'Ada', 'FR', 15)")


def test_an_implied_key_that_the_data_bear_out_is_joined_by(unique: Asked):
    assert unique.fault("total amount of orders per country", _PER_COUNTRY) is None


@pytest.mark.parametrize("question", ["total amount of orders per country", "customers without orders"])
def test_an_implied_key_that_rows_share_is_not_joined_by(doubled: Asked, question: str):
    analysis = doubled.ask(question)
    assert not analysis.answered
    assert "id of customers, which several rows share" in analysis.response


def test_a_question_that_joins_nothing_is_answered_whatever_the_key(doubled: Asked):
    assert doubled.fault("How many customers are there?", "SELECT count(*) FROM customers") is None
    assert doubled.fault("total amount of orders", "SELECT sum(amount) FROM orders") is None


def test_a_reference_to_a_unique_column_that_is_no_primary_key_is_joined_by(doubled: Asked):
    gold = "SELECT country, sum(points) FROM cards JOIN customers USING (member_no) GROUP BY 1"
    assert doubled.fault("total points of cards per country", gold) is None
