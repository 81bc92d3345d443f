"""What MySQL and MariaDB must not be asked, beside the common attacks."""

# ruff: noqa: E501, one query a line is easier to read than wrapped ones

FUNCTIONS = [
    "sleep(5)", "benchmark(1000000000, md5('a'))", "get_lock('a', 10)", "release_lock('a')", "release_all_locks()", "is_free_lock('a')", "is_used_lock('a')", "master_pos_wait('x', 1)",
    "load_file('/etc/passwd')", "connection_id()", "current_user()", "session_user()", "system_user()", "schema()", "database()", "user()", "version()", "last_insert_id(5)", "row_count()", "found_rows()",
    "nextval(s)", "lastval(s)", "setval(s, 1)", "sys_exec('id')", "sys_eval('id')", "lib_mysqludf_sys_info()", "extractvalue(1, concat(0x7e, user()))", "updatexml(1, concat(0x7e, user()), 1)", "uuid_short()",
    "name_const('a', 1)", "wsrep_last_seen_gtid()", "json_table('[]', '$')", "validate_password_strength('x')", "des_decrypt('x')", "aes_decrypt('x', 'y')", "decode_histogram('x', 'y')", "column_get(1, 'x' as char)", "shop.f(1)",
]  # fmt: skip
ATTACKS = [
    *(f"SELECT {call}" for call in FUNCTIONS),
    "SELECT 1 INTO OUTFILE '/tmp/x'", "SELECT 1 INTO DUMPFILE '/tmp/x'", "SELECT 1 INTO @a", "SELECT * FROM orders LOCK IN SHARE MODE", "SELECT SQL_CALC_FOUND_ROWS id FROM orders", "SELECT @a := 1",
    "SELECT @@global.read_only", "SELECT @@secure_file_priv", "SELECT * FROM mysql.user", "SELECT * FROM information_schema.processlist", "SELECT * FROM performance_schema.threads", "SELECT * FROM sys.version",
    "SET GLOBAL general_log = 1", "SET PASSWORD = 'x'", "LOAD DATA INFILE '/etc/passwd' INTO TABLE visits", "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE visits", "BEGIN NOT ATOMIC DELETE FROM visits; END",
    "INSTALL SONAME 'x'", "CREATE FUNCTION f RETURNS INT SONAME 'x'", "CREATE USER x", "SELECT 1 -- \n; DELETE FROM orders", "SELECT 1 # \n; DELETE FROM orders", "SELECT _latin1'x'", "SELECT _binary 'x'", "SELECT {d '2020-01-01'}",
    "SELECT /*!sleep(5)*/", "SELECT 1 /*!50000 UNION SELECT password FROM secrets */", "SELECT /*!50000 1 INTO OUTFILE '/tmp/x' */", "SELECT \"a\\\" , sleep(5), \\\"\", sleep(5)", "SELECT 'a\\\\' , sleep(5)", "SELECT 1 FROM dual WHERE sleep(5)",
    "SELECT * FROM orders PARTITION (p0)", "SELECT id FROM orders USE INDEX (x)", "SELECT * FROM orders FOR SYSTEM_TIME ALL", "ANALYZE FORMAT=JSON SELECT 1",
    "SELECT CONVERT(password USING utf8) FROM secrets", "SELECT 1 PROCEDURE ANALYSE(extractvalue(1, 1))", "XA START 'a'", "PURGE BINARY LOGS BEFORE '2030-01-01'", "CHANGE MASTER TO MASTER_HOST = 'x'", "SHUTDOWN", "REPAIR TABLE visits",
]  # fmt: skip
