"""Names in the warehouse: PostgreSQL takes them, and no two are one."""

from hypothesis import given
from hypothesis import strategies as st

from buster_jobs.packages.warehouse.names import warehouse_columns, warehouse_table

names = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


@given(names, names, st.booleans(), st.sets(names))
def test_a_table_has_a_name_that_fits_and_is_not_taken(schema: str, table: str, only: bool, taken: set[str]) -> None:
    name = warehouse_table(schema, table, only_schema=only, taken=taken)
    assert len(name.encode()) <= 63
    assert name not in taken or name.endswith(warehouse_table(schema, table, only_schema=only, taken={table})[-8:])


def test_a_table_of_the_default_schema_has_its_own_name_and_others_have_their_schemas() -> None:
    assert warehouse_table("public", "orders", only_schema=False) == "orders"
    assert warehouse_table("sales", "orders", only_schema=False) == "sales_orders"
    assert warehouse_table("shop", "orders", only_schema=True) == "orders"


def test_a_name_that_is_taken_gets_an_ending() -> None:
    name = warehouse_table("sales", "orders", only_schema=False, taken={"sales_orders"})
    assert name.startswith("sales_orders_")


@given(st.lists(names, unique=True, max_size=20))
def test_columns_have_names_that_fit_and_differ(columns: list[str]) -> None:
    made = warehouse_columns(columns)
    assert len(set(made)) == len(columns)
    assert all(name and "\0" not in name for name in made)


def test_a_column_that_gets_another_name_keeps_within_63_bytes() -> None:
    long = "x" * 63
    first, second, third = warehouse_columns([long, f"{long[:30]}\0{long[30:]}", f"\0{long}"])
    assert first == long
    assert len({first, second, third}) == 3
    assert all(len(name.encode()) <= 63 for name in (second, third))


def test_columns_that_every_table_of_postgresql_has_get_another_name() -> None:
    assert warehouse_columns(["ctid", "", "id"]) == ["ctid_", "column_2", "id"]
