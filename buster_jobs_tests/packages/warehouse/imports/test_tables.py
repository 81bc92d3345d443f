"""What becomes of columns and rows on their way into a table: types, mapping, keys, modes, and no second load."""

import csv
import io
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from buster_jobs.packages.warehouse.imports import checking, staging
from buster_jobs.packages.warehouse.imports.batches import Batch
from buster_jobs.packages.warehouse.imports.checking import CheckedBatch
from buster_jobs.packages.warehouse.imports.values.convert import ColumnConverter
from buster_jobs.packages.warehouse.imports.values.types import SqlType
from buster_jobs.packages.warehouse.views.due import views_due
from buster_jobs.packages.warehouse.views.refreshing import refresh_views
from buster_jobs.packages.warehouse.views.registry import add_view
from buster_jobs_tests.conftest import OrganizationWithChat
from buster_jobs_tests.packages.warehouse.imports.conftest import Importer


def test_a_new_table_has_the_narrowest_types_that_all_values_fit(importer: Importer) -> None:
    header = "whole,exact,float,flag,day,clock,at,at_zone,id,doc,zip,word,none"
    rows = (
        "1,1.50,1e5,true,2031-05-17,09:30:00,2031-05-17 09:30:00,2031-05-17T09:30:00+02:00,"
        '6ba7b810-9dad-11d1-80b4-00c04fd430c8,"{""a"": 1}",01234,x,\n'
        "-2,2,2.5,FALSE,2031-05-18,10:00,2031-05-18,2031-05-17 07:30:00Z,"
        "6ba7b811-9dad-11d1-80b4-00c04fd430c8,[1],1,1,\n"
    )
    assert importer.text(f"{header}\n{rows}").error is None
    assert importer.types() == {
        "whole": "bigint",
        "exact": "numeric",
        "float": "double precision",
        "flag": "boolean",
        "day": "date",
        "clock": "time without time zone",
        "at": "timestamp without time zone",
        "at_zone": "timestamp with time zone",
        "id": "uuid",
        "doc": "jsonb",
        "zip": "text",
        "word": "text",
        "none": "text",
    }
    assert importer.rows()[1] == (
        1,
        Decimal("1.50"),
        1e5,
        True,
        date(2031, 5, 17),
        time(9, 30),
        datetime(2031, 5, 17, 9, 30),
        datetime(2031, 5, 17, 7, 30, tzinfo=UTC),
        UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
        {"a": 1},
        "01234",
        "x",
        None,
    )


def test_columns_are_mapped_typed_trimmed_read_by_format_and_left_out_as_declared(importer: Importer) -> None:
    done = importer.text(
        "Day of sale;Price;Customer;Secret\n17/05/2031;1.50;  Ann ;x\nNA;-;NA;y\n",
        columns=[
            {"source": "Day of sale", "name": "day", "type": "date", "format": "%d/%m/%Y"},
            {"source": "Price", "name": "price", "type": "number"},
            {"source": "Customer", "trim": True},
        ],
        other_columns="ignore",
        null_words=["NA", "-"],
    )
    assert done.error is None
    assert importer.types() == {"day": "date", "price": "double precision", "Customer": "text"}
    assert importer.rows() == [(date(2031, 5, 17), 1.5, "Ann"), (None, None, None)]


# PostgreSQL's type, a value that it takes, and one that it would refuse, round or cut.
OWN_TYPES = [
    ("smallint", "-32768", "32768"),
    ("integer", "+7", "7.0"),
    ("bigint", "9223372036854775807", "9223372036854775808"),
    ("real", "1.5", "4e38"),
    ("double precision", "nan", "1e999"),
    ("numeric", "1e30", "1,5"),
    ("numeric(5,2)", "999.990", "1000"),
    ("numeric(5,2)", "-1.5", "0.001"),
    ("numeric(3,-2)", "12300", "12350"),
    ("numeric(2,4)", "0.0099", "0.01"),
    ("varchar(3)", "äöü", "abcd"),
    ("char(3)", "ab", "abcd"),
    ("boolean", "Yes", "ja"),
    ("date", "2024-02-29", "2023-02-29"),
    ("time", "23:59:59.123456", "24:00"),
    ("timestamp", "2031-05-17T09:30:00.123456000", "2031-05-17T09:30:00Z"),
    ("timestamptz", "2031-05-17T09:30Z", "2031-05-17T25:00Z"),
    ("uuid", "{6BA7B810-9DAD-11D1-80B4-00C04FD430C8}", "6ba7b810"),
    ("json", '{"b": 1,  "a": NULL}'.replace("NULL", "null"), "{a: 1}"),
    ("jsonb", "[1.10]", "[NaN]"),
    ("jsonb", '"x"', '"\\u0000"'),
]


def test_a_tables_own_types_decide_and_nothing_is_rounded_or_cut(importer: Importer) -> None:
    names = [f"c{number}" for number in range(len(OWN_TYPES))]
    columns = ", ".join(f"{name} {own[0]}" for name, own in zip(names, OWN_TYPES, strict=True))
    importer.sql_in_new_schema(f"CREATE TABLE t ({columns})")
    importer.sql(f"CREATE TABLE same ({columns})")
    importer.sql("INSERT INTO same VALUES ({})".format(", ".join(f"'{good}'" for _, good, _ in OWN_TYPES)))
    lines = [names, [good for _, good, _ in OWN_TYPES]]
    lines += [[own[2] if index == bad else "" for index in range(len(names))] for bad, own in enumerate(OWN_TYPES)]
    file = io.StringIO()
    csv.writer(file).writerows(lines)
    done = importer.text(file.getvalue(), allowed_rejects=len(OWN_TYPES))
    assert done.error is None
    assert importer.sql("SELECT t::text FROM t") == importer.sql("SELECT same::text FROM same")
    found = [(bad.line, bad.column, bad.value) for bad in importer.rejects()]
    assert found == [(3 + index, names[index], own[2]) for index, own in enumerate(OWN_TYPES)]


@pytest.mark.parametrize(
    ("table", "declared", "words"),
    [
        (
            "CREATE TABLE t (a int)",
            {},
            "The table has no column b: map b to one that it has, or leave it out; it has a.",
        ),
        ("CREATE TABLE t (a int, b text, c int NOT NULL)", {}, "The table demands a value for c"),
        ("CREATE TABLE t (a inet, b text)", {}, "has the type inet, which an import cannot fill"),
        ("CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY, b text)", {}, "computed by the database"),
        ("CREATE TABLE t (a int, b int)", {"columns": [{"source": "b", "type": "text"}]}, "is integer, and not text"),
        ("CREATE VIEW t AS SELECT 1 AS a", {}, "t is a view"),
        ("SELECT 1", {"key": ["c"]}, "The key names c, which no column is called: there are a, b."),
        ("SELECT 1", {"columns": [{"source": "z"}]}, "The source has no column z: it has a, b."),
        ("SELECT 1", {"columns": [{"source": "a", "name": "b"}]}, "would both be called b"),
        ("SELECT 1", {"columns": [{"source": "a"}, {"source": "a"}]}, "Two rules are about the same column"),
        ("SELECT 1", {"table": "x" * 64}, "has more than 63 bytes"),
        ("SELECT 1", {"table": "_import_x"}, "cannot begin with _import_"),
        ("CREATE TABLE t (a int CHECK (a > 5), b text)", {}, "they break its rule t_a_check"),
    ],
)
def test_what_does_not_fit_the_table_is_refused_in_words(
    importer: Importer, table: str, declared: dict[str, Any], words: str
) -> None:
    importer.sql_in_new_schema(table)
    done = importer.text("a,b\n1,x\n", **declared)
    assert words in (done.error or "")
    assert done.job.status == "rejected"
    assert importer.tables() <= {"t"}


def test_rows_of_one_key_are_one_row_and_a_known_key_updates_only_what_the_source_has(importer: Importer) -> None:
    assert importer.text("id,name,city\n1,Ann,Oslo\n2,Bob,Rome\n3,Eve,Bern\n", key=["id"]).success
    done = importer.text("id,name\n4,Old\n1,Anna\n2,Bob\n4,Dan\n", key=["id"])
    assert importer.rows() == [(1, "Anna", "Oslo"), (2, "Bob", "Rome"), (3, "Eve", "Bern"), (4, "Dan", None)]
    counts = {
        name: done.output[name] for name in ("inserted", "updated", "unchanged", "duplicates", "records_processed")
    }
    assert counts == {"inserted": 1, "updated": 1, "unchanged": 1, "duplicates": 1, "records_processed": 3}


def test_of_rows_with_one_key_the_first_counts_if_declared(importer: Importer) -> None:
    assert importer.text("a,b,v\n1,x,first\n1,y,other\n1,x,second\n", key=["a", "b"], keep="first").success
    assert importer.sql("SELECT a, b, v FROM t ORDER BY b") == [(1, "x", "first"), (1, "y", "other")]


def test_a_row_without_its_key_is_a_bad_row(importer: Importer) -> None:
    done = importer.text("id,v\n,x\n1,y\n", key=["id"], allowed_rejects=1)
    assert done.output["rejected"] == 1
    assert importer.rows() == [(1, "y")]


def test_a_table_is_appended_to_or_its_rows_are_replaced(importer: Importer) -> None:
    importer.text("a\n1\n")
    importer.text("a\n2\n")
    assert importer.rows() == [(1,), (2,)]
    importer.text("a\n3\n", mode="replace")
    assert importer.rows() == [(3,)]


def test_an_import_that_was_loaded_is_not_loaded_again_under_its_id(importer: Importer) -> None:
    first = importer.text("a\n1\n", import_id="once")
    assert importer.text("a\n1\n", import_id="once").output == first.output
    assert importer.rows() == [(1,)]
    other = importer.text("a\n1\n", import_id="once", table="other")
    assert other.error == "The import id 'once' was used for another import: choose another."
    assert importer.tables() == {"t"}


def test_organizations_have_tables_and_ids_of_their_own(
    importer: Importer, new_organization: Callable[[], OrganizationWithChat]
) -> None:
    other = Importer(importer.database, new_organization(), importer.folder)
    assert importer.text("a\n1\n", import_id="same").success
    assert other.text("a\n2\n", import_id="same").success
    assert (importer.rows(), other.rows()) == ([(1,)], [(2,)])


def test_names_in_sql_are_quoted(importer: Importer) -> None:
    name = 'Robert"); DROP TABLE t; --'
    quoted = name.replace('"', '""')
    assert importer.text(f'"{quoted}",%s\n1,2\n', table=name, key=[name]).error is None
    assert importer.tables() == {name}
    assert importer.sql(f'SELECT * FROM "{quoted}"') == [(1, 2)]


def test_an_organizations_other_imports_do_not_wait_while_one_reads(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    free: list[tuple[Any, ...]] = []

    def check_batch(batch: Batch, columns: Mapping[str, ColumnConverter]) -> CheckedBatch:
        lock = f"hashtext('buster schema {importer.schema}')"
        free.extend(importer.sql(f"SELECT pg_try_advisory_xact_lock({lock})"))
        return checking.check_batch(batch, columns)

    monkeypatch.setattr(staging, "check_batch", check_batch)
    assert importer.text("a\n1\n").error is None
    assert free == [(True,)]


def test_of_long_values_few_are_remembered() -> None:
    column = checking.column_converter(SqlType(kind="text"), (), has_empty_text=True)
    for number in range(50):
        long = str(number) + "x" * 500_000
        assert column.batch([long]).texts[long] == long
    assert len(column.batch(["short"]).texts) < 5


def test_views_that_read_a_table_are_due_after_an_import_into_it(importer: Importer) -> None:
    organization = importer.organization.organization_id
    for table in ("t", "other"):
        importer.text("id\n1\n", table=table)
        add_view(organization, f"of {table}", f"SELECT count(*) AS n FROM {table}")
    refresh_views(organization)
    assert views_due(organization) == []
    importer.text("id\n2\n")
    assert views_due(organization) == ["of t"]
