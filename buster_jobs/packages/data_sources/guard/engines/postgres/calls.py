"""Which functions a PostgreSQL query may call, however they are written.

Left out of the functions on purpose: those that run SQL from text (query_to_xml, ts_stat, ts_rewrite), read or write
files and large objects, change settings or sequences, wait, lock, notify, reach other sessions or servers, or describe
the server.
"""

from sqlglot import exp

from buster_jobs.packages.data_sources.guard.engines.postgres.names import fold
from buster_jobs.packages.data_sources.guard.refusal import quoted, refuse
from buster_jobs.packages.data_sources.guard.sizes import check_size

_AGGREGATES = """
    any_value array_agg avg bit_and bit_or bit_xor bool_and bool_or corr count covar_pop covar_samp every grouping
    json_agg json_object_agg jsonb_agg jsonb_object_agg json_agg_strict jsonb_agg_strict json_object_agg_strict
    jsonb_object_agg_strict json_object_agg_unique jsonb_object_agg_unique max min mode percentile_cont percentile_disc
    range_agg range_intersect_agg regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy
    regr_syy stddev stddev_pop stddev_samp string_agg sum var_pop var_samp variance
"""
_WINDOWS = "cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number"
_MATH = """
    abs acos acosd acosh asin asind asinh atan atan2 atan2d atand atanh cbrt ceil ceiling cos cosd cosh cot cotd degrees
    div erf erfc exp factorial floor gamma gcd greatest lcm least lgamma ln log log10 min_scale mod pi pow power radians
    random random_normal round scale sign sin sind sinh sqrt tan tand tanh trim_scale trunc width_bucket
"""
_TEXT = """
    ascii bit_count bit_length btrim casefold char_length character_length chr concat concat_ws convert_from convert_to
    crc32 crc32c decode encode format get_bit get_byte initcap left length lower lpad ltrim md5 normalize octet_length
    overlay parse_ident position quote_ident quote_literal quote_nullable regexp_count regexp_instr regexp_like
    regexp_match regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table regexp_substr repeat replace
    reverse right rpad rtrim set_bit set_byte sha224 sha256 sha384 sha512 split_part starts_with string_to_array
    string_to_table strpos substr substring to_ascii to_bin to_hex to_oct translate trim unistr upper
"""
_TEXT_SEARCH = """
    array_to_tsvector numnode phraseto_tsquery plainto_tsquery querytree setweight strip to_tsquery to_tsvector
    ts_delete ts_filter ts_headline ts_rank ts_rank_cd tsquery_phrase tsvector_to_array websearch_to_tsquery
"""
_DATES = """
    age clock_timestamp current_time current_timestamp
    date date_add date_bin date_part date_subtract date_trunc isfinite justify_days justify_hours
    justify_interval make_date make_interval make_time make_timestamp make_timestamptz localtime localtimestamp
    now statement_timestamp timeofday
    timezone to_char to_date to_number to_timestamp transaction_timestamp
"""
_JSON = """
    array_to_json json_array_elements json_array_elements_text json_array_length json_build_array json_build_object
    json_each json_each_text json_exists json_extract_path json_extract_path_text json_object json_object_keys
    json_query json_scalar json_strip_nulls json_to_record json_to_recordset json_typeof json_value
    jsonb_array_elements jsonb_array_elements_text jsonb_array_length jsonb_build_array jsonb_build_object
    jsonb_each jsonb_each_text jsonb_extract_path jsonb_extract_path_text jsonb_insert jsonb_object
    jsonb_object_keys jsonb_path_exists jsonb_path_exists_tz jsonb_path_match jsonb_path_match_tz jsonb_path_query
    jsonb_path_query_array jsonb_path_query_array_tz jsonb_path_query_first jsonb_path_query_first_tz
    jsonb_path_query_tz jsonb_pretty jsonb_set jsonb_set_lax jsonb_strip_nulls jsonb_to_record jsonb_to_recordset
    jsonb_typeof row_to_json to_json to_jsonb
"""
_ARRAYS = """
    array array_append array_cat array_dims array_fill array_length array_lower array_ndims array_position
    array_positions array_prepend array_remove array_replace array_reverse array_sample array_shuffle array_sort
    array_to_string array_upper cardinality generate_series generate_subscripts row trim_array unnest
"""
_RANGES = """
    datemultirange daterange int4multirange int4range int8multirange int8range isempty lower_inc lower_inf multirange
    nummultirange numrange range_merge tsmultirange tsrange tstzmultirange tstzrange upper_inc upper_inf
"""
_REST = """
    abbrev area box broadcast center circle coalesce diameter enum_first enum_last enum_range family gen_random_uuid
    height host hostmask inet_merge inet_same_family masklen netmask network nullif num_nonnulls num_nulls overlaps
    path pg_column_size pg_size_pretty pg_typeof point polygon radius uuid_extract_timestamp uuid_extract_version uuidv4
    uuidv7 width xpath xpath_exists all some
"""
# The constructors of types, callable like functions.
_TYPES = "bool float4 float8 int2 int4 int8 interval numeric text time timestamp timestamptz varchar bpchar"

FUNCTIONS = frozenset(
    " ".join(
        (_AGGREGATES, _WINDOWS, _MATH, _TEXT, _TEXT_SEARCH, _DATES, _JSON, _ARRAYS, _RANGES, _REST, _TYPES)
    ).split()
)


def check_call(node: exp.Anonymous) -> None:
    """Refuse a function outside the list, or from another schema than pg_catalog."""
    name = function_name(node)
    schema = _schema(node)
    if schema not in ("", "pg_catalog"):
        refuse(f"The function {quoted(schema)}.{quoted(name)} is not one of the database's own.")
    if name not in FUNCTIONS:
        refuse(f"The function {quoted(name)} is not allowed.")
    check_size(name, node)


def function_name(node: exp.Anonymous) -> str:
    """The function's name as the server stores it."""
    called = node.this
    if isinstance(called, exp.Identifier):
        return fold(called.name, is_quoted=bool(called.args.get("quoted")))
    return fold(str(called), is_quoted=False)


def _schema(node: exp.Anonymous) -> str:
    parent = node.parent
    if isinstance(parent, exp.Dot) and parent.expression is node:
        return parent.this.sql(dialect="postgres")
    if isinstance(parent, exp.Table) and parent.this is node:
        return ".".join(part.name for part in (parent.args.get("catalog"), parent.args.get("db")) if part)
    return ""
