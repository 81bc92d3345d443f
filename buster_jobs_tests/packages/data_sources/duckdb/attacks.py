"""What DuckDB must not be asked, beside the common attacks."""

# ruff: noqa: E501, one query a line is easier to read than wrapped ones

TABLES = [
    "read_csv('/etc/passwd')", "read_csv_auto('/etc/passwd')", "read_parquet('/etc/passwd')", "parquet_scan('x')", "parquet_metadata('x')", "read_json('/etc/passwd')", "read_json_auto('x')", "read_ndjson('x')", "read_text('/etc/passwd')",
    "read_blob('/etc/passwd')", "glob('/etc/*')", "sniff_csv('/etc/passwd')", "sqlite_scan('x', 'y')", "postgres_scan('x', 'y', 'z')", "mysql_scan('x')", "query('SELECT password FROM secrets')", "query_table('secrets')",
    "duckdb_secrets()", "duckdb_settings()", "duckdb_tables()", "duckdb_columns()", "duckdb_databases()", "duckdb_extensions()", "duckdb_functions()", "duckdb_logs()", "pragma_database_list()", "pragma_table_info('orders')", "pragma_storage_info('orders')",
    "json_execute_serialized_sql('{}')", "arrow_scan(1, 2, 3)", "pandas_scan(1)", "python_map_function()", "from_substrait('x')", "repeat('x', 10)", "range(100000000000)", "generate_series(1, 100000000000)", "sql_auto_complete('x')",
    "which_secret('x', 'y')", "test_all_types()", "seq_scan('secrets')", "checkpoint()", "force_checkpoint()", "enable_logging()", "storage_info('x')", "iceberg_scan('x')", "delta_scan('x')", "st_read('x')", "read_xlsx('x')", "shell('id')",
]  # fmt: skip
FUNCTIONS = [
    "getenv('HOME')", "current_setting('memory_limit')", "current_database()", "current_schema()", "current_schemas(true)", "current_query()", "version()", "nextval('s')", "currval('s')", "getvariable('x')", "txid_current()", "pg_typeof(1)",
    "json_serialize_sql('SELECT 1')", "write_log('x')", "in_search_path('a', 'b')", "set_bit('1'::BIT, 0, 1)", "error('x')", "sleep(5)", "sleep_ms(5000)", "has_table_privilege('secrets', 'select')", "pg_get_viewdef(1)", "read_text('/etc/passwd')",
    "range(100000000000)", "generate_series(1, 100000000000)", "repeat('x', 2000000000)", "random_bytes(1000000000)", "query('x')",
]  # fmt: skip
ATTACKS = [
    *(f"SELECT * FROM {call}" for call in TABLES),
    *(f"SELECT {call}" for call in FUNCTIONS),
    "SELECT * FROM '/etc/passwd'", "FROM '/etc/passwd'", "FROM 'https://127.0.0.1/x.parquet'", "SELECT * FROM '*.csv'", 'SELECT * FROM "x.parquet"', "SELECT * FROM catalog", "SELECT * FROM df", "FROM sys", "SELECT * FROM address",
    "COPY orders TO '/tmp/x.csv'", "COPY (SELECT 1) TO '/tmp/x'", "COPY visits FROM '/etc/passwd'", "EXPORT DATABASE '/tmp/x'", "IMPORT DATABASE '/tmp/x'", "ATTACH '/tmp/x.db'", "ATTACH 'host=127.0.0.1' AS p (TYPE postgres)", "INSTALL httpfs",
    "LOAD httpfs", "FORCE INSTALL httpfs FROM community", "SET enable_external_access = true", "RESET memory_limit", "PRAGMA version", "CREATE MACRO f() AS 1", "CREATE SECRET (TYPE s3)", "CREATE TEMP TABLE x AS SELECT 1", "SUMMARIZE secrets", "DESCRIBE secrets",
    "FROM secrets", "FROM secrets SELECT password", "SELECT * FROM (SUMMARIZE secrets)", "SELECT * FROM (DESCRIBE secrets)", "SELECT * FROM (SHOW TABLES)", "PIVOT secrets ON password", "UNPIVOT secrets ON password", "SELECT * FROM shop.main.orders",
    "SELECT * FROM system.information_schema.tables", "SELECT * FROM pg_catalog.pg_class", "SELECT * FROM sqlite_master", "SELECT * FROM duckdb_tables", "SELECT COLUMNS(*) FROM secrets", "SELECT * FROM orders POSITIONAL JOIN secrets", "SELECT * FROM orders ASOF JOIN secrets ON true",
    "SELECT list_transform([1], lambda x: (SELECT password FROM secrets))", "SELECT [x FOR x IN (SELECT password FROM secrets)]", "EXECUTE x", "DEALLOCATE x", "CALL pragma_version()", "SELECT E'\\'; DROP TABLE visits; --", "SELECT $$ open", "SELECT '1'::secrets",
    "MERGE INTO visits USING orders ON true WHEN MATCHED THEN DELETE", "UPDATE EXTENSIONS", "VALUES (getenv('HOME'))", "SELECT * FROM VALUES (getenv('HOME'))", "SELECT unnest(glob('/etc/*'))", "WITH RECURSIVE t AS (SELECT getenv('x')) SELECT * FROM t", "SELECT #1 FROM secrets",
]  # fmt: skip
