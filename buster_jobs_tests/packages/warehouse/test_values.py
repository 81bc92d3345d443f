"""Every value arrives as it is: compared, value by value, with what the engine's own driver reads."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from buster_jobs_tests.packages.warehouse.engines import Source, copied, warehouse_rows

POSTGRES_TYPES = """
CREATE TYPE mood AS ENUM ('sad', 'very happy');
CREATE TYPE pair AS (a int, b text);
CREATE DOMAIN price AS numeric(10, 2) CHECK (VALUE >= 0);
CREATE DOMAIN discount AS price;
CREATE TABLE odd (
    id int PRIMARY KEY, small smallint, big bigint, exact numeric(20, 5), free numeric, single real, double float8,
    flag boolean, words text, bounded varchar(20), padded char(5), moment timestamp, at_zone timestamptz(3), day date,
    hour time, hour_zone timetz, span interval, doc json, docb jsonb, ids int[], grid int[][], names text[],
    key uuid, raw bytea, how mood, hows mood[], cost price, less discount, twin pair, net inet, nets cidr[],
    mac macaddr, bits bit(3), more_bits varbit,
    spot point, range int4range, ranges int4multirange, found tsvector, reference oid,
    ticks pg_lsn
);
INSERT INTO odd (id) VALUES (1);
INSERT INTO odd VALUES (2, -32768, 9223372036854775807, 123456789012345.12345, 1.50000, 3.4028235e38, 5e-324, true,
    E'tab\\t, newline\\n, return\\r, backslash \\\\, quote "'' and ünïcödé 😀', 'bounded', 'ab', '0044-03-15 BC',
    '1850-01-01 00:00:00.123+00', '1066-10-14', '23:59:59.999999', '12:00:00+05:30', '1 year -2 days 03:04:05.6',
    '{"b": 1,  "a": [1, 2.50, null]}', '{"b": 1, "a": "\\u00e9"}', '{1,NULL,3}', '{{1,2},{3,4}}',
    ARRAY['a,b', 'NULL', '', NULL, E'x\\ty'], '00000000-0000-0000-0000-00000000000a', '\\x00ff5c0a', 'very happy',
    '{sad,NULL}', 12.50, 0.10, ROW(1, 'x,y'), '10.0.0.1/8', '{10.0.0.0/8}', '08:00:2b:01:02:03', B'101', B'1', '(1,2)',
    '[1,5)', '{[1,3),[5,7)}', 'a fat cat', 4294967295, '16/B374D848');
INSERT INTO odd (id, exact, free, single, double, moment, at_zone, day, words, padded, names, raw, span) VALUES
    (3, 'NaN', 'NaN', 'NaN', 'NaN', 'infinity', '-infinity', 'infinity', '', '', '{}', '', '178000000 years'),
    (4, 0, 'Infinity', '-Infinity', 'Infinity', '294276-12-31 23:59:59.999999', '4713-01-01 BC', '5874897-12-31', '\\N',
     '\\.', '{NULL}', '\\x5c4e', '-178000000 years');
"""


def test_postgresqls_types_arrive_as_they_are(postgresql: Source) -> None:
    postgresql.execute(POSTGRES_TYPES)
    postgresql.choose("odd")
    postgresql.sync()
    # The text of the whole row: with every digit, and with values that Python cannot hold.
    query = "SELECT t::text FROM odd t ORDER BY id"
    assert warehouse_rows(postgresql, query) == postgresql.execute(query)


def test_postgresqls_own_types_are_kept_and_others_become_text(postgresql: Source) -> None:
    postgresql.execute(POSTGRES_TYPES)
    postgresql.choose("odd")
    postgresql.sync()
    described = """
        SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
        WHERE attrelid = 'odd'::regclass AND attnum > 0 ORDER BY attnum"""
    there, here = dict(postgresql.execute(described)), dict(warehouse_rows(postgresql, described))
    assert {name: kind for name, kind in here.items() if there[name] != kind} == {
        "how": "text",
        "hows": "text[]",
        "cost": "numeric(10,2)",
        "less": "numeric(10,2)",
        "twin": "text",
        "reference": "bigint",
    }


def test_money_is_a_number_whatever_the_servers_currency_is(postgresql: Source) -> None:
    postgresql.execute("CREATE TABLE bills (id int, amount money); INSERT INTO bills VALUES (1, '12.34'), (2, NULL)")
    postgresql.choose("bills")
    postgresql.sync()
    assert copied(postgresql, "bills") == [(1, Decimal("12.34")), (2, None)]


MYSQL_TYPES = """
CREATE TABLE odd (
    id INT PRIMARY KEY, tiny TINYINT, flag TINYINT(1), tiny_u TINYINT UNSIGNED, small_u SMALLINT UNSIGNED,
    medium_u MEDIUMINT UNSIGNED, int_u INT UNSIGNED, big BIGINT, big_u BIGINT UNSIGNED, exact DECIMAL(30, 10),
    wide DECIMAL(65, 30),
    dbl DOUBLE, bits BIT(9), all_bits BIT(64), made YEAR, day DATE, moment DATETIME(6), second DATETIME,
    stamp TIMESTAMP(3) NULL, span TIME(6), words TEXT, latin VARCHAR(50) CHARACTER SET latin1, fixed CHAR(5),
    raw BLOB, raw_fixed BINARY(4), pick ENUM('a', 'b c'), picks SET('x', 'y', 'z'), doc JSON, uid UUID
) CHARACTER SET utf8mb4
"""


@pytest.mark.needs_mariadb
def test_mariadbs_types_arrive_as_they_are(mysql: Source) -> None:
    mysql.execute(MYSQL_TYPES)
    row = (
        2, -128, 2, 255, 65535, 16777215, 4294967295, -(2**63), 2**64 - 1, Decimal("12345678901234567890.0123456789"),
        Decimal("1.000000000000000000000000000001"), 1.7976931348623157e308, b"\x01\x01", b"\xff" * 8, 1901,
        "1000-01-01", "9999-12-31 23:59:59.999999", "1850-01-01 00:00:00", "1970-01-01 00:00:01.123",
        "-838:59:58.999999", "tab\t, newline\n, return\r, backslash \\, quote '\" and ünïcödé 😀 \\N", "café", "ab",
        b"\x00\xff\\\n\t", b"ab", "b c", "x,z", '{"b": 1, "a": [1, 2.50]}', "00000000-0000-0000-0000-00000000000a",
    )  # fmt: skip
    mysql.execute("INSERT INTO odd (id) VALUES (1)")
    mysql.execute(f"INSERT INTO odd VALUES ({', '.join(['%s'] * len(row))})", *row)
    mysql.choose("odd")
    mysql.sync()
    assert [_plain(*pair) for pair in _pairs(mysql)] == [pair[0] for pair in _pairs(mysql)]


def _pairs(source: Source) -> list[tuple[Any, Any]]:
    there, here = source.execute("SELECT * FROM odd ORDER BY id"), copied(source, "odd", "id")
    return [pair for rows in zip(there, here, strict=True) for pair in zip(*rows, strict=True)]


def _plain(theirs: Any, ours: Any) -> Any:
    """What we read, as the other driver would say it."""
    match ours:
        case Decimal() if isinstance(theirs, bytes):  # BIT
            return int(ours).to_bytes(len(theirs), "big")
        case datetime() if ours.tzinfo:
            return ours.astimezone(UTC).replace(tzinfo=None)
        case dict() | list():
            assert json.loads(theirs) == ours
            return theirs
        case _:
            return str(ours) if isinstance(theirs, str) else ours


@pytest.mark.needs_mariadb
def test_mariadbs_floats_keep_every_bit(mysql: Source) -> None:
    mysql.execute("CREATE TABLE measured (id INT, value FLOAT)")
    mysql.execute("INSERT INTO measured VALUES (1, 16777217), (2, 0.1), (3, 3.4028234e38), (4, NULL)")
    mysql.choose("measured")
    mysql.sync()
    assert copied(mysql, "measured") == [(1, 16777216.0), (2, 0.1), (3, 3.4028235e38), (4, None)]


@pytest.mark.needs_mariadb
def test_days_that_no_calendar_has_become_nulls(mysql: Source) -> None:
    mysql.execute("CREATE TABLE born (id INT, day DATE, moment DATETIME, stamp TIMESTAMP NULL)")
    mysql.execute("INSERT INTO born VALUES (1, '0000-00-00', '0000-00-00 00:00:00', 0), (2, '2024-00-10', NULL, NULL)")
    mysql.choose("born")
    mysql.sync()
    assert copied(mysql, "born") == [(1, None, None, None), (2, None, None, None)]


@pytest.mark.needs_mariadb
def test_a_row_that_the_server_cannot_send_whole_fails_its_table_instead_of_losing_values(mysql: Source) -> None:
    mysql.execute("CREATE TABLE files (id INT, body LONGBLOB)")
    (size,) = mysql.execute("SELECT @@global.max_allowed_packet")[0]
    mysql.execute("INSERT INTO files VALUES (1, REPEAT('x', %s))", size * 2 // 3)
    mysql.execute("CREATE TABLE small (id INT)")
    mysql.choose()
    failed = _failure(mysql)
    assert "max_allowed_packet" in failed["files"]
    assert failed.keys() == {"files"}


def _failure(source: Source) -> dict[str, str]:
    from buster_jobs.packages.errors import PartlyFailed
    from buster_jobs.packages.warehouse.results import SyncResult

    with pytest.raises(PartlyFailed) as raised:
        source.sync()
    result = raised.value.result
    assert isinstance(result, SyncResult)
    return {t.table.rpartition(".")[2]: t.reason or "" for t in result.tables if t.status == "failed"}


def test_sqlites_values_arrive_as_they_are_stored(sqlite: Source) -> None:
    sqlite.execute(
        "CREATE TABLE odd (id INTEGER PRIMARY KEY, whole INTEGER, real REAL, words TEXT, raw BLOB, day DATE, "
        "moment TIMESTAMP, untyped, amount NUMERIC(10, 2), mixed, flag BOOLEAN, iso TIMESTAMP)"
    )
    sqlite.execute("INSERT INTO odd (id) VALUES (1)")
    words = "tab\t, newline\n, return\r, backslash \\, quote '\" and ünïcödé 😀 \\N"
    for number, row in enumerate(
        [
            (
                2**63 - 1,
                0.1 + 0.2,
                words,
                b"\x00\xff\\\n\t",
                "1066-10-14",
                "1850-01-01 00:00:00",
                "x",
                1.5,
                1,
                True,
                "z",
            ),
            (
                -(2**63),
                1e308 * 10,
                "\\.",
                b"",
                "9999-12-31",
                "2024-02-29 23:59:59",
                "",
                3,
                "two",
                False,
                "2024-01-01T10:00",
            ),
            (0, -1e308 * 10, "", None, None, None, None, 5e-324, b"\x01", None, None),
        ],
        start=2,
    ):
        sqlite.execute(f"INSERT INTO odd VALUES ({', '.join('?' * 12)})", number, *row)
    sqlite.choose("odd")
    sqlite.sync()
    assert [_as_stored(row) for row in copied(sqlite, "odd")] == [
        _mixed_as_text(row) for row in sqlite.execute("SELECT * FROM odd ORDER BY id")
    ]


def _as_stored(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Dates are text in SQLite."""
    return tuple(str(value) if isinstance(value, (date, datetime)) else value for value in row)


def _mixed_as_text(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A column whose values are of several kinds is text, and bytes in it are written as PostgreSQL writes bytes."""
    mixed = row[9]
    shown = f"\\x{mixed.hex().upper()}" if isinstance(mixed, bytes) else None if mixed is None else str(mixed)
    return (*row[:9], shown, *row[10:])


def test_a_date_column_of_sqlite_that_holds_something_else_stays_text(sqlite: Source) -> None:
    sqlite.execute("CREATE TABLE odd (id INTEGER, day DATE)")
    sqlite.execute("INSERT INTO odd VALUES (1, '2024-02-30'), (2, 'soon'), (3, '2024-01-01')")
    sqlite.choose("odd")
    sqlite.sync()
    assert copied(sqlite, "odd") == [(1, "2024-02-30"), (2, "soon"), (3, "2024-01-01")]


DUCKDB_TYPES = """
CREATE TABLE odd (
    id INTEGER PRIMARY KEY, tiny TINYINT, tiny_u UTINYINT, big BIGINT, big_u UBIGINT, huge HUGEINT, huge_u UHUGEINT,
    exact DECIMAL(38, 10), single FLOAT, double DOUBLE, flag BOOLEAN, words VARCHAR, raw BLOB, day DATE, hour TIME,
    moment TIMESTAMP, at_zone TIMESTAMPTZ, at_s TIMESTAMP_S, span INTERVAL, uid UUID, pick ENUM('a', 'b c'), doc JSON,
    list INTEGER[], made STRUCT(a INTEGER, b VARCHAR), known MAP(VARCHAR, INTEGER)
)
"""


def test_duckdbs_types_arrive_as_they_are(duckdb: Source) -> None:
    duckdb.execute(DUCKDB_TYPES)
    duckdb.execute("INSERT INTO odd (id) VALUES (1)")
    duckdb.execute(
        """INSERT INTO odd VALUES (2, -128, 255, -9223372036854775808, 18446744073709551615,
        -170141183460469231731687303715884105728, 340282366920938463463374607431768211455, 1234567890.0123456789, 0.5,
        5e-324, true, ?, ?, '1066-10-14', '23:59:59.999999', '1850-01-01 00:00:00.123456', '2024-01-01 10:00:00+02',
        '2024-01-01 10:00:00', INTERVAL '3 days 04:05:06.789', '00000000-0000-0000-0000-00000000000a', 'b c',
        '{"b": 1}', [1, NULL, 3], {'a': 1, 'b': 'x'}, MAP {'k': 7})""",
        "tab\t, newline\n, return\r, backslash \\, quote '\" and ünïcödé 😀 \\N",
        b"\x00\xff\\\n\t",
    )
    duckdb.choose("odd")
    duckdb.sync()
    theirs = duckdb.execute("SELECT * FROM odd ORDER BY id")
    assert [_comparable(row) for row in copied(duckdb, "odd")] == [_comparable(row) for row in theirs]


def _comparable(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """JSON, which DuckDB's driver gives as text, as values; moments in UTC."""
    return tuple(
        json.loads(value) if isinstance(value, str) and value.startswith("{")
        else value.astimezone(UTC) if isinstance(value, datetime) and value.tzinfo
        else value
        for value in row
    )  # fmt: skip


def test_duckdbs_numbers_beyond_all_bounds_arrive(duckdb: Source) -> None:
    duckdb.execute("CREATE TABLE odd (id INTEGER, value DOUBLE, day DATE, moment TIMESTAMP, small FLOAT)")
    duckdb.execute("INSERT INTO odd VALUES (1, 'inf', 'infinity', 'infinity', 0.1)")
    duckdb.execute("INSERT INTO odd VALUES (2, '-inf', '-infinity', '-infinity', 3.4028235e38)")
    duckdb.execute("INSERT INTO odd VALUES (3, 'nan', '0044-03-15 (BC)', '0044-03-15 (BC) 10:00:00', NULL)")
    duckdb.choose("odd")
    duckdb.sync()
    floats = [row[0] for row in warehouse_rows(duckdb, "SELECT small::float8 FROM odd ORDER BY id")]
    assert floats == [row[0] for row in duckdb.execute("SELECT small FROM odd ORDER BY id")]
    rows = warehouse_rows(duckdb, "SELECT id, value::text, day::text, moment::text FROM odd ORDER BY id")
    assert rows == [
        (1, "Infinity", "infinity", "infinity"),
        (2, "-Infinity", "-infinity", "-infinity"),
        (3, "NaN", "0044-03-15 BC", "0044-03-15 10:00:00 BC"),
    ]


NAMES = [
    "with space",
    "UPPER",
    'qu"ote',
    "apo'strophe",
    "back`tick",
    "select",
    "percent%s",
    "semi;colon",
    "ünïcödé",
    "x" * 60,
]


def test_odd_names_of_tables_and_columns_arrive(source: Source) -> None:
    quote = "`" if source.engine == "mysql" else '"'
    quoted = [quote + name.replace(quote, quote * 2) + quote for name in NAMES]
    for name in quoted:
        columns = ", ".join(f"{column} INT" for column in quoted)
        # pymysql and psycopg read %s as a placeholder only where values come with the statement.
        source.execute(f"CREATE TABLE {name} (id INT PRIMARY KEY, {columns})")
        source.execute(f"INSERT INTO {name} VALUES ({', '.join(str(number) for number in range(len(NAMES) + 1))})")
    source.choose()
    result = source.sync()
    assert (result.tables_succeeded, result.tables_failed) == (len(NAMES), 0)
    for name in NAMES:
        assert copied(source, name) == [tuple(range(len(NAMES) + 1))]
        table = source.synced(name)
        assert [column["name"] for column in table.columns or ()][1:] == NAMES


def test_an_empty_table_arrives_empty(source: Source) -> None:
    source.execute("CREATE TABLE hollow (id INT, name VARCHAR(10))")
    source.choose("hollow")
    assert source.sync().rows == 0
    assert copied(source, "hollow") == []
