SELECT load_extension('/tmp/x.so')
SELECT LOAD_EXTENSION('x', 'y')
SELECT "load_extension"('x')
SELECT load_extension /**/ ('x')
SELECT (SELECT load_extension('x'))
SELECT id FROM orders ORDER BY load_extension('x')
SELECT CASE WHEN 1 THEN load_extension('x') END
SELECT sum(id) OVER (ORDER BY load_extension('x')) FROM orders
SELECT count(*) FILTER (WHERE load_extension('x')) FROM orders
SELECT coalesce(load_extension('x'), 1)
SELECT readfile('/etc/passwd')
SELECT writefile('/tmp/x', 'y')
SELECT edit('x', 'vi')
SELECT fts3_tokenizer('x', x'4141414141414141')
SELECT fts5()
SELECT fts5_source_id()
SELECT matchinfo(orders) FROM orders
SELECT snippet(orders) FROM orders
SELECT offsets(orders) FROM orders
SELECT optimize(orders) FROM orders
SELECT bm25(orders) FROM orders
SELECT randomblob(1000000000)
SELECT zeroblob(2000000000)
SELECT hex(randomblob(500000000))
SELECT hex(zeroblob(500000000))
SELECT quote(zeroblob(1000000000))
SELECT upper(hex(randomblob(100000000/2)))
SELECT like('ABCDEFG', upper(hex(randomblob(200000000))))
SELECT sqlite_version()
SELECT sqlite_source_id()
SELECT sqlite_compileoption_used('x')
SELECT sqlite_compileoption_get(0)
SELECT sqlite_offset(id) FROM orders
SELECT sqlite_log(1, 'x')
SELECT sqlite_crypt('x', 'y')
SELECT sqlite_rename_column('x')
SELECT sqlite_fail('x', 1)
SELECT changes()
SELECT total_changes()
SELECT last_insert_rowid()
SELECT rtreecheck('main', 'x')
SELECT rtreenode(2, 'x')
SELECT rtreedepth('x')
SELECT subtype('x')
SELECT eval('DELETE FROM orders')
SELECT sha3_query('SELECT * FROM secrets')
SELECT uint('1')
SELECT decimal_exec('x')
SELECT unistr_quote('x')
SELECT json_each('[1]')
SELECT generate_series(1, 10)
SELECT getenv('HOME')
SELECT system('id')
SELECT shell('id')
SELECT dbdump()
SELECT sqlar_uncompress('x', 1)
SELECT zipfile('x', 'y')
SELECT regexp('x', 'y')
SELECT evil()
SELECT main.lower('x')
SELECT * FROM sqlite_master
SELECT * FROM sqlite_schema
SELECT * FROM SQLITE_MASTER
SELECT * FROM main.sqlite_master
SELECT * FROM "sqlite_master"
SELECT * FROM [sqlite_master]
SELECT * FROM `sqlite_master`
SELECT * FROM 'sqlite_master'
SELECT * FROM main . sqlite_master
SELECT * FROM main/**/.sqlite_master
SELECT * FROM temp.sqlite_temp_master
SELECT * FROM sqlite_temp_master
SELECT * FROM sqlite_temp_schema
SELECT * FROM sqlite_sequence
SELECT * FROM sqlite_stat1
SELECT * FROM sqlite_stat4
SELECT * FROM sqlite_stmt
SELECT * FROM sqlite_dbpage
SELECT * FROM sqlite_dbdata
SELECT * FROM sqlite_dbptr
SELECT * FROM dbstat
SELECT * FROM bytecode('SELECT 1')
SELECT * FROM tables_used('SELECT * FROM secrets')
SELECT * FROM completion('x')
SELECT * FROM fsdir('/')
SELECT * FROM fsdir
SELECT * FROM csv('/etc/passwd')
SELECT * FROM zipfile('/x.zip')
SELECT * FROM vtablog
SELECT * FROM generate_series(1, 1000000000)
SELECT * FROM carray(1, 2)
SELECT * FROM pragma_database_list
SELECT * FROM pragma_database_list()
SELECT * FROM pragma_table_info('secrets')
SELECT * FROM pragma_table_xinfo('secrets')
SELECT * FROM pragma_table_list
SELECT * FROM pragma_index_list('orders')
SELECT * FROM pragma_foreign_key_list('orders')
SELECT * FROM pragma_function_list
SELECT * FROM pragma_module_list
SELECT * FROM pragma_pragma_list
SELECT * FROM pragma_compile_options
SELECT * FROM pragma_collation_list
SELECT * FROM pragma_user_version
SELECT * FROM pragma_integrity_check
SELECT * FROM pragma_quick_check
SELECT * FROM pragma_query_only
SELECT * FROM "pragma_table_info"('secrets')
SELECT * FROM orders, pragma_table_info('secrets')
SELECT (SELECT name FROM pragma_table_info('secrets'))
SELECT * FROM main.pragma_table_info
PRAGMA query_only
PRAGMA query_only = OFF
PRAGMA writable_schema = 1
PRAGMA trusted_schema = 1
PRAGMA journal_mode = DELETE
PRAGMA temp_store_directory = '/tmp'
PRAGMA data_store_directory = '/tmp'
PRAGMA mmap_size = 1000000000
PRAGMA wal_checkpoint
PRAGMA optimize
PRAGMA key = 'x'
PRAGMA main.user_version = 7
ATTACH '/tmp/x.db' AS x
ATTACH DATABASE '/etc/passwd' AS x
ATTACH 'file:/tmp/x.db?mode=rwc' AS x
ATTACH ':memory:' AS x
ATTACH DATABASE 'x.php' AS lol; CREATE TABLE lol.pwn (dataz text); INSERT INTO lol.pwn VALUES ('x')
DETACH main
DETACH DATABASE temp
VACUUM
VACUUM INTO '/tmp/x.db'
VACUUM main INTO 'x'
REINDEX
ANALYZE
ANALYZE main
BEGIN IMMEDIATE
BEGIN EXCLUSIVE
COMMIT
END TRANSACTION
ROLLBACK
SAVEPOINT x
RELEASE x
EXPLAIN SELECT * FROM secrets
EXPLAIN QUERY PLAN DELETE FROM orders
INSERT INTO visits VALUES (1, 2)
INSERT OR REPLACE INTO visits VALUES (1, 2)
INSERT INTO visits SELECT * FROM visits RETURNING *
INSERT INTO visits DEFAULT VALUES
REPLACE INTO visits VALUES (1, 2)
UPDATE orders SET id = id RETURNING *
UPDATE OR IGNORE orders SET id = 1
DELETE FROM orders RETURNING *
DELETE FROM sqlite_master
WITH x AS (SELECT 1) DELETE FROM orders
WITH x AS (SELECT 1) INSERT INTO visits SELECT 1, 1 FROM x
WITH x AS (DELETE FROM orders RETURNING *) SELECT * FROM x
CREATE TABLE x (a)
CREATE TABLE x AS SELECT * FROM secrets
CREATE TEMP TABLE x AS SELECT * FROM orders
CREATE TEMP VIEW x AS SELECT * FROM secrets
CREATE VIRTUAL TABLE x USING fts5(a)
CREATE VIRTUAL TABLE x USING dbstat(main)
CREATE VIRTUAL TABLE temp.x USING csv(filename='/etc/passwd')
CREATE TEMP TRIGGER x AFTER INSERT ON visits BEGIN DELETE FROM orders; END
CREATE UNIQUE INDEX x ON orders (id)
DROP TABLE orders
DROP VIEW order_totals
ALTER TABLE orders RENAME TO x
ALTER TABLE orders ADD COLUMN x
SELECT * FROM secrets
SELECT * FROM SECRETS
SELECT * FROM "secrets"
SELECT * FROM [secrets]
SELECT * FROM `secrets`
SELECT * FROM 'secrets'
SELECT * FROM main.secrets
SELECT * FROM "main"."secrets"
SELECT * FROM main . [secrets]
SELECT * FROM temp.secrets
SELECT * FROM secrets AS orders
SELECT * FROM orders, secrets
SELECT * FROM orders JOIN secrets
SELECT * FROM orders NATURAL JOIN secrets
SELECT * FROM (orders, secrets)
SELECT * FROM (SELECT * FROM secrets)
SELECT * FROM secrets INDEXED BY x
SELECT * FROM secrets NOT INDEXED
SELECT * FROM orders WHERE id IN secrets
SELECT * FROM orders WHERE id IN main.secrets
SELECT * FROM orders WHERE id NOT IN secrets
SELECT * FROM orders WHERE id IN (SELECT password FROM secrets)
SELECT * FROM orders WHERE (id, status) IN secrets
SELECT * FROM orders WHERE EXISTS (SELECT 1 FROM secrets)
SELECT * FROM orders WHERE id = (SELECT password FROM secrets)
SELECT * FROM orders WHERE id IN pragma_table_info('secrets')
SELECT * FROM orders WHERE id IN json_each('[1]')
SELECT * FROM orders ORDER BY (SELECT password FROM secrets)
SELECT * FROM orders GROUP BY (SELECT password FROM secrets)
SELECT * FROM orders LIMIT (SELECT length(password) FROM secrets)
SELECT * FROM orders LIMIT 1 OFFSET (SELECT length(password) FROM secrets)
SELECT (SELECT password FROM secrets)
SELECT ((SELECT password FROM secrets))
SELECT substr((SELECT password FROM secrets), 1, 1)
SELECT group_concat((SELECT password FROM secrets)) FROM orders
SELECT json_group_array((SELECT password FROM secrets)) FROM orders
SELECT CASE (SELECT password FROM secrets) WHEN 'x' THEN 1 END
SELECT 1 UNION SELECT password FROM secrets
SELECT 1 UNION ALL SELECT sql FROM sqlite_master
SELECT 1 EXCEPT SELECT password FROM secrets
SELECT 1 INTERSECT SELECT password FROM secrets
VALUES ((SELECT password FROM secrets))
VALUES (1), ((SELECT password FROM secrets))
WITH x AS (SELECT * FROM secrets) SELECT * FROM x
WITH secrets AS (SELECT * FROM main.secrets) SELECT * FROM secrets
WITH secrets AS (SELECT * FROM secrets) SELECT * FROM secrets
WITH RECURSIVE x AS (SELECT password FROM secrets UNION ALL SELECT * FROM x) SELECT * FROM x
WITH sqlite_master AS (SELECT 1) SELECT * FROM sqlite_master
WITH "sqlite_schema" AS (SELECT 1) SELECT * FROM "sqlite_schema"
WITH a AS (WITH b AS (SELECT * FROM secrets) SELECT * FROM b) SELECT * FROM a
SELECT * FROM json_each((SELECT password FROM secrets))
SELECT * FROM json_each(load_extension('x'))
SELECT * FROM json_tree(readfile('/etc/passwd'))
SELECT * FROM main.json_each('[1]')
SELECT * FROM "json_each"('[1]'), secrets
SELECT password FROM secrets COLLATE NOCASE
SELECT secrets.password FROM orders AS x, secrets
SELECT ?
SELECT ?1
SELECT :x
SELECT @x
SELECT $x
SELECT $x::y(z)
SELECT 1; SELECT 2
SELECT 1; ATTACH '/tmp/x.db' AS x
SELECT 1;; DELETE FROM orders
SELECT 'a''; DELETE FROM orders; --'; DELETE FROM orders
SELECT "a""; x"; DELETE FROM orders
SELECT [a]; DELETE FROM orders
SELECT 'a\'; DELETE FROM orders; --'
SELECT 1 /* x */ ; DELETE FROM orders
SELECT 1 /* x
SELECT x'zz', load_extension('x')
SELECT 'x
SELECT "x
SELECT [x
SELECT `x
SELECT U&'\0041'
SELECT E'\x41', load_extension('x')
SELECT CAST('x' AS evil(1)), load_extension('x')
SELECT RAISE(ABORT, 'x')
SELECT 1 FROM orders WINDOW w AS (ORDER BY load_extension('x'))
SELECT match('x', 'y') FROM secrets
SELECT * FROM orders WHERE orders MATCH (SELECT password FROM secrets)
SELECT id FROM orders WHERE status REGEXP load_extension('x')
SELECT id FROM orders WHERE status LIKE 'x' ESCAPE load_extension('x')
SELECT id FROM orders WHERE status GLOB readfile('x')
SELECT id FROM orders WHERE id BETWEEN 1 AND load_extension('x')
.read /etc/passwd
.shell id
.output /tmp/x
.import /etc/passwd visits
.load x
SELECT * FROM pragma_table_list()
SELECT * FROM pragma_index_xinfo('x')
SELECT * FROM pragma_foreign_key_check
SELECT * FROM pragma_schema_version
SELECT * FROM pragma_journal_mode
SELECT * FROM pragma_page_count, pragma_page_size
SELECT * FROM pragma_data_version
SELECT * FROM pragma_temp_store
SELECT * FROM pragma_encoding
SELECT * FROM pragma_optimize
SELECT p.name FROM orders, pragma_table_info('secrets') p
SELECT (SELECT group_concat(name) FROM pragma_table_list)
SELECT name FROM main.pragma_table_list
SELECT * FROM "pragma_table_list"
SELECT * FROM [pragma_table_list]
SELECT * FROM `pragma_table_list`
SELECT * FROM Pragma_Table_List
SELECT sql FROM sqlite_master
SELECT sql FROM sqlite_schema
SELECT * FROM main.sqlite_schema
SELECT * FROM temp.sqlite_master
SELECT * FROM sqlite_dbpage('main')
SELECT * FROM dbstat('main', 1)
SELECT * FROM sqlite_memstat
SELECT * FROM fts5vocab
SELECT * FROM csv
SELECT * FROM fsdir('/etc')
SELECT * FROM zipfile('/tmp/x.zip')
SELECT * FROM lsm1
SELECT * FROM completion('SEL')
SELECT * FROM sqlite_parameters
SELECT * FROM generate_series(1, 10000000000)
SELECT * FROM carray(1, 1)
SELECT * FROM wholenumber
SELECT lsmode(1)
SELECT edit('x')
SELECT eval('SELECT * FROM secrets')
SELECT load_extension('x')
SELECT fts3_tokenizer('simple')
SELECT fts3_tokenizer('simple', x'00')
SELECT fts5(1)
SELECT rtreecheck('x')
SELECT rtreenode(2, x'00')
SELECT rtreedepth(x'00')
SELECT matchinfo(orders), snippet(orders), offsets(orders) FROM orders
SELECT highlight(orders, 0, 'a', 'b') FROM orders
SELECT sqlite_compileoption_get(1)
SELECT sqlite_offset(password) FROM secrets
SELECT sqlite_rename_column(1, 2, 3, 4, 5, 6, 7, 8, 9)
SELECT sqlite_rename_table(1, 2, 3, 4, 5, 6, 7)
SELECT sqlite_drop_column(1, 2, 3)
SELECT sqlite_attach('x')
SELECT sqlite_detach('x')
SELECT last_insert_rowid(), changes(), total_changes()
SELECT subtype(1)
SELECT zeroblob(1000000000)
SELECT length(zeroblob(1000000000))
SELECT quote(zeroblob(500000000))
SELECT replace(hex(zeroblob(1000000)), '0', hex(zeroblob(1000000)))
SELECT printf('%1000000000d', 1)
SELECT format('%.1000000000f', 1.0)
SELECT printf('%*d', 1000000000, 1)
SELECT decimal_add('1', '2')
SELECT uuid_str('x')
SELECT sha3(password) FROM secrets
SELECT crypto_hash('x')
SELECT median(password) FROM secrets
SELECT sqlean_version()
SELECT regexp_like((SELECT password FROM secrets), 'h')
SELECT spellfix1_translit('x')
SELECT implies_nonnull_row(1, 2), expr_compare(1, 2), affinity(1), unlikely(sqlite_filename('main'))
SELECT json_group_array(password) FROM secrets
SELECT json_object('p', (SELECT password FROM secrets))
SELECT * FROM json_each((SELECT json_group_array(password) FROM secrets))
SELECT * FROM json_tree((SELECT json_array(password) FROM secrets))
SELECT value FROM json_each((SELECT sql FROM sqlite_master))
SELECT rowid, * FROM secrets
SELECT _rowid_, oid FROM secrets
SELECT * FROM orders LEFT JOIN secrets
SELECT * FROM orders, (secrets)
SELECT * FROM (orders JOIN secrets)
SELECT * FROM orders NATURAL FULL OUTER JOIN secrets
SELECT * FROM orders WHERE (id, 1) IN (SELECT 1, 1 FROM secrets)
SELECT 1 WHERE 'x' IN secrets
SELECT 1 WHERE 1 NOT IN sqlite_master
SELECT * FROM orders WHERE id IN pragma_table_list
SELECT * FROM orders WHERE id IN generate_series(1, 5)
SELECT sum(id) FILTER (WHERE EXISTS (SELECT 1 FROM secrets)) FROM orders
SELECT sum(id) OVER (ORDER BY (SELECT 1 FROM secrets)) FROM orders
WITH x AS NOT MATERIALIZED (SELECT * FROM secrets) SELECT * FROM x
WITH RECURSIVE x AS (SELECT password FROM secrets UNION SELECT password FROM x) SELECT * FROM x
WITH x AS (VALUES ((SELECT password FROM secrets))) SELECT * FROM x
WITH x AS (SELECT 1) REPLACE INTO visits SELECT 1, 1 FROM x
VALUES (load_extension('x'))
TABLE secrets
EXPLAIN QUERY PLAN SELECT * FROM secrets
ATTACH DATABASE 'file:/etc/passwd?mode=ro' AS x
ATTACH ':memory:' AS m
ATTACH (SELECT '/tmp/x') AS x
PRAGMA table_info(secrets)
PRAGMA table_info = secrets
PRAGMA main.table_list
PRAGMA query_only = 0
PRAGMA trusted_schema(1)
PRAGMA hard_heap_limit = 0
PRAGMA rekey = 'x'
PRAGMA wal_checkpoint(TRUNCATE)
PRAGMA incremental_vacuum
PRAGMA shrink_memory
VACUUM main INTO '/tmp/x.db'
REINDEX orders
ANALYZE main.orders
ROLLBACK TO x
CREATE TEMP TABLE x AS SELECT * FROM secrets
CREATE TEMP TRIGGER t AFTER INSERT ON visits BEGIN SELECT 1; END
CREATE TEMP VIEW v AS SELECT * FROM secrets
ALTER TABLE orders DROP COLUMN status
DROP TABLE IF EXISTS orders
INSERT OR REPLACE INTO visits VALUES ('2024-01-01', 1)
INSERT INTO visits VALUES ('2024-01-01', 1) ON CONFLICT DO NOTHING RETURNING *
UPDATE OR IGNORE visits SET visitors = 0
UPDATE visits SET visitors = 0 FROM orders RETURNING *
DELETE FROM visits WHERE day IN (SELECT day FROM visits) RETURNING *
SELECT 1; ATTACH '/tmp/x' AS x
SELECT 1;; SELECT load_extension('x')
SELECT "x", load_extension("y")
SELECT [load_extension]('x')
SELECT `load_extension`('x')
SELECT 'a\', load_extension('x'), '
SELECT x'00', load_extension('x')
SELECT CAST(load_extension('x') AS TEXT)
SELECT load_extension('x') COLLATE NOCASE
SELECT iif(1, load_extension('x'), 0)
SELECT likely(load_extension('x'))
SELECT group_concat(load_extension('x')) FROM orders
SELECT count(*) FROM orders a, orders b, orders c, orders d, orders e WHERE load_extension('x')
SELECT ?1, load_extension(:x)
SELECT $x(load_extension('x'))
SELECT id FROM orders WINDOW w AS (ORDER BY load_extension('x'))
SELECT 'x' MATCH (SELECT password FROM secrets)
SELECT 'x' GLOB (SELECT password FROM secrets)
SELECT 'x' REGEXP (SELECT password FROM secrets)
SELECT (SELECT password FROM secrets) ->> '$'
SELECT jsonb((SELECT password FROM secrets))
SELECT main.secrets.password FROM main.secrets
SELECT secrets.password FROM orders JOIN secrets ON secrets.password IS NOT NULL
SELECT o.id FROM orders o WHERE EXISTS (SELECT 1 FROM secrets s WHERE s.password LIKE o.status || '%')
