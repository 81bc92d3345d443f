"""`buster-jobs import`, as typed."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from buster_jobs.cli import main
from buster_jobs.packages.database.server import engine
from buster_jobs.packages.warehouse.schemas import organization_schema
from buster_jobs_tests.conftest import OrganizationWithChat


def rows(organization: OrganizationWithChat, table: str) -> list[tuple[object, ...]]:
    name = f'"{organization_schema(organization.organization_id)}"."{table}"'
    with engine.get_engine().connect() as connection:
        return [tuple(row) for row in connection.execute(text(f"SELECT * FROM {name} ORDER BY 1"))]


def test_a_file_is_imported_and_its_bad_rows_are_shown(
    organization: OrganizationWithChat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUSTER_IMPORT_DIR", "the command sets it for its process")
    file = tmp_path / "people.csv"
    file.write_text("No;Name\n1;Ann\n2;NA\nx;Bob\n")
    options = [
        "--map",
        "No=id",
        "--type",
        "No=integer",
        "--key",
        "id",
        "--null",
        "NA",
        "--allow-rejects",
        "1",
        "--wait",
        "0",
    ]
    whose = ["--organization", str(organization.organization_id)]
    done = CliRunner().invoke(main, ["import", str(file), *whose, *options])
    assert done.exit_code == 0, done.output
    result = json.loads(done.stdout)
    assert (result["records_processed"], result["rejected"]) == (2, 1)
    assert "is no integer" in done.stderr
    assert rows(organization, "people") == [(1, "Ann"), (2, None)]


def test_a_file_or_option_that_cannot_be_used_is_refused_in_one_sentence(
    organization: OrganizationWithChat, tmp_path: Path
) -> None:
    whose = ["--organization", str(organization.organization_id)]
    missing = CliRunner().invoke(main, ["import", str(tmp_path / "no.csv"), *whose])
    assert (missing.exit_code, missing.stdout) == (2, "")
    assert "There is no file" in missing.stderr
    elsewhere = CliRunner().invoke(main, ["import", str(tmp_path / "no.csv"), *whose, "--url", "http://127.0.0.1:1"])
    assert elsewhere.exit_code == 2
    assert "BUSTER_IMPORT_DIR" in elsewhere.stderr
    unmapped = CliRunner().invoke(main, ["import", str(tmp_path / "no.csv"), *whose, "--map", "a"])
    assert unmapped.exit_code == 2
    assert "Write 'a' as COLUMN=NAME." in unmapped.stderr


def test_a_secret_in_a_url_is_no_part_of_the_imports_name(organization: OrganizationWithChat) -> None:
    url = "https://127.0.0.1:1/people.csv?signature=secret-7f3a"
    refused = CliRunner().invoke(main, ["import", url, "--organization", str(organization.organization_id)])
    assert refused.exit_code == 1
    with engine.get_engine().connect() as connection:
        (named,) = connection.execute(text("SELECT import_id || source || target FROM buster.imports")).one()
    assert "people.csv" in named
    assert "secret-7f3a" not in named
