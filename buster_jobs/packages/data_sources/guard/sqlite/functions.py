"""The functions of SQLite that a query may call. The authorizer holds to the same list, so layer (b) knows it too.

Left out on purpose: load_extension, fts3_tokenizer, randomblob and zeroblob (memory), what tells of the library or of
writes (sqlite_version, changes, last_insert_rowid), and every function of PRAGMA.
"""

_AGGREGATES = "avg count group_concat json_group_array json_group_object max min string_agg sum total"
_WINDOWS = "cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number"
_MATH = """
    abs acos acosh asin asinh atan atan2 atanh ceil ceiling cos cosh degrees exp floor ln log log10 log2 mod pi
    pow power radians random round sign sin sinh sqrt tan tanh trunc
"""
_TEXT = """
    char concat concat_ws format glob hex instr length like lower ltrim octet_length printf quote replace rtrim
    soundex substr substring trim unhex unicode upper
"""
_DATES = "date datetime julianday strftime time timediff unixepoch"
_JSON = """
    json json_array json_array_length json_extract json_insert json_object json_patch json_quote json_remove
    json_replace json_set json_type json_valid
"""
_REST = "coalesce ifnull iif likelihood likely nullif typeof unlikely match cast"

FUNCTIONS = frozenset(" ".join((_AGGREGATES, _WINDOWS, _MATH, _TEXT, _DATES, _JSON, _REST)).split())
TABLES = frozenset({"json_each", "json_tree"})
# What SQL's own words are called within SQLite: CURRENT_DATE, and the operators -> and ->>.
IMPLIED = frozenset({"current_date", "current_time", "current_timestamp", "->", "->>"})
