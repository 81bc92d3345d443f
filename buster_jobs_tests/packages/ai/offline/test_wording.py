"""The words of an answer: what people call things, in place of the spellings of the database."""

import pytest

from buster_jobs_tests.packages.ai.offline.conftest import Asked, Loader

_TABLES = """
CREATE TABLE tbl_products (id int PRIMARY KEY, name text NOT NULL, kind text NOT NULL, price_cents int NOT NULL);
CREATE TABLE tbl_sales (id int PRIMARY KEY, product_id int NOT NULL REFERENCES tbl_products, region text NOT NULL);
INSERT INTO tbl_products VALUES (1, 'Lamp', 'light', 1250), (2, 'Desk', 'wood', 9900), (3, 'Chair', 'wood', 4951);
INSERT INTO tbl_sales VALUES (1, 1, 'north'), (2, 1, 'north'), (3, 2, 'north'), (4, 2, 'south');
"""


@pytest.fixture(scope="module")
def store(load: Loader) -> Asked:
    return load(_TABLES)


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("How many products are there?", "There are 3 products."),
        ("average price of products", "The average price is 53.67 (over 3 rows with a value)."),
        ("average price per kind", "The average price by kind (2 rows, highest first): wood: 74.26 over 2 products; "),
        ("Which product is the most expensive?", "The highest price of all products is 99.00 (id 2, name Desk"),
        ("Which product has the most sales in each region?",
            "The product with the highest number of sales in each region: north: Lamp (2); south: Desk (1)."),
        ("most expensive product in each kind",
            "The product with the highest price in each kind: light: id 1, name Lamp, price 12.50; wood: id 2, "),
        ("products with more than 7 sales", "No product has a number of sales of more than 7."),
    ],
)  # fmt: skip
def test_an_answer_opens_with_what_people_call_things(store: Asked, question: str, opening: str):
    assert store.ask(question).response.startswith(opening)


def test_whole_units_of_money_are_told_and_the_rows_keep_the_cents(store: Asked):
    analysis = store.ask("highest price of products")
    assert analysis.rows[0][-1] == 9900
    assert "the rows hold cents" in analysis.response
