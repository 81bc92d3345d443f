"""The guard in the SQL of Snowflake, BigQuery, Redshift and SQL Server: what it refuses, and that queries pass."""

# ruff: noqa: E501, one query a line is easier to read than wrapped ones

import pytest

from buster_jobs.packages.data_sources.catalog import Catalog, Column, Table
from buster_jobs.packages.data_sources.errors import QueryRefused
from buster_jobs.packages.data_sources.guard import guard_query
from buster_jobs_tests.packages.data_sources.common_attacks import ATTACKS

SCHEMAS = {"snowflake": "public", "bigquery": "sales", "redshift": "public", "tsql": "dbo"}
COMMON = [
    "SELECT count(*) AS n FROM orders",
    "SELECT c.name, count(o.id) AS n FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.name HAVING count(o.id) > 3 ORDER BY n DESC",
    "WITH recent AS (SELECT * FROM orders WHERE placed >= '2024-01-01'), n AS (SELECT count(*) AS c FROM recent) SELECT * FROM n",
    "SELECT id, row_number() OVER (PARTITION BY region ORDER BY placed DESC) AS rn, lag(id) OVER (ORDER BY id) AS before_it FROM orders",
    "SELECT sum(CASE WHEN status = 'paid' THEN 1 ELSE 0 END) * 100.0 / count(*) AS share FROM orders",
    "SELECT id FROM orders WHERE id IN (SELECT order_id FROM items) AND region NOT IN ('north') AND status LIKE 'p%' AND id BETWEEN 1 AND 9",
    "SELECT id FROM orders UNION ALL SELECT id FROM customers",
    "SELECT coalesce(region, 'none') AS r, nullif(status, 'x') AS s, upper(name) AS u, round(price, 2) AS p, CAST(id AS VARCHAR(10)) AS t FROM orders",
    "SELECT region, status, count(*) AS n FROM orders GROUP BY ROLLUP (region, status)",
    "SELECT o.* FROM orders AS o -- all of them\n WHERE o.id > 5 /* and more */",
    "SELECT avg(total) AS m, stddev(total) AS s, min(total) AS a, max(total) AS b, count(DISTINCT id) AS d FROM orders",
]
QUERIES = {
    "snowflake": [
        "SELECT DATE_TRUNC('month', placed) AS m, COUNT_IF(status = 'paid') FROM orders GROUP BY 1 QUALIFY ROW_NUMBER() OVER (ORDER BY m) = 1",
        "SELECT DATEADD('day', -7, CURRENT_DATE), DATEDIFF('day', placed, CURRENT_TIMESTAMP), id::VARCHAR, IFF(id > 5, 'a', 'b'), ZEROIFNULL(id) FROM orders LIMIT 10",
        "SELECT LISTAGG(name, ', ') WITHIN GROUP (ORDER BY name) FROM customers WHERE name ILIKE '%a%'",
    ],
    "bigquery": [
        "SELECT DATE_TRUNC(placed, MONTH) AS m, COUNTIF(status = 'paid') FROM `sales`.`orders` GROUP BY m ORDER BY m LIMIT 10",
        "SELECT SAFE_DIVIDE(a, b), SAFE_CAST(a AS INT64), FORMAT_DATE('%Y-%m', placed), DATE_SUB(CURRENT_DATE(), INTERVAL 7 DAY) FROM sales.orders",
        'SELECT STRING_AGG(name, ", ") FROM customers WHERE name = "Ada" QUALIFY ROW_NUMBER() OVER (ORDER BY name) = 1',
    ],
    "redshift": [
        "SELECT DATE_TRUNC('month', placed) AS m, LISTAGG(name, ',') WITHIN GROUP (ORDER BY name) FROM orders GROUP BY 1 ORDER BY 1 LIMIT 10",
        "SELECT DATEADD(day, 7, placed), DATEDIFF(day, placed, GETDATE()), NVL(region, 'x'), id::int, name || 'x' FROM orders WHERE name ILIKE 'a%'",
    ],
    "tsql": [
        "SELECT TOP 10 [id], [region] AS [The Region] FROM [dbo].[orders] ORDER BY [id] DESC",
        "SELECT DATEADD(day, -7, GETDATE()), DATEDIFF(day, placed, GETDATE()), ISNULL(region, N'x'), LEN(name), CONCAT(name, 'x'), IIF(id > 5, 1, 0) FROM orders",
        "SELECT id FROM orders ORDER BY id OFFSET 10 ROWS FETCH NEXT 5 ROWS ONLY",
    ],
}  # fmt: skip
OWN_ATTACKS = {
    "snowflake": [
        "SELECT SYSTEM$WAIT(10)", "SELECT SYSTEM$CANCEL_ALL_QUERIES(1)", "SELECT * FROM @stage/x.csv", "SELECT $1 FROM @~", "SELECT * FROM '@stage'", "SELECT * FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()))", "SELECT * FROM IDENTIFIER('secrets')", "SELECT GET_DDL('table', 'x')",
        "SELECT * FROM TABLE(INFORMATION_SCHEMA.QUERY_HISTORY())", "SELECT * FROM SNOWFLAKE.ACCOUNT_USAGE.USERS", "SELECT CURRENT_ACCOUNT()", "SELECT SNOWFLAKE.CORTEX.COMPLETE('x', 'y')", "PUT file:///etc/passwd @x", "GET @x file:///tmp", "CALL p()", "EXECUTE IMMEDIATE 'DROP TABLE x'",
        "COPY INTO @x FROM orders", "SELECT * FROM orders AT (OFFSET => -60)", "SELECT * FROM orders BEFORE (STATEMENT => 'x')", "SELECT seq.nextval", "SELECT a:b FROM secrets", "SELECT GET_PRESIGNED_URL(@x, 'y')", "SELECT * FROM LATERAL FLATTEN(input => (SELECT password FROM secrets))",
    ],
    "bigquery": [
        "SELECT * FROM EXTERNAL_QUERY('c', 'SELECT 1')", "SELECT SESSION_USER()", "SELECT * FROM ML.PREDICT(MODEL m, TABLE t)", "SELECT * FROM AI.GENERATE_TEXT(MODEL m, TABLE t)", "SELECT * FROM `other-project.x.y`", "SELECT * FROM `sales.INFORMATION_SCHEMA.TABLES`", "SELECT * FROM sales.__TABLES__",
        "EXPORT DATA OPTIONS (uri='gs://x') AS SELECT 1", "LOAD DATA INTO x FROM FILES (uris=['gs://x'])", "DECLARE x INT64", "CREATE TEMP FUNCTION f() RETURNS INT64 LANGUAGE js AS 'return 1'; SELECT f()", "EXECUTE IMMEDIATE 'DROP TABLE x'", "SELECT '''x''', password FROM secrets",
        "SELECT r'\\', password, '' FROM secrets", "SELECT * FROM APPENDS(TABLE orders, NULL, NULL)", "SELECT NET.HOST('x')", "SELECT KEYS.NEW_KEYSET('x')", "ASSERT TRUE", "SELECT ERROR('x')", "SELECT @x", "SELECT @@error.message", "SELECT * FROM orders FOR SYSTEM_TIME AS OF '2020-01-01'",
    ],
    "redshift": [
        "SELECT pg_sleep(10)", "SELECT * FROM stl_query", "SELECT * FROM svl_statementtext", "SELECT * FROM pg_user", "SELECT lambda_fn(1)", "UNLOAD ('SELECT 1') TO 's3://x' IAM_ROLE 'y'", "COPY orders FROM 's3://x'", "SELECT pg_terminate_backend(1)", "SELECT current_user_id", "SELECT E'\\x41'", "SELECT 'a\\' , password FROM secrets -- '", "SELECT '\\' AS x, ' , usename FROM pg_user --' AS y FROM orders",
        "SELECT * FROM spectrum.x", "CALL p()", "SELECT pg_last_query_id()", "SELECT * FROM svv_external_tables", "CREATE EXTERNAL SCHEMA x", "SELECT $1", "SELECT slice_num()", "SELECT * INTO x FROM orders", "SELECT explain_model('x')",
    ],
    "tsql": [
        "EXEC xp_cmdshell 'id'", "EXEC('DROP TABLE x')", "SELECT * FROM OPENROWSET(BULK '/etc/passwd', SINGLE_CLOB) AS x", "SELECT * FROM OPENQUERY(x, 'SELECT 1')", "SELECT * FROM OPENDATASOURCE('x', 'y').a.b.c", "SELECT * FROM sys.tables", "SELECT * FROM master.dbo.sysobjects", "SELECT * FROM master..sysobjects", "SELECT @@VERSION",
        "SELECT SUSER_NAME()", "SELECT DB_NAME()", "SELECT OBJECT_ID('x')", "WAITFOR DELAY '0:0:10'", "SELECT * INTO x FROM orders", "SELECT * FROM #t", "SELECT * FROM orders WITH (TABLOCKX, HOLDLOCK), secrets", "SELECT 1; WAITFOR DELAY '0:0:10'", "SELECT * FROM fn_get_audit_file('x', NULL, NULL)", "BULK INSERT x FROM '/x'",
        "SELECT HAS_PERMS_BY_NAME(NULL, NULL, 'x')", "SELECT NEXT VALUE FOR s", "DECLARE @x INT", "SELECT * FROM sys.dm_exec_sql_text(1)", "SHUTDOWN", "DBCC CHECKDB", "SELECT * FROM [secrets]", "SELECT * FROM OPENJSON((SELECT password FROM secrets))", "SELECT * FROM OPENXML(1, '/x')", "SELECT * FROM orders FOR XML PATH('')", "SELECT * FROM secrets FOR JSON AUTO",
        "SELECT PWDENCRYPT('x')", "SELECT * FROM orders CROSS APPLY secrets", "SELECT * FROM orders OPTION (MAXRECURSION 0), secrets", "SELECT 1 GO SELECT 2 FROM secrets", "SELECT x.query('.') FROM secrets",
    ],
}  # fmt: skip


def _catalog(dialect: str) -> Catalog:
    column = Column("id", "INTEGER", "integer")
    return Catalog(
        tuple(Table(SCHEMAS[dialect], name, "table", (column,)) for name in ("customers", "items", "orders"))
    )


@pytest.mark.parametrize("dialect", SCHEMAS)
def test_ordinary_queries_pass_and_are_written_with_their_schema(dialect: str) -> None:
    catalog = _catalog(dialect)
    for sql in [*COMMON, *QUERIES[dialect]]:
        written = guard_query(sql, catalog, dialect)
        assert guard_query(written, catalog, dialect) == written
        assert f"{SCHEMAS[dialect]}.".replace("`", "") in written.replace("`", "").replace("[", "").replace("]", "")


# A backslash escapes in the strings of two, so that each of these is one string; N'…' is a string of the third.
HARMLESS = {
    "snowflake": {"SELECT '\\'; DELETE FROM orders; --'", "SELECT '\\' , sleep(5) , '"},
    "tsql": {"SELECT N'x'"},
    "bigquery": {"SELECT '\\'; DELETE FROM orders; --'", "SELECT '\\' , sleep(5) , '"},
}


@pytest.mark.parametrize("dialect", SCHEMAS)
def test_attacks_are_refused(dialect: str) -> None:
    catalog = _catalog(dialect)
    passed: set[str] = set()
    for sql in [*ATTACKS, *OWN_ATTACKS[dialect]]:
        try:
            guard_query(sql, catalog, dialect)
        except QueryRefused:
            continue
        passed.add(sql)
    assert passed == HARMLESS.get(dialect, set())
