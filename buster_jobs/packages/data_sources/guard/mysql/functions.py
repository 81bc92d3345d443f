"""The functions of MySQL and MariaDB that a query may call: they compute, and neither read, write, wait nor tell.

Left out on purpose: what waits or locks (sleep, benchmark, get_lock, master_pos_wait), reads files (load_file), tells
of the server (version, user, database, connection_id), changes sequences or ids, calls loaded libraries.
"""

_AGGREGATES = """
    avg bit_and bit_or bit_xor count json_arrayagg json_objectagg max median min percentile_cont percentile_disc
    std stddev stddev_pop stddev_samp sum var_pop var_samp variance any_value grouping
"""
_WINDOWS = "cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number"
_MATH = """
    abs acos asin atan atan2 ceil ceiling conv cos cot crc32 degrees exp floor ln log log10 log2 mod pi pow
    power radians rand round sign sin sqrt tan truncate greatest least bit_count
"""
_TEXT = """
    ascii bin bit_length char char_length character_length concat concat_ws elt export_set field find_in_set
    format from_base64 hex insert instr lcase left length locate lower lpad ltrim make_set md5 mid oct
    octet_length ord quote regexp_instr regexp_replace regexp_substr regexp_like repeat replace reverse right
    rpad rtrim sha sha1 sha2 soundex space strcmp substr substring substring_index to_base64 trim ucase unhex
    upper
"""
_DATES = """
    adddate addtime curdate current_date current_time current_timestamp curtime date date_add date_format
    date_sub datediff day dayname dayofmonth dayofweek dayofyear extract from_days from_unixtime hour last_day
    localtime localtimestamp makedate maketime microsecond minute month monthname now period_add period_diff
    quarter sec_to_time second str_to_date subdate subtime sysdate time time_format time_to_sec timediff
    timestamp timestampadd timestampdiff to_days to_seconds unix_timestamp utc_date utc_time utc_timestamp week
    weekday weekofyear year yearweek convert_tz
"""
_JSON = """
    json_array json_contains json_contains_path json_depth json_exists json_extract json_keys json_length
    json_merge json_merge_patch json_merge_preserve json_object json_overlaps json_pretty json_query json_quote
    json_search json_set json_type json_unquote json_valid json_value json_insert json_remove json_replace
    json_array_append
"""
_REST = "coalesce if ifnull isnull nullif interval cast convert inet_aton inet_ntoa is_ipv4 is_ipv6 uuid"

FUNCTIONS = frozenset(" ".join((_AGGREGATES, _WINDOWS, _MATH, _TEXT, _DATES, _JSON, _REST)).split())
