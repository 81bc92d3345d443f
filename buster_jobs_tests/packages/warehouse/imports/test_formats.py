"""JSON lines, Parquet and packed files."""

import bz2
import gzip
import io
import lzma
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from buster_jobs_tests.packages.warehouse.imports.conftest import Importer


def test_json_lines_keep_their_kinds_their_digits_and_keys_that_come_later(importer: Importer) -> None:
    done = importer.text(
        '{"id": 1, "zip": "12345", "price": 0.10000000000000000001, "ok": true, "day": "2031-05-17"}\n'
        "\n"
        '{"id": 2, "zip": "", "nested": {"a": [1.10, null, "x"]}, "ok": null}\n',
        name="rows.jsonl",
    )
    assert done.error is None
    kinds = {"id": "bigint", "zip": "text", "price": "numeric", "ok": "boolean", "day": "date", "nested": "jsonb"}
    assert importer.types() == kinds
    assert importer.sql("SELECT id, zip, price, ok, day, nested::text FROM t ORDER BY id") == [
        (1, "12345", Decimal("0.10000000000000000001"), True, date(2031, 5, 17), None),
        (2, "", None, None, None, '{"a": [1.10, null, "x"]}'),
    ]


def test_bad_json_lines_are_named_with_their_lines(importer: Importer) -> None:
    content = '{"a": 1}\n\n{"a": 2\n[1]\n{"a": NaN}\n{"a": "\\ud800"}\n'
    done = importer.text(content, name="rows.ndjson", allowed_rejects=4, columns=[{"source": "a", "type": "text"}])
    assert done.error is None
    assert [(bad.line, bad.reason) for bad in importer.rejects()] == [
        (3, "is no JSON"),
        (4, "is no JSON object"),
        (5, "is no JSON"),
        (6, "has half a surrogate pair"),
    ]
    assert importer.rows() == [("1",)]


def test_parquet_keeps_its_types_and_values(importer: Importer) -> None:
    importer.write_parquet(
        "rows.parquet",
        "SELECT i, i::double / 3 AS third, (i * 1.10)::decimal(9, 2) AS price,"
        " CASE WHEN i > 0 THEN '0' || i END AS code,"
        " '2031-05-17 09:30:00+00'::timestamptz AS at, '2031-05-17'::date AS day, i > 0 AS ok, [i, 2] AS list,"
        " {'a': i} AS struct, '\\xAA'::blob AS bytes, 'nan'::double AS nan"
        " FROM range(3) t(i)",
    )
    assert importer.run(file="rows.parquet").error is None
    assert importer.types() == {
        "i": "bigint",
        "third": "double precision",
        "price": "numeric",
        "code": "text",
        "at": "timestamp with time zone",
        "day": "date",
        "ok": "boolean",
        "list": "jsonb",
        "struct": "jsonb",
        "bytes": "text",
        "nan": "double precision",
    }
    moment = datetime(2031, 5, 17, 9, 30, tzinfo=UTC)
    columns = "i, third, price, code, at, day, ok, list, struct, bytes, nan::text"
    assert importer.sql(f"SELECT {columns} FROM t ORDER BY i")[1:] == [
        (1, 1 / 3, Decimal("1.10"), "01", moment, date(2031, 5, 17), True, [1, 2], {"a": 1}, "\\xaa", "NaN"),
        (2, 2 / 3, Decimal("2.20"), "02", moment, date(2031, 5, 17), True, [2, 2], {"a": 2}, "\\xaa", "NaN"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("rows.parquet", b"no", "The file is not Parquet, or damaged."),
        ("rows.xlsx", b"", "The file's name does not tell its format"),
        ("rows.jsonl", b"", "The source has no columns to import."),
        ("rows.csv.gz", b"no", "cannot be read to its end: it is damaged"),
        (
            "rows.csv.gz",
            gzip.compress(b"a\n" + b"1\n" * 50_000, mtime=0)[:80],
            "cannot be read to its end: it is damaged",
        ),
        ("rows.csv.zip", b"no", "The archive cannot be unpacked"),
        ("rows.parquet.gz", gzip.compress(b"PAR1", mtime=0), "cannot be read from within an archive"),
    ],
)
def test_a_broken_file_is_refused_in_words(importer: Importer, name: str, content: bytes, words: str) -> None:
    done = importer.text(content, name=name)
    assert words in (done.error or "")
    assert done.job.status == "rejected"


def one_zipped(content: bytes) -> bytes:
    return zipped(content, "x.csv")


def zipped(content: bytes, *names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("suffix", "pack"),
    [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress), ("zip", one_zipped)],
)
def test_packed_files_are_unpacked(importer: Importer, suffix: str, pack: Any) -> None:
    assert importer.text(pack(b"a,b\n1,x\n"), name=f"rows.csv.{suffix}").error is None
    assert importer.rows() == [(1, "x")]


def test_an_archive_of_several_files_is_refused(importer: Importer) -> None:
    done = importer.text(zipped(b"a\n1\n", "x.csv", "y.csv"), name="rows.csv.zip")
    assert "The archive holds 2 files" in (done.error or "")


def test_a_parquet_file_whose_name_looks_like_a_pattern_is_just_that_file(importer: Importer) -> None:
    importer.write_parquet("rows[1]*.parquet", "SELECT 1 AS a")
    importer.write_parquet("rows1.parquet", "SELECT 2 AS a")
    assert importer.run(file="rows[1]*.parquet").error is None
    assert importer.rows() == [(1,)]
