SELECT getenv('HOME')
SELECT GETENV('PATH')
SELECT "getenv"('HOME')
SELECT main.getenv('HOME')
SELECT system.main.getenv('HOME')
SELECT 'HOME'.getenv()
SELECT getenv/**/('HOME')
SELECT list_transform(['HOME'], lambda x: getenv(x))
SELECT [getenv(x) FOR x IN ['HOME']]
SELECT list_filter(['HOME'], lambda x: getenv(x) IS NULL)
SELECT list_reduce([1, 2], lambda a, b: getenv('x'))
SELECT {'a': getenv('HOME')}
SELECT MAP {'a': getenv('HOME')}
SELECT [getenv('HOME')]
SELECT struct_pack(a := getenv('HOME'))
SELECT COLUMNS(lambda c: c = getenv('HOME')) FROM orders
SELECT * REPLACE (getenv('HOME') AS id) FROM orders
SELECT * EXCLUDE (id), getenv('HOME') FROM orders
SELECT id FROM orders QUALIFY row_number() OVER (ORDER BY getenv('x')) = 1
SELECT id FROM orders ORDER BY getenv('x')
SELECT id FROM orders GROUP BY getenv('x')
SELECT count(*) FILTER (getenv('x') IS NULL) FROM orders
SELECT TRY(getenv('x'))
SELECT if(true, getenv('x'), '')
SELECT CASE WHEN true THEN getenv('x') END
SELECT x: getenv('HOME')
SELECT getvariable('x')
SELECT current_setting('home_directory')
SELECT current_setting('secret_directory')
SELECT current_query()
SELECT current_user
SELECT current_user()
SELECT session_user
SELECT current_role
SELECT current_catalog()
SELECT current_database()
SELECT current_schemas(false)
SELECT current_connection_id()
SELECT current_transaction_id()
SELECT version()
SELECT inet_server_addr()
SELECT pg_postmaster_start_time()
SELECT pg_get_viewdef('x')
SELECT pg_get_constraintdef(1)
SELECT has_table_privilege('x', 'y')
SELECT has_schema_privilege('x', 'y')
SELECT pg_has_role('x', 'y')
SELECT col_description(1, 1)
SELECT obj_description(1, 'x')
SELECT pg_sleep(10)
SELECT sleep_ms(10000)
SELECT setseed(0.5)
SELECT nextval('s')
SELECT currval('s')
SELECT setval('s', 1)
SELECT write_log('x')
SELECT error('x')
SELECT assert_true(false)
SELECT json_execute_serialized_sql('{}')
SELECT json_serialize_sql('SELECT * FROM secrets')
SELECT json_deserialize_sql('{}')
SELECT json_serialize_plan('SELECT * FROM secrets')
SELECT parse_duckdb_log_message('x', 'y')
SELECT get_block_size('x')
SELECT in_search_path('x', 'y')
SELECT to_aggregate_state('x', 'y')
SELECT finalize(1)
SELECT icu_sort_key('x', 'y')
SELECT create_sort_key('x', 'y')
SELECT stats(1)
SELECT vector_type(1)
SELECT random_bytes(1000)
SELECT read_text('/etc/passwd')
SELECT glob('/etc/*')
SELECT http_get('http://127.0.0.1/')
SELECT shellfs('id')
SELECT * FROM read_text('/etc/passwd')
SELECT * FROM READ_TEXT('/etc/passwd')
SELECT * FROM "read_text"('/etc/passwd')
SELECT * FROM read_text(['/etc/passwd', '/etc/hosts'])
SELECT * FROM read_text('http://127.0.0.1/')
SELECT * FROM read_blob('/proc/self/environ')
SELECT * FROM read_csv('/etc/passwd', delim = ':')
SELECT * FROM read_csv_auto('/etc/*')
SELECT * FROM read_json('/x.json')
SELECT * FROM read_json_objects('/x.json')
SELECT * FROM read_ndjson_auto('/x.json')
SELECT * FROM read_parquet('s3://x/y')
SELECT * FROM parquet_scan('http://127.0.0.1/x')
SELECT * FROM parquet_schema('x')
SELECT * FROM parquet_kv_metadata('x')
SELECT * FROM parquet_file_metadata('x')
SELECT * FROM parquet_bloom_probe('x', 'y', 1)
SELECT * FROM read_duckdb('/tmp/x.db')
SELECT * FROM read_single_csv_file('/etc/passwd')
SELECT * FROM sniff_csv('/etc/passwd')
SELECT * FROM glob('/etc/*')
SELECT * FROM glob('/**')
SELECT * FROM sqlite_scan('/x.db', 'y')
SELECT * FROM sqlite_query('/x.db', 'SELECT 1')
SELECT * FROM sqlite_attach('/x.db')
SELECT * FROM postgres_scan('host=127.0.0.1', 'public', 'x')
SELECT * FROM postgres_query('x', 'SELECT 1')
SELECT * FROM postgres_execute('x', 'DROP TABLE y')
SELECT * FROM mysql_query('x', 'SELECT 1')
SELECT * FROM iceberg_scan('x')
SELECT * FROM delta_scan('x')
SELECT * FROM read_xlsx('x.xlsx')
SELECT * FROM st_read('x')
SELECT * FROM read_gsheet('x')
SELECT * FROM query('SELECT * FROM secrets')
SELECT * FROM query('COPY orders TO ''/tmp/x''')
SELECT * FROM query_table('secrets')
SELECT * FROM query_table(['orders', 'secrets'])
SELECT * FROM "query"('SELECT 1')
FROM query('SELECT 1')
SELECT * FROM orders, query('SELECT 1')
SELECT * FROM orders JOIN query_table('secrets') ON true
SELECT (SELECT x FROM query('SELECT 1 AS x'))
SELECT * FROM duckdb_secrets()
SELECT * FROM duckdb_settings()
SELECT * FROM duckdb_variables()
SELECT * FROM duckdb_logs()
SELECT * FROM duckdb_logs
SELECT * FROM duckdb_tables
SELECT * FROM duckdb_views()
SELECT * FROM duckdb_columns()
SELECT * FROM duckdb_constraints()
SELECT * FROM duckdb_databases
SELECT * FROM duckdb_extensions()
SELECT * FROM duckdb_functions()
SELECT * FROM duckdb_temporary_files()
SELECT * FROM duckdb_memory()
SELECT * FROM duckdb_prepared_statements()
SELECT * FROM duckdb_external_file_cache()
SELECT * FROM pragma_version()
SELECT * FROM pragma_table_info('secrets')
SELECT * FROM pragma_storage_info('secrets')
SELECT * FROM pragma_database_size()
SELECT * FROM pragma_show('secrets')
SELECT * FROM pragma_metadata_info('x')
SELECT * FROM summary('secrets')
SELECT * FROM histogram('secrets', password)
SELECT * FROM histogram_values('secrets', password)
SELECT * FROM seq_scan('secrets')
SELECT * FROM arrow_scan(1, 2, 3)
SELECT * FROM pandas_scan(1)
SELECT * FROM python_map_function(1)
SELECT * FROM python_arrow_scan(1)
SELECT * FROM test_all_types()
SELECT * FROM test_vector_types(1)
SELECT * FROM repeat('x', 1000000000)
SELECT * FROM repeat_row(1, num_rows = 1000000000)
SELECT * FROM which_secret('x', 'y')
SELECT * FROM checkpoint()
SELECT * FROM force_checkpoint()
SELECT * FROM enable_logging()
SELECT * FROM disable_logging()
SELECT * FROM enable_profiling()
SELECT * FROM truncate_duckdb_logs()
SELECT * FROM register_external_resource('x')
SELECT * FROM create_external_resource('x')
SELECT * FROM json_execute_serialized_sql('{}')
SELECT * FROM sql_auto_complete('SEL')
SELECT * FROM pg_timezone_names()
SELECT * FROM icu_calendar_names()
SELECT * FROM from_substrait('x')
SELECT * FROM load_aws_credentials()
SELECT * FROM ui_start()
SELECT * FROM start_server()
SELECT * FROM httpserve_start('127.0.0.1', 9, '')
SELECT * FROM shell('id')
SELECT * FROM range(100000000000)
SELECT * FROM range(1000000000000)
SELECT * FROM range(0, 100000000000, 1)
SELECT * FROM generate_series(0, 1000000000000)
SELECT range(1000000000)
SELECT generate_series(1000000000)
SELECT unnest(range(100000000000))
SELECT repeat('x', 1000000000)
SELECT count(*) FROM range(1e12)
SELECT * FROM '/etc/passwd'
SELECT * FROM "/etc/passwd"
SELECT * FROM 'x.csv'
SELECT * FROM "x.csv"
SELECT * FROM 'x.parquet' AS y
SELECT * FROM 'http://127.0.0.1/x.csv'
SELECT * FROM 's3://x/y.parquet'
SELECT * FROM '*.json'
SELECT * FROM '/proc/self/environ'
SELECT * FROM 'x.db'.main.y
SELECT * FROM E'\x2fetc\x2fpasswd'
SELECT * FROM $$/etc/passwd$$
SELECT * FROM orders, '/etc/passwd'
SELECT * FROM orders JOIN 'x.csv' ON true
SELECT * FROM orders POSITIONAL JOIN '/etc/passwd'
FROM '/etc/passwd'
FROM "/etc/passwd"
FROM 'x.csv' SELECT 1
FROM orders, 'x.csv'
FROM (FROM '/etc/passwd')
SELECT (FROM '/etc/passwd')
SELECT ARRAY(FROM '/etc/passwd')
SELECT 1 IN (FROM '/etc/passwd')
SELECT EXISTS (FROM '/etc/passwd')
WITH x AS (FROM '/etc/passwd') FROM x
SELECT * FROM catalog
SELECT * FROM df
SELECT * FROM sys
SELECT * FROM os
SELECT * FROM self
SELECT * FROM connection
SELECT * FROM request
SELECT * FROM secrets
SELECT * FROM SECRETS
SELECT * FROM "secrets"
SELECT * FROM main.secrets
SELECT * FROM shop.main.secrets
SELECT * FROM shop.secrets
SELECT * FROM temp.secrets
SELECT * FROM memory.main.secrets
SELECT * FROM main . secrets
SELECT * FROM main/**/.secrets
FROM secrets
FROM secrets SELECT password
FROM orders, secrets
FROM orders JOIN secrets ON true SELECT *
FROM orders UNION ALL FROM secrets
SELECT * FROM orders UNION BY NAME SELECT * FROM secrets
SELECT * FROM orders SEMI JOIN secrets ON true
SELECT * FROM orders ANTI JOIN secrets ON true
SELECT * FROM orders ASOF JOIN secrets ON true
SELECT * FROM orders POSITIONAL JOIN secrets
SELECT * FROM orders, LATERAL (FROM secrets) x
SELECT * FROM orders WHERE id IN secrets
SELECT * FROM orders WHERE id IN (FROM secrets)
SELECT (FROM secrets)
SELECT (SELECT password FROM secrets)
SELECT [x FOR x IN (SELECT list(password) FROM secrets)]
SELECT list_transform([1], lambda x: (SELECT password FROM secrets))
SELECT list_contains((SELECT list(password) FROM secrets), 'x')
SELECT {'a': (SELECT password FROM secrets)}
SELECT MAP {'a': (SELECT password FROM secrets)}
SELECT unnest((SELECT list(password) FROM secrets))
SELECT * FROM unnest((SELECT list(password) FROM secrets))
SELECT * FROM range((SELECT length(password) FROM secrets))
SELECT * REPLACE ((SELECT password FROM secrets) AS id) FROM orders
SELECT COLUMNS(lambda c: c = (SELECT password FROM secrets)) FROM orders
SELECT id FROM orders QUALIFY (SELECT password FROM secrets) = 'x'
SELECT id FROM orders LIMIT (SELECT length(password) FROM secrets)
SELECT * FROM orders USING SAMPLE (SELECT 1 FROM secrets)
SELECT DISTINCT ON ((SELECT password FROM secrets)) id FROM orders
SELECT 1 UNION SELECT password FROM secrets
VALUES ((SELECT password FROM secrets))
PIVOT secrets ON password
PIVOT secrets ON password IN ('x') USING count(*)
PIVOT (FROM secrets) ON password IN ('x') USING count(*)
PIVOT orders ON status IN (SELECT password FROM secrets) USING count(*)
PIVOT orders ON status IN ('x') USING count(getenv('x'))
PIVOT orders ON getenv('x') IN ('x') USING count(*)
PIVOT '/etc/passwd' ON a IN ('x') USING count(*)
UNPIVOT secrets ON password INTO NAME a VALUE b
UNPIVOT secrets ON COLUMNS(*) INTO NAME a VALUE b
SELECT * FROM (PIVOT secrets ON password IN ('x') USING count(*))
SELECT * FROM secrets PIVOT (count(*) FOR password IN ('x'))
SELECT * FROM secrets UNPIVOT (v FOR k IN (password))
SELECT * FROM (UNPIVOT secrets ON password INTO NAME a VALUE b)
WITH x AS (PIVOT secrets ON password IN ('x') USING count(*)) FROM x
SUMMARIZE secrets
SUMMARIZE SELECT * FROM secrets
DESCRIBE secrets
DESCRIBE SELECT * FROM secrets
SHOW secrets
SHOW ALL TABLES
SHOW DATABASES
FROM (SUMMARIZE secrets)
FROM (DESCRIBE secrets)
FROM (SHOW ALL TABLES)
SELECT * FROM (SHOW TABLES)
WITH x AS (FROM secrets) FROM x
WITH secrets AS (FROM main.secrets) FROM secrets
WITH secrets AS (FROM secrets) FROM secrets
WITH duckdb_tables AS (SELECT 1) FROM duckdb_tables
WITH RECURSIVE x AS (FROM secrets UNION ALL FROM x) FROM x
WITH RECURSIVE x AS (SELECT 1 AS a UNION ALL SELECT (SELECT length(password) FROM secrets) FROM x) FROM x
WITH x AS (DELETE FROM orders RETURNING *) FROM x
WITH x AS (INSERT INTO visits VALUES (DATE '2020-01-01', 1) RETURNING *) FROM x
SELECT * FROM information_schema.tables
SELECT * FROM information_schema.columns
SELECT * FROM pg_catalog.pg_tables
SELECT * FROM pg_tables
SELECT * FROM sqlite_master
SELECT * FROM sqlite_schema
SELECT * FROM system.main.duckdb_tables
COPY secrets TO '/tmp/x.csv'
COPY (FROM secrets) TO '/dev/stdout'
COPY orders TO 's3://x/y'
COPY (SELECT 1) TO '/tmp/x' (FORMAT parquet)
COPY visits FROM '/etc/passwd'
COPY FROM DATABASE shop TO x
EXPORT DATABASE '/tmp/x'
IMPORT DATABASE '/tmp/x'
ATTACH '/tmp/x.db'
ATTACH IF NOT EXISTS ':memory:' AS x
ATTACH 'http://127.0.0.1/x.db' AS x (READ_ONLY)
ATTACH 'host=127.0.0.1' AS x (TYPE postgres)
DETACH shop
USE memory
INSTALL httpfs
INSTALL 'http://127.0.0.1/x.duckdb_extension'
FORCE INSTALL spatial
LOAD httpfs
LOAD '/tmp/x.duckdb_extension'
UPDATE EXTENSIONS
SET enable_external_access = true
SET lock_configuration = false
SET GLOBAL memory_limit = '100GB'
SET VARIABLE x = (SELECT password FROM secrets)
SET temp_directory = '/tmp'
SET SESSION threads = 100
RESET enable_external_access
PRAGMA enable_profiling
PRAGMA profiling_output = '/tmp/x'
PRAGMA database_list
PRAGMA show_tables
PRAGMA version
CALL pragma_version()
CALL enable_logging()
CALL start_ui()
CALL duckdb_secrets()
CHECKPOINT
FORCE CHECKPOINT
VACUUM
ANALYZE
BEGIN TRANSACTION
COMMIT
ABORT
CREATE TABLE x AS FROM orders
CREATE OR REPLACE TEMP TABLE x AS FROM secrets
CREATE TEMP VIEW x AS FROM secrets
CREATE MACRO x() AS (SELECT password FROM secrets)
CREATE TEMP MACRO lower(x) AS getenv(x)
CREATE OR REPLACE FUNCTION lower(x) AS getenv(x)
CREATE TYPE x AS ENUM (SELECT password FROM secrets)
CREATE SEQUENCE x
CREATE SCHEMA x
CREATE SECRET x (TYPE s3)
CREATE PERSISTENT SECRET x (TYPE http)
CREATE INDEX x ON orders (id)
DROP TABLE orders
DROP SECRET x
ALTER TABLE orders RENAME TO x
COMMENT ON TABLE orders IS 'x'
INSERT INTO visits VALUES (DATE '2020-01-01', 1)
INSERT OR REPLACE INTO visits BY NAME SELECT DATE '2020-01-01' AS day
UPDATE orders SET id = 1
DELETE FROM orders
TRUNCATE orders
MERGE INTO orders USING items ON true WHEN MATCHED THEN DELETE
PREPARE x AS FROM secrets
EXECUTE x
DEALLOCATE x
EXPLAIN FROM secrets
EXPLAIN ANALYZE SELECT * FROM secrets
EXPLAIN ANALYZE DELETE FROM orders
SELECT 1; SELECT 2
SELECT 1; COPY orders TO '/tmp/x'
SELECT 1;; FROM secrets
SELECT 'a''; FROM secrets; --'; FROM secrets
SELECT E'\'; FROM secrets; --' ; FROM secrets
SELECT $$a$$; FROM secrets
SELECT $a$ $$ $a$; FROM secrets
SELECT 1 /* /* */ */ ; FROM secrets
SELECT ?
SELECT $1
SELECT $x
SELECT :x
SELECT #1, getenv('x') FROM orders
SELECT @x
SELECT 'x'::secrets
SELECT CAST('x' AS evil)
SELECT 'x'::regclass
SELECT 'secrets'::REGCLASS::OID
SELECT CAST({'a': 1} AS STRUCT(a evil))
SELECT id FROM orders ORDER BY status COLLATE NOCASE, getenv('x')
SELECT * FROM orders AT (VERSION => 1)
SELECT * FROM orders TABLESAMPLE reservoir(10), secrets
SELECT orders.getenv('x') FROM orders
SELECT id.getenv() FROM orders
SELECT (id).getenv() FROM orders
SELECT ('HOME').getenv().upper()
SELECT INTERVAL (getenv('x')) DAY
SELECT getenv('x') AT TIME ZONE 'UTC'
SELECT x[getenv('x')] FROM (SELECT [1] AS x)
SELECT x[1:getenv('x')] FROM (SELECT [1] AS x)
SELECT 'x' LIKE getenv('x') ESCAPE 'y'
SELECT 'x' SIMILAR TO getenv('x')
SELECT overlay('x' PLACING getenv('x') FROM 1)
SELECT trim(BOTH getenv('x') FROM 'x')
SELECT extract(year FROM getenv('x'))
SELECT list_aggregate([1], getenv('x'))
SELECT string_agg(getenv('x'), ',') FROM orders
SELECT sum(1 ORDER BY getenv('x')) FROM orders
SELECT first_value(getenv('x')) OVER () FROM orders
SELECT quantile_cont(id, getenv('x')) FROM orders
SELECT arg_max(getenv('x'), id) FROM orders
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY getenv('x')) FROM orders
SELECT * FROM json_each(getenv('x'))
SELECT * FROM unnest([getenv('x')])
SELECT * FROM range(getenv('x'))
SELECT * FROM (VALUES (getenv('x')))
SELECT * FROM read_csv(getenv('x'))
SELECT * FROM orders GROUP BY ROLLUP (getenv('x'))
SELECT * FROM orders GROUP BY GROUPING SETS ((getenv('x')))
SELECT * FROM orders LIMIT getenv('x')
SELECT * FROM orders WINDOW w AS (ORDER BY getenv('x'))
SELECT * FROM orders, LATERAL secrets
SELECT * FROM orders CROSS JOIN LATERAL secrets AS x
FROM orders, LATERAL main.secrets
SELECT * FROM duckdb_secrets(redact := false)
SELECT * FROM which_secret('s3://x', 's3')
SELECT * FROM duckdb_databases()
SELECT * FROM duckdb_tables()
SELECT * FROM duckdb_connections()
SELECT * FROM duckdb_dependencies()
SELECT * FROM duckdb_indexes()
SELECT * FROM duckdb_schemas()
SELECT * FROM duckdb_sequences()
SELECT * FROM duckdb_types()
SELECT * FROM duckdb_optimizers()
SELECT * FROM duckdb_keywords()
SELECT * FROM duckdb_log_contexts()
SELECT * FROM duckdb_approx_database_count()
SELECT * FROM pragma_metadata_info()
SELECT * FROM pragma_platform()
SELECT * FROM pragma_user_agent()
SELECT * FROM pragma_collations()
SELECT * FROM storage_info('secrets')
SELECT * FROM read_blob('/etc/passwd')
SELECT * FROM read_csv_auto('/etc/passwd')
SELECT * FROM read_csv(['/etc/passwd'], header = false)
SELECT * FROM read_json('/etc/passwd')
SELECT * FROM read_json_objects('/etc/passwd')
SELECT * FROM read_ndjson_auto('/etc/passwd')
SELECT * FROM read_ndjson_objects('/etc/passwd')
SELECT * FROM read_parquet('/etc/passwd')
SELECT * FROM read_xlsx('/etc/passwd')
SELECT * FROM parquet_metadata('/etc/passwd')
SELECT * FROM parquet_schema('/etc/passwd')
SELECT * FROM parquet_file_metadata('/etc/passwd')
SELECT * FROM parquet_kv_metadata('/etc/passwd')
SELECT * FROM parquet_bloom_probe('/etc/passwd', 'a', 1)
SELECT * FROM parquet_full_metadata('/etc/passwd')
SELECT * FROM glob(['/etc/*', '/root/*'])
SELECT * FROM 'data.csv'
SELECT * FROM 's3://bucket/x.parquet'
SELECT * FROM 'hf://datasets/x/y.parquet'
FROM 'x.parquet'
FROM secrets s SELECT s
FROM (FROM secrets)
FROM (SHOW TABLES)
FROM (PIVOT secrets ON password)
FROM (VALUES ((FROM secrets)))
SUMMARIZE SELECT password FROM secrets
SHOW TABLES
UNPIVOT secrets ON password INTO NAME n VALUE v
TABLE secrets
SELECT * FROM query_table('/etc/passwd')
SELECT current_setting('s3_secret_access_key')
SELECT current_setting('threads')
SELECT set_config('threads', '1')
SELECT enable_logging()
CALL enable_profiling()
CALL dbgen(sf = 1)
CALL duckdb_logs()
CALL load_aws_credentials()
CALL disable_peg_parser()
CALL checkpoint()
PRAGMA memory_limit='100GB'
PRAGMA import_database('/tmp')
SET threads = 100
SET GLOBAL enable_external_access = true
SET SESSION lock_configuration = false
RESET memory_limit
RESET VARIABLE x
ATTACH '/tmp/x.db' AS x (READ_ONLY)
ATTACH ':memory:' AS m
ATTACH 'host=127.0.0.1 dbname=x' AS p (TYPE postgres)
ATTACH OR REPLACE '/tmp/x.db' AS x
CREATE SECRET s (TYPE s3, KEY_ID 'x')
CREATE PERSISTENT SECRET s (TYPE s3, KEY_ID 'x')
DROP SECRET s
INSTALL h3 FROM community
FORCE INSTALL httpfs
COPY orders TO '/tmp/x.csv'
COPY (SELECT 1) TO '/tmp/x.parquet' (FORMAT parquet)
COPY FROM DATABASE shop TO m
CREATE MACRO m() AS TABLE SELECT * FROM secrets
CREATE OR REPLACE TEMP MACRO f(x) AS getenv(x)
CREATE TEMP TABLE t AS SELECT * FROM secrets
CREATE VIEW v AS FROM secrets
CREATE TYPE t AS ENUM (SELECT password FROM secrets)
MERGE INTO visits USING orders ON false WHEN NOT MATCHED THEN INSERT VALUES (now(), 1)
INSERT INTO visits BY NAME SELECT 1 AS visitors
INSERT OR REPLACE INTO visits VALUES (now(), 1)
WITH x AS (DELETE FROM visits RETURNING *) FROM x
VACUUM ANALYZE
PREPARE p AS SELECT * FROM secrets
EXECUTE p
DEALLOCATE p
BEGIN TRANSACTION READ WRITE
COMMIT; DELETE FROM orders
SELECT 1; ATTACH '/tmp/x'
ALTER DATABASE shop SET ALIAS TO x
SELECT sql FROM sqlite_master WHERE name = 'secrets'
SELECT * FROM shop.information_schema.tables
SELECT * FROM temp.information_schema.columns
SELECT * FROM sqlite_scan('/tmp/x', 't')
SELECT * FROM postgres_scan('host=127.0.0.1', 'public', 't')
SELECT * FROM postgres_attach('host=127.0.0.1')
SELECT * FROM iceberg_scan('/tmp/x')
SELECT * FROM delta_scan('/tmp/x')
SELECT * FROM ducklake_snapshots('x')
SELECT * FROM st_read('/etc/passwd')
SELECT * FROM shellfs('ls |')
SELECT * FROM read_csv('ls |')
SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT * FROM secrets'))
SELECT json_serialize_sql('SELECT 1')
PRAGMA json_execute_serialized_sql('{}')
SELECT get_substrait('SELECT * FROM secrets')
SELECT * FROM test_vector_types(NULL)
SELECT * FROM repeat_row('x', num_rows = 100000000000)
SELECT * FROM repeat('x', 100000000000)
SELECT * FROM summary((FROM secrets))
SELECT * FROM checkpoint('shop')
SELECT nextval('s'), currval('s')
SELECT txid_current()
SELECT current_database(), current_schemas(true)
SELECT pg_size_pretty(1), pg_get_viewdef(1)
SELECT pg_table_is_visible(1), has_table_privilege('secrets', 'SELECT')
SELECT add_parquet_key('x', 'y')
SELECT error((SELECT password FROM secrets))
SELECT sleep_ms(5000)
SELECT list_aggregate((SELECT list(password) FROM secrets), 'first')
SELECT COLUMNS(*) FROM secrets
SELECT * EXCLUDE (id) FROM orders, secrets
SELECT * LIKE 'p%' FROM secrets
SELECT struct_pack(a := (FROM secrets))
SELECT list_filter([1], lambda x: (SELECT count(*) FROM secrets) > x)
SELECT list_reduce([1, 2], lambda a, b: a + (SELECT 1 FROM secrets))
SELECT ['HOME'].list_transform(lambda x: x.getenv())
SELECT map_from_entries((SELECT list((password, 1)) FROM secrets))
SELECT arg_max(password, 1) FROM secrets
SELECT histogram(password) FROM secrets
SELECT * FROM orders ASOF JOIN secrets ON orders.id >= 1
SELECT * FROM orders QUALIFY (SELECT count(*) FROM secrets) > 0
SELECT * FROM orders LIMIT (SELECT count(*) FROM secrets)
SELECT $$x$$, getenv('HOME')
SELECT $a$'$a$, getenv('HOME')
SELECT E'\'' , getenv('HOME')
SELECT "main"."getenv"('HOME')
SELECT * FROM orders AT (TIMESTAMP => now())
SELECT sum(id) OVER (ORDER BY (FROM secrets)) FROM orders
SELECT max(range) FROM range(100000000000000)
SELECT count(*) FROM generate_series(1, 100000000000) a, generate_series(1, 100000) b
SELECT list_sum(range(10000000000))
SELECT length(repeat('x', 10000000000))
SELECT lpad('x', 2000000000, 'y')
SELECT length(repeat(repeat('x', 100000), 100000))
