"""What SQLite must not be asked, beside the common attacks."""

# ruff: noqa: E501, one query a line is easier to read than wrapped ones

FUNCTIONS = [
    "load_extension('x')", "load_extension('x', 'y')", "fts3_tokenizer('simple')", "fts3_tokenizer('simple', x'00')", "randomblob(1000000000)", "zeroblob(1000000000)", "sqlite_version()", "sqlite_source_id()",
    "sqlite_compileoption_get(1)", "sqlite_compileoption_used('x')", "changes()", "total_changes()", "last_insert_rowid()", "readfile('/etc/passwd')", "writefile('/tmp/x', 'x')", "edit('x')", "sqlite_offset(id)", "sqlite_log(1, 'x')",
    "highlight(orders, 0, '', '')", "rtreecheck('x')", "geopoly_json('x')", "lsmode('x')", "sha3_query('SELECT 1')", "eval('SELECT 1')", "subtype('x')",
]  # fmt: skip
ATTACKS = [
    *(f"SELECT {call}" for call in FUNCTIONS),
    # Nothing interrupts SQLite while it counts.
    "SELECT printf('%.*c', 100000000, 'x')", "SELECT format('%.100000000c', 'x')", "SELECT printf('%.' || '*c', 100000000, 'x')", "SELECT PRINTF(char(37, 46, 42, 99), 100000000, 'x')", "SELECT printf('%-1000000000d', 1)",
    "ATTACH '/tmp/x.db' AS x", "ATTACH DATABASE ':memory:' AS x", "DETACH main", "VACUUM INTO '/tmp/x.db'", "VACUUM main INTO '/tmp/x.db'", "PRAGMA table_info(orders)", "PRAGMA writable_schema = ON", "PRAGMA query_only = OFF",
    "SELECT * FROM pragma_table_info('orders')", "SELECT * FROM pragma_database_list", "SELECT * FROM pragma_database_list()", "SELECT * FROM sqlite_master", "SELECT * FROM sqlite_schema", "SELECT * FROM main.sqlite_master",
    "SELECT * FROM temp.sqlite_master", "SELECT * FROM sqlite_temp_schema", "SELECT * FROM sqlite_sequence", "SELECT * FROM sqlite_stat1", "SELECT * FROM dbstat", "SELECT * FROM sqlite_stmt", "SELECT * FROM fsdir('/')",
    "WITH sqlite_master AS (SELECT 1) SELECT * FROM sqlite_master", "SELECT * FROM generate_series(1, 1000000000)", "SELECT * FROM \"secrets\"", "SELECT * FROM [secrets]", "SELECT * FROM `secrets`", "SELECT * FROM SECRETS",
    "SELECT id FROM orders WHERE id IN secrets", "SELECT id FROM orders WHERE id IN main.secrets", "SELECT id FROM orders WHERE id IN json_each('[1]')", "CREATE VIRTUAL TABLE x USING fts5(a)", "CREATE TRIGGER t AFTER INSERT ON visits BEGIN SELECT 1; END",
    "EXPLAIN QUERY PLAN SELECT * FROM secrets", "RELEASE x", "END", "INSERT INTO visits SELECT * FROM visits RETURNING *", "REPLACE INTO visits VALUES (1, 1)", "SELECT * FROM orders NOT INDEXED, secrets", "SELECT ?1, :a, @b, $c",
]  # fmt: skip
