SELECT * FROM public.secrets s, LATERAL (SELECT s.password) x
SELECT (SELECT string_agg(password, ',') FROM secrets) FROM orders
SELECT * FROM orders WHERE id = (SELECT length(password) FROM secrets)
SELECT * FROM orders ORDER BY (SELECT password FROM secrets LIMIT 1)
SELECT count(*) FROM orders GROUP BY (SELECT password FROM secrets LIMIT 1)
SELECT * FROM orders LIMIT (SELECT length(password) FROM secrets)
SELECT * FROM orders OFFSET (SELECT length(password) FROM secrets)
SELECT * FROM orders FETCH FIRST (SELECT 1 FROM secrets) ROWS ONLY
SELECT sum(id) FILTER (WHERE EXISTS (SELECT 1 FROM secrets)) FROM orders
SELECT sum(id) OVER (PARTITION BY (SELECT password FROM secrets LIMIT 1)) FROM orders
SELECT sum(id) OVER w FROM orders WINDOW w AS (ORDER BY (SELECT password FROM secrets LIMIT 1))
SELECT CASE (SELECT password FROM secrets) WHEN 'x' THEN 1 END
SELECT ARRAY(SELECT password FROM secrets)
SELECT ARRAY[(SELECT password FROM secrets LIMIT 1)]
SELECT ROW((SELECT password FROM secrets LIMIT 1))
SELECT * FROM (VALUES ((SELECT password FROM secrets LIMIT 1))) v
SELECT * FROM unnest(ARRAY(SELECT password FROM secrets)) u
SELECT * FROM generate_series(1, (SELECT count(*) FROM secrets)) g
SELECT * FROM ROWS FROM (unnest(ARRAY(SELECT password FROM secrets))) u
SELECT * FROM orders o JOIN LATERAL (TABLE secrets) s ON true
SELECT * FROM orders TABLESAMPLE bernoulli((SELECT 1 FROM secrets))
SELECT extract(year FROM (SELECT now() FROM secrets))
SELECT coalesce((SELECT password FROM secrets), 'x')
SELECT 1 WHERE 'x' = ANY (SELECT password FROM secrets)
SELECT 1 WHERE 'x' IN (TABLE secrets)
SELECT 1 WHERE (1, 'x') = (SELECT 1, password FROM secrets)
SELECT substring((SELECT password FROM secrets) FROM 1 FOR 1)
SELECT 1 UNION ALL (SELECT 2 UNION ALL SELECT length(password) FROM secrets)
SELECT 1 EXCEPT ALL TABLE secrets
WITH x AS (SELECT 1), y AS (TABLE secrets) SELECT * FROM x
WITH RECURSIVE t AS (SELECT password FROM secrets UNION ALL SELECT password FROM t) SELECT * FROM t
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + length((SELECT password FROM secrets)) FROM t) SELECT * FROM t
WITH secrets AS MATERIALIZED (SELECT * FROM public.secrets) SELECT * FROM secrets
WITH orders AS (SELECT * FROM secrets) SELECT * FROM orders
WITH "pg_authid" AS (SELECT 1) SELECT * FROM "pg_authid"
WITH a AS (WITH b AS (SELECT * FROM secrets) SELECT * FROM b) SELECT * FROM a
SELECT * FROM orders AS pg_shadow, pg_shadow
SELECT * FROM orders secrets, secrets
SELECT secrets.* FROM orders AS secrets, public.secrets
SELECT * FROM pg_authid
SELECT rolpassword FROM pg_catalog.pg_authid
SELECT * FROM pg_user
SELECT * FROM pg_roles
SELECT * FROM pg_hba_file_rules
SELECT * FROM pg_file_settings
SELECT * FROM pg_config
SELECT * FROM pg_locks
SELECT * FROM pg_stat_statements
SELECT * FROM pg_stats
SELECT * FROM pg_statistic
SELECT * FROM pg_class
SELECT * FROM pg_proc
SELECT * FROM pg_namespace
SELECT * FROM pg_tables
SELECT * FROM pg_views
SELECT * FROM pg_database
SELECT * FROM pg_tablespace
SELECT * FROM pg_foreign_server
SELECT * FROM pg_user_mappings
SELECT * FROM pg_subscription
SELECT * FROM pg_extension
SELECT * FROM pg_available_extensions
SELECT * FROM pg_cursors
SELECT * FROM pg_prepared_statements
SELECT * FROM pg_replication_slots
SELECT * FROM pg_stat_replication
SELECT * FROM pg_stat_ssl
SELECT * FROM pg_shmem_allocations
SELECT * FROM pg_backend_memory_contexts
SELECT * FROM pg_seclabels
SELECT * FROM pg_temp.x
SELECT * FROM information_schema.columns
SELECT * FROM information_schema.role_table_grants
SELECT * FROM "information_schema"."tables"
SELECT * FROM "pg_catalog"."pg_shadow"
SELECT * FROM PG_CATALOG.PG_SHADOW
SELECT * FROM Pg_Shadow
SELECT * FROM pg_catalog . pg_shadow
SELECT * FROM pg_catalog/**/.pg_shadow
SELECT * FROM U&"\0070g_shadow"
SELECT * FROM u&"pg!005fshadow" UESCAPE '!'
SELECT U&"\0070g_sleep"(10)
SELECT "pg_sleep" (10)
SELECT PG_CATALOG."pg_sleep"(10)
SELECT pg_catalog . pg_sleep (10)
SELECT pg_sleep /* x */ (10)
SELECT pg_/**/sleep(10)
SELECT $$x$$, pg_sleep($$10$$)
SELECT $a$ $$ $a$, pg_read_file($b$/etc/passwd$b$)
SELECT E'\x70g_sleep', pg_read_file(E'\x2fetc\x2fpasswd')
SELECT pg_read_file('/etc/' 'passwd')
SELECT '1'::text::pg_catalog.regclass
SELECT 'secrets'::regclass::oid
SELECT CAST('lower' AS regproc)
SELECT 'lower(text)'::regprocedure
SELECT 'postgres'::regrole
SELECT 'public'::regnamespace
SELECT 'int4'::regtype
SELECT '+'::regoper
SELECT regclass 'secrets'
SELECT "regclass"('secrets')
SELECT oid(1)
SELECT 'english'::regconfig
SELECT to_regclass('secrets')
SELECT to_regproc('lower')
SELECT to_regrole('postgres')
SELECT xmlelement(name a, 'x')
SELECT xmlforest(id) FROM orders
SELECT xmlagg('<a/>')
SELECT xmlserialize(content '<a/>' AS text)
SELECT XMLPARSE(DOCUMENT '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>')
SELECT xpath('/a', '<a/>'::xml)
SELECT database_to_xml(true, false, '')
SELECT database_to_xml_and_xmlschema(true, false, '')
SELECT schema_to_xmlschema('public', true, false, '')
SELECT table_to_xml_and_xmlschema('secrets', true, false, '')
SELECT table_to_xml('secrets'::regclass, true, false, '')
SELECT cursor_to_xmlschema('c', true, false, '')
SELECT query_to_xml($$SELECT * FROM secrets$$, true, false, '')
SELECT QUERY_TO_XML('SELECT pg_sleep(10)', true, true, '')
SELECT * FROM query_to_xml('DELETE FROM orders RETURNING *', true, true, '')
SELECT ts_stat('SELECT vector FROM secrets')
SELECT * FROM ts_stat('SELECT to_tsvector(password) FROM secrets')
SELECT ts_rewrite('a'::tsquery, 'SELECT password::tsquery, password::tsquery FROM secrets')
SELECT ts_debug('english', 'x')
SELECT ts_parse('default', 'x')
SELECT ts_lexize('english_stem', 'x')
SELECT lo_import('/etc/passwd', 4711)
SELECT lo_export(4711, '/tmp/x')
SELECT lo_truncate(1, 0)
SELECT lo_lseek(1, 0, 0)
SELECT lo_tell(1)
SELECT lo_close(1)
SELECT lo_put(4711, 0, '\x00')
SELECT lo_get(4711)
SELECT loread(lo_open(4711, 262144), 10)
SELECT lowrite(lo_open(4711, 131072), 'x')
SELECT * FROM dblink('host=127.0.0.1 dbname=postgres', 'SELECT 1') AS t(a int)
SELECT * FROM public.dblink('x', 'y') AS t(a int)
SELECT dblink_send_query('x', 'y')
SELECT dblink_fdw_validator(ARRAY['a'], 1)
SELECT pg_read_file('postgresql.conf', 0, 200)
SELECT pg_read_file('../../etc/passwd', 0, 200, true)
SELECT pg_ls_dir('./')
SELECT pg_ls_archive_statusdir()
SELECT pg_ls_logicalsnapdir()
SELECT pg_ls_replslotdir('x')
SELECT * FROM pg_ls_waldir()
SELECT pg_file_rename('a', 'b')
SELECT pg_file_unlink('a')
SELECT pg_file_sync('a')
SELECT pg_logdir_ls()
SELECT adminpack.pg_file_write('a', 'b', false)
SELECT pg_current_wal_lsn()
SELECT pg_walfile_name('0/0')
SELECT pg_logical_slot_get_changes('s', NULL, NULL)
SELECT pg_create_logical_replication_slot('s', 'pgoutput')
SELECT pg_copy_physical_replication_slot('a', 'b')
SELECT pg_replication_slot_advance('a', '0/0')
SELECT pg_stop_backup()
SELECT pg_backup_stop()
SELECT pg_log_backend_memory_contexts(1)
SELECT pg_sleep(extract(epoch FROM interval '1 hour'))
SELECT pg_sleep_for(interval '1 hour')
SELECT pg_sleep_until('tomorrow')
SELECT count(*) FROM orders WHERE pg_sleep(1) IS NOT NULL
SELECT id FROM orders WHERE CASE WHEN id > 5 THEN pg_sleep(10) IS NULL END
SELECT (SELECT pg_sleep(10))
SELECT 1 FROM pg_sleep(10), orders
SELECT array_agg(pg_sleep(1)) FROM orders
SELECT row(pg_sleep(1))
SELECT set_config('search_path', 'x', false)
SELECT set_config('role', 'postgres', true)
SELECT current_setting('is_superuser')
SELECT pg_catalog.current_setting('config_file')
SELECT pg_notify('channel', (SELECT password FROM secrets))
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
SELECT pg_try_advisory_xact_lock(1)
SELECT pg_advisory_lock_shared(1)
SELECT pg_advisory_unlock(1)
SELECT txid_current()
SELECT pg_current_snapshot()
SELECT pg_export_snapshot()
SELECT pg_snapshot_xmin(pg_current_snapshot())
SELECT nextval('public.counter')
SELECT setval('public.counter', 1, false)
SELECT pg_get_serial_sequence('orders', 'id')
SELECT pg_sequence_last_value('x')
SELECT pg_get_userbyid(10)
SELECT pg_get_indexdef(1)
SELECT pg_get_constraintdef(1)
SELECT pg_get_triggerdef(1)
SELECT pg_get_expr('x', 1)
SELECT pg_describe_object(1, 1, 1)
SELECT pg_identify_object(1, 1, 1)
SELECT format_type(23, -1)
SELECT col_description(1, 1)
SELECT shobj_description(1, 'pg_database')
SELECT has_database_privilege('postgres', 'CREATE')
SELECT pg_has_role('postgres', 'MEMBER')
SELECT row_security_active('orders')
SELECT inet_client_addr(), inet_client_port()
SELECT pg_conf_load_time()
SELECT pg_is_in_recovery()
SELECT pg_my_temp_schema()
SELECT pg_listening_channels()
SELECT pg_blocking_pids(1)
SELECT pg_stat_get_backend_activity(1)
SELECT pg_stat_file('PG_VERSION')
SELECT pg_encoding_to_char(6)
SELECT pg_char_to_encoding('UTF8')
SELECT pg_tablespace_location(1)
SELECT pg_relation_filepath('orders')
SELECT pg_filenode_relation(0, 1)
SELECT pg_column_compression('x')
SELECT pg_indexes_size('orders')
SELECT pg_table_size('orders')
SELECT pg_input_is_valid('x', 'regclass')
SELECT pg_input_error_info('secrets', 'regclass')
SELECT pg_event_trigger_ddl_commands()
SELECT pg_nextoid('x', 'y', 'z')
SELECT pg_stat_force_next_flush()
SELECT pg_restore_relation_stats('x')
SELECT pg_clear_attribute_stats('a', 'b', 'c', false)
SELECT current_catalog
SELECT current_user::text
SELECT session_user || 'x'
SELECT current_schemas(true)
SELECT concat(VARIADIC ARRAY[pg_read_file('/etc/passwd')])
SELECT format('%s', VARIADIC ARRAY(SELECT password FROM secrets))
SELECT public.evil(VARIADIC ARRAY['x'])
SELECT 1 OPERATOR(pg_catalog.=) 1
SELECT 1 OPERATOR (public.@@@) 2
SELECT OPERATOR(pg_catalog.-) 1
SELECT * FROM orders WHERE id OPERATOR(public.evil) 1
SELECT o FROM secrets o
SELECT (o).* FROM secrets o
SELECT row_to_json(s) FROM secrets s
SELECT secrets FROM secrets
SELECT orders.tableoid::regclass FROM orders
SELECT tableoid::regclass FROM orders
SELECT NULL::pg_shadow
SELECT NULL::pg_catalog.pg_authid
SELECT (NULL::pg_authid).rolpassword
SELECT json_populate_record(NULL::secrets, '{}')
SELECT jsonb_populate_recordset(NULL::public.secrets, '[]')
SELECT * FROM json_to_record('{}') AS x(a regclass)
SELECT * FROM json_to_recordset('[]') AS x(a public.evil)
SELECT CAST(ROW('x') AS secrets)
SELECT '(x)'::public.secrets
SELECT 'a'::"char"::regproc
SELECT 1::xid
SELECT '0/0'::pg_lsn
SELECT '{}'::pg_node_tree
SELECT ''::cstring
SELECT '1'::public.evil_domain
SELECT 'x'::aclitem
SELECT 'x'::refcursor
SELECT '$.a'::jsonpath, pg_read_file('x')
SELECT * FROM generate_series(1, 100000000000)
SELECT * FROM generate_series(1, 1e12)
SELECT * FROM generate_series(1::bigint, 9000000000000000000)
SELECT * FROM generate_series(0, 1, 0.00000001)
SELECT generate_series(1, 2000000000)
SELECT 1; SELECT pg_sleep(10)
SELECT 1 ; ; SELECT 2
SELECT 1 \; SELECT 2
SELECT 1 \g /tmp/x
\copy orders to '/tmp/x'
\! id
SELECT '' ; COPY (SELECT password FROM secrets) TO PROGRAM 'nc 127.0.0.1 9'
COPY (SELECT '' ) TO PROGRAM 'curl http://127.0.0.1/'
COPY orders FROM PROGRAM 'id'
COPY (WITH x AS (DELETE FROM orders RETURNING *) SELECT * FROM x) TO STDOUT
CREATE TABLE public.x AS SELECT * FROM orders
CREATE TEMP TABLE x AS SELECT 1
CREATE TEMPORARY VIEW x AS SELECT 1
CREATE UNLOGGED TABLE x (a int)
CREATE OR REPLACE FUNCTION x() RETURNS int LANGUAGE plpython3u AS $$ import os $$
CREATE EXTENSION IF NOT EXISTS plpython3u
CREATE EVENT TRIGGER x ON ddl_command_start EXECUTE FUNCTION x()
CREATE RULE x AS ON SELECT TO orders DO INSTEAD SELECT 1
CREATE SERVER x FOREIGN DATA WRAPPER postgres_fdw
CREATE USER x SUPERUSER
CREATE DATABASE x
CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1' PUBLICATION p
CREATE PUBLICATION p FOR ALL TABLES
ALTER DATABASE postgres SET session_preload_libraries = 'x'
ALTER USER postgres WITH PASSWORD 'x'
ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO public
ALTER SYSTEM SET archive_command = 'id'
DROP OWNED BY CURRENT_USER
DROP DATABASE postgres WITH (FORCE)
TRUNCATE orders CASCADE
DELETE FROM orders USING items
UPDATE orders SET status = (SELECT password FROM secrets) RETURNING *
INSERT INTO visits SELECT now(), 1 ON CONFLICT DO NOTHING
MERGE INTO orders USING items ON false WHEN NOT MATCHED THEN DO NOTHING
SELECT * INTO TEMPORARY x FROM orders
SELECT * INTO UNLOGGED x FROM orders
SELECT id INTO STRICT x FROM orders
WITH x AS (SELECT 1) INSERT INTO visits SELECT now(), 1 FROM x
WITH x AS (MERGE INTO orders USING items ON false WHEN MATCHED THEN DELETE RETURNING *) SELECT * FROM x
WITH RECURSIVE x AS (DELETE FROM orders RETURNING *) SELECT * FROM x
SELECT * FROM orders WHERE id IN (WITH x AS (DELETE FROM orders RETURNING id) SELECT id FROM x)
SELECT * FROM orders FOR UPDATE OF orders NOWAIT
SELECT * FROM (SELECT * FROM orders FOR SHARE) x
WITH x AS (SELECT * FROM orders FOR UPDATE) SELECT * FROM x
EXPLAIN (ANALYZE, BUFFERS) SELECT * FROM secrets
EXPLAIN ANALYZE UPDATE orders SET id = 1
PREPARE x AS DELETE FROM orders
EXECUTE x
DECLARE x CURSOR WITH HOLD FOR SELECT * FROM secrets
FETCH FORWARD ALL FROM x
MOVE x
CLOSE x
SET SESSION AUTHORIZATION postgres
SET LOCAL ROLE postgres
SET search_path = secrets
SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE
SET TRANSACTION READ WRITE
RESET ROLE
SHOW ALL
SHOW config_file
START TRANSACTION READ WRITE
BEGIN; DELETE FROM orders; COMMIT
COMMIT AND CHAIN
ROLLBACK TO SAVEPOINT x
RELEASE SAVEPOINT x
PREPARE TRANSACTION 'x'
ABORT
LOCK orders IN ACCESS EXCLUSIVE MODE
NOTIFY channel, 'secret'
LISTEN channel
VACUUM FULL
REINDEX DATABASE postgres
REFRESH MATERIALIZED VIEW CONCURRENTLY countries
CALL public.evil()
DO LANGUAGE plpgsql $$ BEGIN EXECUTE 'DELETE FROM orders'; END $$
DO 'BEGIN PERFORM pg_sleep(10); END'
LOAD '/tmp/x.so'
SELECT * FROM orders /*; DROP TABLE orders; */; DROP TABLE orders
SELECT /*+ SeqScan(secrets) */ * FROM secrets
SELECT E'\\' ; DELETE FROM orders; --'
SELECT $x$ $y$ $x$; DELETE FROM orders
SELECT 'x' AS "a"; DELETE FROM orders
SELECT * FROM orders WHERE status = 'paid' UNION SELECT NULL, usename, NULL, NULL, NULL, NULL FROM pg_user
SELECT * FROM orders AS o (a, b), secrets
SELECT * FROM postgres.pg_catalog.pg_shadow
SELECT * FROM public.orders.id
SELECT * FROM crm.secrets
SELECT * FROM "public.secrets"
SELECT * FROM "PUBLIC".orders
SELECT * FROM ONLY (secrets)
SELECT * FROM secrets*
TABLE ONLY secrets
TABLE pg_shadow
VALUES ((SELECT password FROM secrets)), ('x')
(((TABLE secrets)))
((SELECT 1) UNION (TABLE secrets))
SELECT * FROM (orders JOIN secrets ON true)
SELECT * FROM orders NATURAL JOIN secrets
SELECT * FROM orders CROSS JOIN secrets
SELECT * FROM XMLTABLE('/x' PASSING '<x/>' COLUMNS a text PATH '.')
SELECT * FROM JSON_TABLE('[]', '$' COLUMNS (a regclass PATH '$'))
SELECT GROUPING((SELECT 1 FROM secrets)) FROM orders GROUP BY id
SELECT * FROM orders GROUP BY GROUPING SETS ((pg_sleep(1)))
SELECT id FROM orders GROUP BY CUBE (pg_sleep(1))
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY pg_sleep(1)) FROM orders
SELECT string_agg(status::text, pg_read_file('x')) FROM orders
SELECT lower(pg_read_file('x')) COLLATE "C"
SELECT (ARRAY[1])[pg_backend_pid()]
SELECT x.pg_sleep FROM orders x, pg_sleep(1)
SELECT orders.pg_sleep(1) FROM orders
SELECT (orders).evil FROM orders, evil()
SELECT make_interval(secs => pg_sleep(1))
SELECT interval '1' || pg_sleep(1)
SELECT 1 FROM orders HAVING pg_sleep(1) IS NULL
SELECT DISTINCT ON (pg_sleep(1)) id FROM orders
SELECT id FROM orders WHERE status LIKE 'x' ESCAPE pg_read_file('x')
SELECT overlay('x' PLACING pg_read_file('x') FROM 1)
SELECT position(pg_read_file('x') IN 'x')
SELECT trim(BOTH pg_read_file('x') FROM 'x')
SELECT treat(1 AS int)
SELECT collation for ('x')
SELECT NORMALIZE(pg_read_file('x'), NFC)
SELECT merge_action()
SELECT JSON_VALUE('{}', '$.x' DEFAULT pg_read_file('x') ON EMPTY)
SELECT JSON_QUERY('{}', '$' PASSING pg_sleep(1) AS x)
SELECT lastval(), currval('counter')
SELECT random_bytes(1)
SELECT gen_random_bytes(1000000)
SELECT crypt('x', gen_salt('bf', 31))
SELECT pgp_sym_decrypt('x', 'y')
SELECT http_get('http://127.0.0.1/')
SELECT * FROM http('GET', 'http://127.0.0.1/')
SELECT net.http_get('http://127.0.0.1/')
SELECT aws_s3.query_export_to_s3('SELECT 1', 'x', 'y')
SELECT cron.schedule('* * * * *', 'DELETE FROM orders')
SELECT plv8_version()
SELECT ST_AsText(ST_GeomFromText('POINT(0 0)'))
SELECT file_fdw_handler()
SELECT postgres_fdw_get_connections()
SELECT sys_eval('id')
SELECT system('id')
SELECT bt_index_check('x')
SELECT get_raw_page('secrets', 0)
SELECT heap_page_items(get_raw_page('secrets', 0))
SELECT pgstattuple('secrets')
SELECT pg_buffercache_evict(1)
SELECT amcheck('x')
SELECT tablefunc.crosstab('SELECT 1')
SELECT connectby('secrets', 'a', 'b', 'c', 0)
SELECT xslt_process('<a/>', 'http://127.0.0.1/x')
SELECT * FROM orders, LATERAL secrets
SELECT * FROM orders CROSS JOIN LATERAL secrets AS x
SELECT * FROM orders CROSS APPLY secrets
SELECT 'secrets'::regclass
SELECT 'public.secrets'::regclass::oid
SELECT 'pg_sleep'::regproc::oid
SELECT 'pg_sleep(double precision)'::regprocedure
SELECT to_regclass('secrets') IS NOT NULL
SELECT to_regproc('pg_sleep')
SELECT id::regclass FROM orders
SELECT CAST(id AS regclass) FROM orders
SELECT CAST('secrets' AS pg_catalog.regclass)
SELECT pg_relation_size('secrets')
SELECT pg_total_relation_size('secrets'::text::regclass)
SELECT pg_table_size('secrets'), pg_indexes_size('secrets')
SELECT pg_relation_filepath('secrets')
SELECT pg_database_size(current_database())
SELECT pg_size_pretty(pg_database_size('postgres'))
SELECT pg_tablespace_location(1663)
SELECT has_table_privilege('secrets', 'SELECT')
SELECT has_column_privilege('secrets', 'password', 'SELECT')
SELECT has_any_column_privilege('secrets', 'SELECT')
SELECT has_schema_privilege('public', 'CREATE')
SELECT has_function_privilege('pg_read_file(text)', 'EXECUTE')
SELECT has_parameter_privilege('log_statement', 'SET')
SELECT row_security_active('secrets')
SELECT current_setting('data_directory')
SELECT current_setting('is_superuser', true)
SELECT pg_catalog.current_setting('hba_file')
SELECT * FROM pg_settings
SELECT * FROM pg_show_all_settings()
SELECT row_to_json(a) FROM pg_authid a
SELECT to_jsonb(s) FROM secrets s
SELECT json_agg(s) FROM secrets s
SELECT query FROM pg_stat_activity
SELECT pg_stat_get_activity(NULL)
SELECT * FROM pg_stat_get_activity(NULL) a
SELECT * FROM pg_stat_user_tables
SELECT pg_stat_get_live_tuples(16384)
SELECT pg_stat_reset()
SELECT pg_stat_reset_single_table_counters(1)
SELECT * FROM pg_stats WHERE tablename = 'secrets'
SELECT most_common_vals FROM pg_catalog.pg_stats
SELECT * FROM pg_statistic_ext_data
SELECT stxdexpr FROM pg_statistic_ext_data
SELECT pg_mcv_list_items(stxdmcv) FROM pg_statistic_ext_data
SELECT * FROM pg_ls_dir('.')
SELECT * FROM pg_ls_logdir()
SELECT * FROM pg_ls_tmpdir()
SELECT * FROM pg_ls_archive_statusdir()
SELECT * FROM pg_ls_replslotdir('x')
SELECT * FROM pg_ls_logicalsnapdir()
SELECT * FROM pg_ls_logicalmapdir()
SELECT * FROM pg_ls_summariesdir()
SELECT pg_current_logfile()
SELECT pg_read_binary_file('PG_VERSION', 0, 10, true)
SELECT * FROM pg_get_process_memory_contexts(1, true, 1)
SELECT pg_promote()
SELECT pg_switch_wal()
SELECT pg_create_restore_point('x')
SELECT pg_backup_start('x')
SELECT pg_logical_emit_message(true, 'a', 'b')
SELECT pg_logical_slot_get_changes('x', NULL, NULL)
SELECT pg_create_physical_replication_slot('x')
SELECT pg_create_logical_replication_slot('x', 'pgoutput')
SELECT pg_drop_replication_slot('x')
SELECT pg_sync_replication_slots()
SELECT pg_wal_replay_pause()
SELECT pg_import_system_collations('pg_catalog')
SELECT pg_set_restored_attribute('x')
SELECT pg_restore_relation_stats('relation', 'secrets')
SELECT pg_clear_relation_stats('public', 'secrets')
SELECT pg_restore_attribute_stats('schemaname', 'public')
SELECT pg_rotate_logfile()
SELECT pg_reload_conf()
SELECT pg_cancel_backend(1)
SELECT pg_wait_for_backend_termination(1)
SELECT pg_isolation_test_session_is_blocked(1, ARRAY[2])
SELECT pg_current_xact_id()
SELECT pg_current_wal_insert_lsn()
SELECT pg_try_advisory_xact_lock_shared(1)
SELECT pg_advisory_unlock_all()
SELECT lo_get(1)
SELECT lo_put(1, 0, '\x00')
SELECT lo_open(1, 131072)
SELECT loread(0, 10)
SELECT lowrite(0, '\x00')
SELECT lo_creat(-1)
SELECT lo_unlink(1)
SELECT lo_export(1, '/tmp/x')
SELECT setval('x', 1)
SELECT currval('x')
SELECT lastval()
SELECT pg_sequence_last_value(1)
SELECT pg_get_sequence_data('x')
SELECT schema_to_xml('public', true, true, '')
SELECT table_to_xml('secrets', true, true, '')
SELECT table_to_xmlschema('secrets', true, true, '')
SELECT database_to_xml(true, true, '')
SELECT cursor_to_xml('c', 1, true, true, '')
SELECT query_to_xmlschema('SELECT 1', true, true, '')
SELECT query_to_xml_and_xmlschema('SELECT * FROM secrets', true, true, '')
SELECT ts_stat('SELECT password FROM secrets')
SELECT ts_rewrite('a'::tsquery, 'SELECT 1')
SELECT xpath_table('id', 'x', 'secrets', '/', 'true')
SELECT * FROM crosstab('SELECT password, 1, 1 FROM secrets') AS c(a text, b int)
SELECT dblink_connect('host=127.0.0.1 dbname=x')
SELECT * FROM dblink('host=127.0.0.1 dbname=x', 'SELECT 1') AS t(a int)
SELECT postgres_fdw_disconnect_all()
SELECT pg_file_write('x', 'y', true)
SELECT pg_describe_object(1259, 1, 0)
SELECT pg_get_viewdef('order_totals')
SELECT pg_get_functiondef(1)
SELECT obj_description(1, 'pg_class')
SELECT pg_identify_object(1259, 1, 0)
SELECT pg_get_object_address('table', '{secrets}', '{}')
SELECT pg_describe_object('pg_class'::regclass, 'secrets'::regclass, 0)
SELECT pg_column_toast_chunk_id(password) FROM secrets
SELECT amvalidate(1)
SELECT pg_input_is_valid('secrets', 'regclass')
SELECT * FROM pg_input_error_info('secrets', 'regclass')
SELECT xmin, xmax, ctid FROM secrets
SELECT currtid2('secrets', '(0,1)')
SELECT pg_get_wal_resource_managers()
SELECT inet_server_addr(), inet_server_port()
SELECT pg_conf_load_time(), pg_postmaster_start_time()
SELECT * FROM information_schema.columns WHERE table_name = 'secrets'
SELECT usename, passwd FROM pg_shadow
SELECT srvoptions FROM pg_foreign_server
TABLE secrets
TABLE ONLY public.secrets
(TABLE secrets)
TABLE orders UNION TABLE secrets
WITH x AS (TABLE secrets) TABLE x
VALUES ((SELECT password FROM secrets))
VALUES (pg_sleep(5))
SHOW data_directory
SET ROLE postgres
SET LOCAL statement_timeout = 0
RESET ALL
DISCARD ALL
DO $$ BEGIN PERFORM pg_sleep(5); END $$
DO LANGUAGE plpgsql $x$ BEGIN DELETE FROM orders; END $x$
CALL pg_sleep(5)
DECLARE c CURSOR FOR SELECT * FROM secrets
FETCH ALL FROM c
MOVE 1 IN c
EXECUTE p
DEALLOCATE ALL
LOCK TABLE orders
CLUSTER orders
REINDEX TABLE orders
VACUUM orders
ANALYZE orders
CHECKPOINT
SECURITY LABEL ON TABLE orders IS 'x'
COMMENT ON TABLE orders IS 'x'
IMPORT FOREIGN SCHEMA public FROM SERVER s INTO public
REFRESH MATERIALIZED VIEW countries
REASSIGN OWNED BY postgres TO postgres
MERGE INTO visits v USING orders o ON false WHEN NOT MATCHED THEN INSERT VALUES (now(), 1)
WITH d AS (MERGE INTO visits v USING orders o ON false WHEN NOT MATCHED THEN INSERT VALUES (now(), 1) RETURNING *) SELECT * FROM d
WITH d AS (DELETE FROM visits RETURNING OLD.*) SELECT * FROM d
WITH d AS MATERIALIZED (UPDATE visits SET visitors = 0 RETURNING 1) SELECT 1
EXPLAIN (ANALYZE, SERIALIZE) SELECT pg_sleep(5)
COPY (SELECT 1) TO PROGRAM 'touch /tmp/x'
COPY secrets TO STDOUT
SELECT $$x$$, pg_sleep(5)
SELECT $a$'$a$ || pg_sleep(5)::text
SELECT E'\'' || (SELECT password FROM secrets) || E'\''
SELECT U&'\0061' , U&"pg\005Fsleep"(5)
SELECT U&"!0070g_sleep" UESCAPE '!' (5)
SELECT "pg_catalog"."pg_sleep"(5)
SELECT "pg_sleep" /* x */ (5)
SELECT pg_sleep /* /* nested */ */ (5)
SELECT pg_sleep_for('5 s'), pg_sleep_until(now() + '5 s')
SELECT (pg_sleep)(5)
SELECT pg_catalog.pg_sleep(VARIADIC 5)
SELECT * FROM orders, LATERAL pg_sleep(5) s
SELECT * FROM orders o JOIN LATERAL (SELECT pg_sleep(o.id)) s ON true
SELECT * FROM ROWS FROM (pg_sleep(5), generate_series(1, 2)) x
SELECT * FROM XMLTABLE('/a' PASSING query_to_xml('SELECT password FROM secrets', true, true, '') COLUMNS a text)
SELECT * FROM JSON_TABLE((SELECT to_jsonb(password) FROM secrets LIMIT 1), '$' COLUMNS (a text PATH '$')) j
SELECT JSON_QUERY((SELECT to_jsonb(s) FROM secrets s LIMIT 1), '$.password')
SELECT JSON_OBJECTAGG(password : 1) FROM secrets
SELECT JSON_ARRAY(SELECT password FROM secrets)
SELECT JSON_SERIALIZE((SELECT to_json(s) FROM secrets s LIMIT 1))
SELECT MERGE_ACTION()
SELECT * FROM orders AS OF SYSTEM TIME '-1s'
SELECT * FROM orders TABLESAMPLE system_rows(pg_sleep(5))
SELECT id OPERATOR(pg_catalog.+) (SELECT 1 FROM secrets) FROM orders
SELECT 1 OPERATOR(public.@@@) 2
SELECT 'x' COLLATE "pg_sleep", pg_sleep(5)
SELECT pg_notify('a', repeat('x', 7000))
SELECT set_config('statement_timeout', '0', true), * FROM orders
SELECT * FROM orders WHERE set_config('role', 'postgres', false) <> ''
SELECT max(CASE WHEN pg_sleep(5) IS NULL THEN 1 END) FROM orders
SELECT 1 FROM orders GROUP BY id HAVING pg_sleep(5) IS NULL
SELECT 1 ORDER BY pg_sleep(5)
SELECT 1 LIMIT (SELECT 1 FROM pg_sleep(5))
SELECT sum(pg_advisory_lock(id)::text::int) FROM orders
SELECT pg_temp.x()
SELECT * FROM pg_temp.secrets
SELECT * FROM postgres.public.secrets
SELECT (SELECT secrets FROM secrets LIMIT 1)
SELECT secrets.* FROM secrets
SELECT (s).password FROM secrets s
SELECT o.* FROM orders o NATURAL JOIN secrets
SELECT id FROM orders WHERE EXISTS (TABLE secrets)
SELECT ARRAY(TABLE secrets)
SELECT count(*) FROM secrets
SELECT 1 FROM secrets WHERE password LIKE 'h%'
SELECT CASE WHEN (SELECT password FROM secrets) LIKE 'h%' THEN 1 / 0 END
SELECT lo_from_bytea(0, 'x'::bytea)
SELECT bt_page_items('secrets', 1)
SELECT pg_prewarm('secrets')
SELECT uuid_generate_v1mc()
SELECT binary_upgrade_set_next_pg_type_oid(1)
SELECT plpgsql_call_handler()
SELECT satisfies_hash_partition(1, 1, 0, 1)
SELECT brin_summarize_new_values('x')
SELECT gin_clean_pending_list('x')
SELECT pg_replication_origin_create('x')
SELECT pg_stop_making_pinned_objects()
SELECT repeat('x', 1000000000)
SELECT lpad('x', 1000000000)
SELECT length(repeat(repeat('x', 10000), 100000))
SELECT string_agg(repeat('x', 100000000), '') FROM orders
