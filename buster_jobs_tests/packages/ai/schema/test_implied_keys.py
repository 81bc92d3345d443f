"""Keys that names imply, read from a catalog without data."""

import pytest

from buster_jobs.packages.ai.schema.implied_keys import with_implied_keys, with_own_implied_keys
from buster_jobs.packages.data_sources.catalog import Catalog, Column, ForeignKey, Table


def _table(name: str, *columns: str, key: tuple[str, ...] = (), keys: tuple[ForeignKey, ...] = ()) -> Table:
    return Table("public", name, "table", tuple(Column(column, "integer", "integer") for column in columns), key, keys)


_DECLARED = ForeignKey(("customer_id",), "public", "customers", ("id",))
_CATALOG = Catalog(
    (
        _table("customers", "id", "region_id"),
        _table("regions", "region_id"),
        _table("orders", "order_id", "cust_id", "region_id"),
        _table("cards", "id", "customer_id", key=("id",), keys=(_DECLARED,)),
    )
)


def _references(catalog: Catalog, name: str) -> list[tuple[str, str]]:
    return [(key.columns[0], key.referred_table) for key in catalog.table("public", name).foreign_keys]


def test_a_tables_own_id_is_its_key_and_its_name_in_other_tables_a_reference():
    implied = with_implied_keys(_CATALOG)
    assert [table.primary_key for table in implied.tables] == [("id",), ("region_id",), ("order_id",), ("id",)]
    assert _references(implied, "orders") == [("cust_id", "customers"), ("region_id", "regions")]


def test_a_declared_reference_is_kept_as_it_is():
    assert with_implied_keys(_CATALOG).table("public", "cards").foreign_keys == (_DECLARED,)


def test_one_table_gets_the_keys_that_it_gets_with_all_others():
    for table, implied in zip(_CATALOG.tables, with_implied_keys(_CATALOG).tables, strict=True):
        assert with_own_implied_keys(table, _CATALOG) == implied


@pytest.mark.parametrize("name", ["#", "_", "$"])
def test_a_name_without_a_word_implies_nothing(name: str):
    catalog = Catalog((_table(name, "id", name), _table("orders", name, "badge_id", "order_id")))
    assert [table.foreign_keys for table in with_implied_keys(catalog).tables] == [(), ()]
