"""Queries that must reach none of MySQL, SQLite and DuckDB. `secrets` is in no catalog."""

# ruff: noqa: E501, one query a line is easier to read than wrapped ones

_STATEMENTS = [
    "DELETE FROM orders", "UPDATE orders SET id = 1", "INSERT INTO visits VALUES ('2020-01-01', 1)", "TRUNCATE visits", "DROP TABLE visits",
    "CREATE TABLE x AS SELECT 1", "CREATE TABLE x (a INT)", "CREATE VIEW x AS SELECT 1", "ALTER TABLE visits ADD x INT", "REPLACE INTO visits VALUES ('2020-01-01', 1)",
    "CREATE TEMPORARY TABLE x (a INT)", "CREATE INDEX x ON visits (day)", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT s", "EXPLAIN SELECT 1", "EXPLAIN ANALYZE DELETE FROM orders",
    "SET x = 1", "CALL p()", "ANALYZE", "VACUUM", "GRANT ALL ON orders TO x", "PREPARE p FROM 'SELECT 1'", "EXECUTE p", "SHOW TABLES", "USE x", "DESCRIBE orders",
    "COMMIT; DELETE FROM orders", "SELECT 1; SELECT 2", "SELECT 1; DROP TABLE visits; --", "SELECT 1;; SELECT 2", "", ";", "-- nothing", "ATTACH 'x' AS y", "DETACH x", "PRAGMA user_version = 5",
    "LOAD 'x'", "COPY orders TO '/tmp/x'", "EXPORT DATABASE '/tmp/x'", "INSTALL httpfs", "LOCK TABLES orders WRITE", "CHECKPOINT", "REINDEX", "DO sleep(5)", "HANDLER orders OPEN",
    "MERGE INTO orders USING items ON true WHEN MATCHED THEN DELETE", "COMMENT ON TABLE orders IS 'x'", "KILL 1", "FLUSH TABLES", "RESET ALL",
]  # fmt: skip
_QUERIES = [
    "SELECT * INTO x FROM orders", "SELECT * FROM orders FOR UPDATE", "SELECT * FROM orders FOR SHARE", "WITH d AS (DELETE FROM orders RETURNING *) SELECT * FROM d", "WITH d AS (SELECT 1) DELETE FROM orders",
    "SELECT * FROM secrets", "SELECT (SELECT password FROM secrets)", "SELECT * FROM orders JOIN secrets ON 1 = 1", "SELECT 1 UNION SELECT password FROM secrets", "SELECT * FROM orders, secrets",
    "SELECT 1 WHERE EXISTS (SELECT * FROM secrets)", "WITH a AS (SELECT * FROM secrets), secrets AS (SELECT 1) SELECT * FROM a", "WITH secrets AS (SELECT * FROM secrets) SELECT * FROM secrets",
    "SELECT * FROM (WITH secrets AS (SELECT 1 AS x) SELECT * FROM secrets) x, secrets", "SELECT id FROM orders WHERE 'hunter2' IN secrets", "SELECT id FROM orders WHERE id IN (SELECT 1 FROM secrets)",
    "SELECT id FROM orders ORDER BY (SELECT password FROM secrets)", "SELECT id FROM orders LIMIT (SELECT 1 FROM secrets)", "SELECT max((SELECT password FROM secrets)) OVER () FROM orders",
    "SELECT * FROM information_schema.tables", "SELECT * FROM other.public.orders", "SELECT * FROM '/etc/passwd'", 'SELECT * FROM "/etc/passwd"', "SELECT * FROM `/etc/passwd`", "SELECT * FROM [secrets]",
    "SELECT sleep(5)", "SELECT load_extension('x')", "SELECT load_file('/etc/passwd')", "SELECT pg_sleep(5)", "SELECT version()", "SELECT user()", "SELECT current_user", "SELECT database()",
    "SELECT sqlite_version()", "SELECT getenv('HOME')", "SELECT current_setting('memory_limit')", "SELECT nextval('s')", "SELECT `sleep`(5)", 'SELECT "lower"(\'x\')', "SELECT main.lower('x')", "SELECT sleep/**/(5)",
    "SELECT count(*) FROM orders WHERE sleep(5) = 0", "SELECT CASE WHEN 1 = 1 THEN sleep(5) END", "SELECT sum(1) OVER (ORDER BY sleep(5)) FROM orders", "WITH x AS (SELECT sleep(5)) SELECT * FROM x", "SELECT * FROM sleep(5)",
    "SELECT $1", "SELECT ?", "SELECT :x", "SELECT @x", "SELECT @@version", "SELECT {{ x }}", "SELECT 1\x00", "SELECT 'open", 'SELECT "open', "SELECT 1 /* open", "SELECT U&'\\0041'", "SELECT N'x'", "SELECT 1 AS \"a'b\"",
    "SELECT /*!50000 sleep(5) */", "SELECT /*M!100000 sleep(5) */ + sleep(5)", "SELECT '\\'; DELETE FROM orders; --'", "SELECT '\\' , sleep(5) , '", "SELECT 'a' 'b' FROM secrets", "SELECT repeat('x', 2000000000)",
    "SELECT * FROM orders PROCEDURE ANALYSE()", "SELECT 1 FROM orders WINDOW w AS (ORDER BY sleep(1))", "TABLE secrets", "VALUES ((SELECT password FROM secrets))", "SELECT CAST('x' AS evil)", "SELECT * FROM orders AS OF SYSTEM TIME '1'",
]  # fmt: skip
_SIZES = [
    "SELECT " + "(" * 10_000 + "1" + ")" * 10_000, "SELECT '" + "x" * 1_000_000 + "'", "SELECT " + "NOT " * 9_000 + "true", "SELECT " + "- " * 9_000 + "1",
    "SELECT " + "CASE WHEN 1 = 1 THEN " * 500 + "1" + " END" * 500, "SELECT 1" + " UNION SELECT 1" * 3_000, "/*" * 20_000, "SELECT a" + ".b" * 4_000, "'" * 49_999,
]  # fmt: skip

ATTACKS = [*_STATEMENTS, *_QUERIES, *_SIZES]
