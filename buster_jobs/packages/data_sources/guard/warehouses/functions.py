"""The functions that the four warehouses have under these names: they compute, and neither read, write, wait nor tell.

An engine's own are in its module. Left out on purpose: what reads files, stages and URLs, runs SQL from text, calls
models or other servers, changes sequences, and tells of the server and its users.
"""

_AGGREGATES = """
    any_value approx_count_distinct approx_percentile array_agg avg bit_and bit_or bit_xor bool_and bool_or corr count
    count_if countif covar_pop covar_samp grouping listagg max max_by median min min_by mode percentile_cont
    percentile_disc ratio_to_report regr_intercept regr_r2 regr_slope stddev stddev_pop stddev_samp string_agg sum
    var_pop var_samp variance
"""
_WINDOWS = "cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number"
_MATH = """
    abs acos asin atan atan2 cbrt ceil ceiling cos cot degrees div exp floor greatest least ln log log10 mod pi pow
    power radians rand random round sign sin sqrt square tan trunc truncate width_bucket
"""
_TEXT = """
    ascii char char_length character_length charindex chr concat concat_ws contains editdistance endswith format hex
    initcap left len length levenshtein lower lpad ltrim md5 nullifzero octet_length position regexp_count
    regexp_extract regexp_extract_all regexp_instr regexp_like regexp_replace regexp_substr repeat replace reverse right
    rpad rtrim sha1 sha2 sha256 sha512 split split_part starts_with startswith strpos substr substring to_char
    to_varchar translate trim upper zeroifnull
"""
_DATES = """
    add_months age convert_timezone current_date current_datetime current_time current_timestamp date date_add
    date_diff date_from_parts date_part date_sub date_trunc dateadd datediff datefromparts datename datepart
    datetime datetime_add datetime_diff datetime_sub datetime_trunc datetrunc day dayname dayofmonth dayofweek
    dayofyear eomonth extract format_date format_datetime format_timestamp from_unixtime getdate hour last_day
    makedate minute month monthname months_between next_day now parse_date parse_datetime parse_timestamp quarter
    second sysdate sysdatetime time time_slice timestamp timestamp_add timestamp_diff timestamp_micros
    timestamp_millis timestamp_seconds timestamp_sub timestamp_trunc to_date to_time to_timestamp to_timestamp_ntz
    to_timestamp_tz trunc unix_date unix_millis unix_seconds week weekofyear year
"""
_JSON = """
    array_construct array_contains array_length array_reverse array_size array_to_string check_json get_path
    is_valid_json isjson json_array_length json_extract json_extract_array json_extract_path_text
    json_extract_scalar json_query json_query_array json_type json_value object_construct object_keys parse_json
    to_json to_json_string to_variant try_parse_json typeof
"""
_REST = """
    cast coalesce decode iff ifnull iif isnull nullif nvl nvl2 safe_cast safe_divide to_boolean to_decimal to_double
    to_number to_numeric try_cast try_convert try_to_date try_to_number try_to_timestamp
"""

FUNCTIONS = frozenset(" ".join((_AGGREGATES, _WINDOWS, _MATH, _TEXT, _DATES, _JSON, _REST)).split())
