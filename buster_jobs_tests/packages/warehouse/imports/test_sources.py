"""Which files and URLs may be imported, and that nothing else is opened."""

import bz2
import gzip
import io
import lzma
import threading
import zipfile
from collections.abc import Callable, Generator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from buster_jobs.packages.warehouse.imports.files import shown_name
from buster_jobs_tests.packages.warehouse.imports.conftest import Importer


@pytest.fixture
def server(tmp_path: Path) -> Generator[str]:
    """A web server on loopback with the folder's files."""

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(tmp_path))

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_address[1]}"
    running.shutdown()
    thread.join()
    running.server_close()


@pytest.mark.parametrize("path", ["../outside.csv", "/etc/passwd", "link.csv", "missing.csv", "folder"])
def test_only_files_below_the_folder_are_opened(importer: Importer, path: str) -> None:
    outside = importer.folder.parent / "outside.csv"
    outside.write_text("a\n1\n")
    (importer.folder / "link.csv").symlink_to(outside)
    (importer.folder / "folder").mkdir()
    done = importer.run(file=path, source={"format": "csv"})
    assert done.job.status == "rejected"
    assert "the folder for imports (BUSTER_IMPORT_DIR)" in (done.error or "")


def test_without_a_folder_no_file_is_imported(importer: Importer, configure: Callable[..., None]) -> None:
    configure(BUSTER_IMPORT_DIR=None)
    done = importer.text("a\n1\n")
    assert done.error == "No file can be imported here: set BUSTER_IMPORT_DIR to the folder that holds them."
    assert done.job.error_code == "CONFIGURATION"
    assert done.attempts == 1


@pytest.mark.parametrize("name", ["rows.csv", "rows.csv.gz", "rows.parquet"])
def test_a_url_that_the_operator_names_is_fetched(
    importer: Importer, server: str, configure: Callable[..., None], name: str
) -> None:
    importer.write("rows.csv", "a\n1\n")
    importer.write("rows.csv.gz", gzip.compress(b"a\n1\n"))
    importer.write_parquet("rows.parquet", "SELECT 1 AS a")
    configure(BUSTER_IMPORT_URLS=f'["{server}/"]')
    done = importer.run(file=f"{server}/{name}?token=secret-7f3a")
    assert done.error is None
    assert importer.rows() == [(1,)]
    assert importer.record().source == f"{server}/{name}"


def test_an_entry_with_a_host_counts_wherever_it_stands(
    importer: Importer, server: str, configure: Callable[..., None]
) -> None:
    importer.write("données.csv", "a\n1\n")
    configure(BUSTER_IMPORT_URLS=f'["http://", "{server}/"]')
    assert importer.run(file=f"{server}/données.csv").error is None
    assert importer.rows() == [(1,)]


def test_a_host_that_the_operator_does_not_name_must_be_public(
    importer: Importer, server: str, configure: Callable[..., None]
) -> None:
    configure(BUSTER_IMPORT_URLS='["http://", "https://"]')
    done = importer.run(file=f"{server}/rows.csv")
    assert done.error == "127.0.0.1 leads to an address that is not public: use a server on the internet."


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("{server}/other/rows.csv", "BUSTER_IMPORT_URLS does not allow"),
        ("{server}/allowed/../rows.csv", "write it without '..'"),
        ("{server}/allowed/%2e%2e/rows.csv", "write it without '..'"),
        ("http://user:pw@127.0.0.1/allowed/rows.csv", "must not hold a user or password"),
        ("ftp://127.0.0.1/rows.csv", "BUSTER_IMPORT_URLS does not allow"),
        ("file:///etc/passwd", "BUSTER_IMPORT_URLS does not allow"),
        ("zip://rows.csv::memory://x.zip", "write it without '..', '::'"),
        ("memory://x.csv?::zip://rows.csv::memory://x.zip", "write it without '..', '::'"),
        ("memory://allowed/?/../../x.csv", "write it without '..', '::'"),
        ("{server}/allowed/missing.csv", "answered 404"),
    ],
)
def test_any_other_url_is_refused(
    importer: Importer, server: str, configure: Callable[..., None], url: str, words: str
) -> None:
    importer.write("rows.csv", "a\n1\n")
    configure(BUSTER_IMPORT_URLS=f'["{server}/allowed/", "file://"]')
    done = importer.run(file=url.format(server=server), source={"format": "csv"})
    assert words in (done.error or "")
    assert done.attempts == 1
    assert importer.tables() == set()


def test_a_file_that_is_too_large_is_refused(importer: Importer, server: str, configure: Callable[..., None]) -> None:
    importer.write("rows.csv", b"a\n" + b"1\n" * 600_000)
    configure(BUSTER_IMPORT_URLS=f'["{server}/"]', BUSTER_IMPORT_MAX_MIB="1")
    assert "has more than 1 MiB" in (importer.run(file=f"{server}/rows.csv").error or "")


def test_other_file_systems_are_reached_through_fsspec(importer: Importer, configure: Callable[..., None]) -> None:
    configure(BUSTER_IMPORT_URLS='["memory://bucket/folder/"]')
    fsspec: Any = import_module("fsspec")  # it has no types
    with fsspec.open("memory://bucket/folder/rows.csv", "wb") as file:
        file.write(b"a\n1\n")
    assert importer.run(file="memory://bucket/folder/rows.csv").error is None
    assert importer.rows() == [(1,)]
    assert "There is no such file" in (importer.run(file="memory://bucket/folder/no.csv").error or "")
    assert "does not allow" in (importer.run(file="memory://bucket/folders/rows.csv").error or "")


def test_a_library_that_is_missing_is_named_by_its_scheme(importer: Importer, configure: Callable[..., None]) -> None:
    configure(BUSTER_IMPORT_URLS='["s3://bucket/"]')
    done = importer.run(file="s3://bucket/rows.csv")
    assert done.error == "s3:// needs a library that is not installed: see fsspec's list."
    assert done.job.error_code == "CONFIGURATION"


def test_a_place_that_its_file_system_cannot_use_is_not_taken_for_a_missing_library(
    importer: Importer, configure: Callable[..., None]
) -> None:
    configure(BUSTER_IMPORT_URLS='["filecache://folder/", "nowhere://folder/"]')
    done = importer.run(file="filecache://folder/rows.csv")
    assert (
        done.error
        == "filecache://folder cannot be the place of a file: check the name of its bucket or host in the URL."
    )
    assert (done.job.error_code, done.attempts) == ("INVALID_INPUT", 1)
    unknown = importer.run(file="nowhere://folder/rows.csv")
    assert unknown.error == "nowhere:// needs a library that is not installed: see fsspec's list."


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        ("https://ada:hidden@files.example/a.csv?sig=hidden#hidden", "https://files.example/a.csv"),
        ("https://ada:hid@den@files.example", "https://files.example"),
        ("s3://bucket/mail@example.csv", "s3://bucket/mail@example.csv"),
        ("folder/a?b#c@d.csv", "folder/a?b#c@d.csv"),
    ],
)
def test_what_may_be_secret_in_a_url_is_not_shown(location: str, shown: str) -> None:
    assert shown_name(location) == shown


@pytest.mark.parametrize("suffix", ["gz", "bz2", "xz", "zip"])
def test_a_file_that_unpacks_to_more_than_is_allowed_is_refused(
    importer: Importer, configure: Callable[..., None], suffix: str
) -> None:
    configure(BUSTER_IMPORT_MAX_MIB="1")
    rows = b"a\n" + b"1\n" * (1 << 19)
    packed = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zip": zipped}[suffix](rows)
    assert len(packed) < 100_000
    refused = importer.text(packed, f"rows.csv.{suffix}")
    assert refused.error == "The file unpacks to more than 1 MiB (BUSTER_IMPORT_MAX_MIB)."


def test_a_file_that_unpacks_to_just_what_is_allowed_is_imported(
    importer: Importer, configure: Callable[..., None]
) -> None:
    configure(BUSTER_IMPORT_MAX_MIB="1")
    assert importer.text(gzip.compress(b"a\n" + b" " * ((1 << 20) - 4) + b"1\n"), "rows.csv.gz").error is None


def zipped(content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("rows.csv", content)
    return file.getvalue()
