"""Odd CSV files: each row ends up in the table or among the rejects, with its line; or the file is refused in words."""

import pytest

from buster_jobs_tests.packages.warehouse.imports.conftest import Importer

BAD = b"\xff"


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        pytest.param("a,b\n1,x\n2,y\n", [(1, "x"), (2, "y")], id="plain"),
        pytest.param("a,b\r\n1,x\r\n2,y\r\n", [(1, "x"), (2, "y")], id="CRLF"),
        pytest.param("a,b\r1,x\r2,y", [(1, "x"), (2, "y")], id="carriage returns alone"),
        pytest.param("\ufeffa,b\n1,x\n", [(1, "x")], id="byte order mark"),
        pytest.param("\ufeffa,b\n1,ä\n".encode("utf-16-le"), [(1, "ä")], id="UTF-16 by its mark"),
        pytest.param("a,b\n1,x", [(1, "x")], id="no end of the last line"),
        pytest.param("a,b\n\n1,x\n\n\n2,y\n", [(1, "x"), (2, "y")], id="empty lines"),
        pytest.param('a,b\n1,"x\ny"\n2,"x\r\ny"\n', [(1, "x\ny"), (2, "x\r\ny")], id="newlines in quotes"),
        pytest.param('a,b\n1,"say ""hi"""\n2,"a,b"\n', [(1, 'say "hi"'), (2, "a,b")], id="quotes and delimiters"),
        pytest.param("a,b\n1,\n2,y\n", [(1, None), (2, "y")], id="an empty field is no value"),
        pytest.param("a;b\n1;x,y\n2;z\n", [(1, "x,y"), (2, "z")], id="semicolons"),
        pytest.param("a\tb\n1\tx\n", [(1, "x")], id="tabs"),
        pytest.param("a|b\n1|x\n", [(1, "x")], id="bars"),
        pytest.param("a\n1\n2\n", [(1,), (2,)], id="one column"),
        pytest.param('"a b","SELECT"\n1,x\n', [(1, "x")], id="names with blanks, reserved words"),
        pytest.param(" a , b \n1, x\n", [(1, " x")], id="blanks belong to texts, and not to names"),
        pytest.param("a,b\n1,\\N\n2,a\\tb\n", [(1, "\\N"), (2, "a\\tb")], id="what COPY takes for special"),
        pytest.param("a,b\n1,x\ty\n", [(1, "x\ty")], id="a tab in a text"),
        pytest.param("a,b\n", [], id="a header alone"),
    ],
)
def test_a_file_that_is_read(importer: Importer, content: str | bytes, rows: list[tuple[object, ...]]) -> None:
    done = importer.text(content)
    assert done.error is None
    assert importer.rows() == rows
    assert done.output["records_processed"] == len(rows)
    assert importer.tables() == {"t"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param("", "The file is empty", id="empty"),
        pytest.param("\n\n", "The file is empty", id="nothing but empty lines"),
        pytest.param("a,b,a\n1,2,3\n", "Columns 1 and 3 of the header are both named 'a'", id="two of a name"),
        pytest.param("a,,c\n1,2,3\n", "Column 2 of the header has no name", id="no name"),
        pytest.param(b"a,\xff\n1,2\n", "column 2 of the header is not of the file's encoding", id="a broken name"),
        pytest.param('a,b\n1,x\n2,"y\n3,z\n', "A quote that opens in line 3 does not close", id="an open quote"),
        pytest.param('"a,b\n1,x\n', "header line has a quote that does not close", id="an open quote in the header"),
        pytest.param("a\n1\n", "There is no text encoding 'utf-9'", id="no such encoding"),
        pytest.param(f"{'x' * 64}\n1\n", "has more than 63 bytes", id="a name that PostgreSQL would cut"),
        pytest.param("_buster_line\n1\n", "map it to another name", id="our own column"),
    ],
)
def test_a_file_that_is_refused_in_words(importer: Importer, content: str | bytes, words: str) -> None:
    source = {"encoding": "utf-9"} if "utf-9" in words else {}
    done = importer.text(content, source=source)
    assert words in (done.error or "")
    assert done.job.status == "rejected"
    assert done.attempts == 1
    assert importer.tables() == set()


def test_every_bad_row_is_named_with_its_line_column_value_and_reason(importer: Importer) -> None:
    importer.sql_in_new_schema("CREATE TABLE t (a int, b text NOT NULL, c date)")
    content = (
        b"a,b,c\n"
        b'1,"two\nlines",2031-05-17\n'
        b"x,ok,2031-05-17\n"
        b"2,,2031-05-17\n"
        b"3,short\n"
        b"4,long,2031-05-17,more\n"
        b"5,bad\xffbyte,2031-05-17\n"
        b"99999999999,ok,2031-02-30\n"
        b'6,"ok"x,2031-05-17\n'
        b"7,nul\x00,2031-05-17\n"
        b"8,ok,2031-05-17\n"
    )
    done = importer.text(content, allowed_rejects=8)
    assert done.error is None
    assert [row[0] for row in importer.rows()] == [1, 8]
    assert (done.output["records_processed"], done.output["rejected"]) == (2, 8)
    assert [(bad.line, bad.column, bad.value, bad.reason) for bad in importer.rejects()] == [
        (4, "a", "x", "is no integer"),
        (5, "b", "", "must not be empty"),
        (6, None, "3,short", "has 2 fields, and not 3"),
        (7, None, "4,long,2031-05-17,more", "has 4 fields, and not 3"),
        (8, "b", "bad?byte", "has the byte 0xFF, which is not of the file's encoding"),
        (9, "a", "99999999999", "does not fit into an integer of 32 bits"),
        (9, "c", "2031-02-30", "is no date of the calendar"),
        (10, None, None, "has text after a closing quote, or a stray carriage return"),
        (11, "b", "nul\N{REPLACEMENT CHARACTER}", "has a NUL character, which PostgreSQL cannot hold"),
    ]


def test_more_bad_rows_than_allowed_stop_the_import_and_are_kept_up_to_a_cap(importer: Importer) -> None:
    importer.sql_in_new_schema("CREATE TABLE t (a int)")
    content = "a\n" + "x\n" * 50 + "1\n" * 50
    done = importer.text(content, allowed_rejects=20, allowed_reject_share=0.49, kept_rejects=7)
    assert done.error == (
        "50 of 100 rows are bad, and 49 may be: nothing was loaded. The first: line 2, column a: 'x' is no integer."
    )
    assert done.output["code"] == "TOO_MANY_REJECTS"
    assert [bad.line for bad in importer.rejects()] == [2, 3, 4, 5, 6, 7, 8]
    assert importer.record().state == "refused"
    assert importer.rows() == []
    done = importer.text(content, allowed_reject_share=0.5)
    assert (done.output["records_processed"], done.output["rejected"]) == (50, 50)


def test_a_refused_import_can_be_mended_and_tried_again_under_its_id(importer: Importer) -> None:
    importer.sql_in_new_schema("CREATE TABLE t (a int)")
    assert not importer.text("a\nx\n", import_id="one").success
    assert importer.text("a\n1\n", import_id="one").success
    assert importer.rejects() == []
    assert importer.rows() == [(1,)]


def test_a_huge_field_is_a_bad_row_and_its_neighbours_are_good(importer: Importer) -> None:
    content = "a,b\n1,x\n2," + "y" * 9_000_000 + "\n3,z\n"
    done = importer.text(content, allowed_rejects=1)
    assert done.error is None
    assert importer.rows() == [(1, "x"), (3, "z")]
    assert [(bad.line, bad.reason) for bad in importer.rejects()] == [
        (3, "has more than 8,000,000 characters in one line")
    ]


def test_a_large_field_arrives_whole(importer: Importer) -> None:
    value = "ä,\n" * 1_000_000
    assert importer.text(f'a,b\n1,"{value}"\n').success
    assert importer.rows() == [(1, value)]


def test_another_encoding_quote_delimiter_and_no_header_are_declared(importer: Importer) -> None:
    source = {"encoding": "cp1252", "quote": "'", "delimiter": "#", "header": False}
    assert importer.text("1#'Zoë # €'\n2#x\n".encode("cp1252"), source=source).success
    assert importer.rows() == [(1, "Zoë # €"), (2, "x")]
    assert list(importer.types()) == ["column_1", "column_2"]
