"""Words of names: singulars, stems and parts."""

import pytest

from buster_jobs.packages.ai.schema.words import singular, split_name, stem


@pytest.mark.parametrize("name", ["order_items", "OrderItems", "orderItems", "ORDER_ITEMS", "order items"])
def test_names_fall_into_their_words_however_they_are_written(name: str):
    assert split_name(name) == ("order", "items")


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("categories", "category"),
        ("addresses", "address"),
        ("people", "person"),
        ("statuses", "status"),
        ("bus", "bus"),
    ],
)
def test_plurals_become_singular(plural: str, one: str):
    assert singular(plural) == one


@pytest.mark.parametrize(
    "forms", [("cancelled", "canceled", "cancellation", "cancels"), ("arrival", "arrived"), ("shipped", "shipment")]
)
def test_forms_of_a_word_share_a_stem(forms: tuple[str, ...]):
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(("one", "other"), [("station", "state"), ("department", "departure"), ("late", "later")])
def test_different_words_keep_different_stems(one: str, other: str):
    assert stem(one) != stem(other)
