"""`buster-jobs views`, on a real warehouse."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from buster_jobs.cli import main
from buster_jobs_tests.support.small_warehouse import Warehouse


def views(warehouse: Warehouse, command: str, *arguments: str) -> Result:
    whose = ["--organization", str(warehouse.organization_id)]
    return CliRunner().invoke(main, ["views", command, *whose, *arguments])


def test_a_view_is_registered_filled_listed_and_removed(warehouse: Warehouse, tmp_path: Path) -> None:
    query = tmp_path / "query.sql"
    query.write_text("SELECT customer, count(*) AS n FROM orders GROUP BY customer")
    assert views(warehouse, "add", "customers", f"@{query}", "--key", "customer").stdout.startswith(
        f"Registered. It reads {warehouse.source}.orders."
    )
    assert views(warehouse, "list").stdout == "customers  no content yet\n"
    refreshed = views(warehouse, "refresh")
    assert refreshed.stdout.startswith("Refreshed 1 view: 2 rows in "), refreshed.stderr
    listed = json.loads(views(warehouse, "list", "--json").stdout)
    assert (listed["status"], listed["rows"], listed["key"]) == ("refreshed", 2, ["customer"])
    assert views(warehouse, "list").stdout.startswith("customers  2 rows, ")
    assert views(warehouse, "remove", "customers").exit_code == 0
    assert views(warehouse, "list").stderr.startswith("There are no views")
    assert warehouse.rows("SELECT to_regclass('{views}.customers')") == [(None,)]


def test_a_view_that_cannot_be_registered_is_refused_in_one_sentence(warehouse: Warehouse) -> None:
    refused = views(warehouse, "add", "v", "DROP TABLE orders")
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert views(warehouse, "add", "v", "@nothing.sql").stderr.startswith("The file nothing.sql cannot be read")


def test_a_refresh_in_which_a_view_failed_says_which_and_exits_with_1(warehouse: Warehouse) -> None:
    views(warehouse, "add", "inverse", "SELECT 1 / (amount - 7) AS inverse FROM orders")
    refreshed = views(warehouse, "refresh", "inverse")
    assert refreshed.exit_code == 1
    assert "1 of 1 views failed" in refreshed.stderr
    assert views(warehouse, "list").stdout == (
        "inverse  no content yet  failed: The warehouse refused it: division by zero.\n"
    )
    assert "no view 'other': it has inverse" in views(warehouse, "refresh", "other").stderr
