"""Which files a customer's URL may open."""

from collections.abc import Callable
from pathlib import Path

import pytest

from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.errors import ConfigurationError, InvalidInput
from buster_jobs_tests.packages.data_sources.engines import Engine


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///../x.db",
        "sqlite:////etc/passwd",
        "duckdb:////etc/passwd",
        "sqlite:///a/../../x",
        "sqlite:///%2e%2e/x.db",
        "sqlite:///.",
    ],
)
def test_a_path_that_leads_out_is_refused(url: str) -> None:
    with pytest.raises((InvalidInput, ConfigurationError)):
        connect(url).test_connection()


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite://host/x.db",
        "duckdb:///",
        "sqlite:///x.db?mode=rw",
        "duckdb://user:s3cr3t@host/x",
    ],
)
def test_a_url_that_names_no_file_is_refused(url: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        connect(url)
    assert "s3cr3t" not in refused.value.message


def test_a_link_that_leads_out_is_refused(files: Path, tmp_path: Path, sqlite_shop: Engine) -> None:
    outside, link = tmp_path / "outside.db", files / "link.db"
    outside.write_bytes((files / "shop.db").read_bytes())
    link.symlink_to(outside)
    try:
        with pytest.raises(InvalidInput, match="below the folder"):
            connect("sqlite:///link.db").test_connection()
    finally:
        link.unlink()


def test_a_path_below_the_folder_may_be_whole(files: Path, sqlite_shop: Engine) -> None:
    connect(f"sqlite:///{files}/shop.db").test_connection()


def test_a_file_that_is_not_there_is_told_and_not_made(files: Path) -> None:
    for scheme in ("sqlite", "duckdb"):
        with pytest.raises(ConfigurationError, match=r"no file 'none\.db'"):
            connect(f"{scheme}:///none.db").test_connection()
    assert not (files / "none.db").exists()


def test_a_name_with_marks_of_a_uri_is_a_name(files: Path, sqlite_shop: Engine) -> None:
    odd = files / "a?mode=rw#%41.db"
    odd.write_bytes((files / "shop.db").read_bytes())
    try:
        connect("sqlite:///a%3Fmode%3Drw%23%2541.db").test_connection()
    finally:
        odd.unlink()


def test_without_the_folder_no_file_is_a_data_source(configure: Callable[..., None]) -> None:
    configure(BUSTER_DATA_SOURCE_DIR=None)
    with pytest.raises(ConfigurationError, match="BUSTER_DATA_SOURCE_DIR"):
        connect("sqlite:///shop.db").test_connection()
