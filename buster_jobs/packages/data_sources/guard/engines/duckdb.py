"""DuckDB's rules: lexical rules, sqlglot dialect, and the lists of what a query may hold.

Left out of the functions on purpose: those that read or list files (read_csv, glob, parquet_scan), run SQL from text
(query, query_table, json_execute_serialized_sql), read Python's variables, settings, secrets or the environment, or
move sequences.
"""

from typing import Any, ClassVar

from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.generator import Generator
from sqlglot.tokenizer_core import TokenType

from buster_jobs.packages.data_sources.guard.allow_list import COMMON_NODES, COMMON_TYPES, ROOTS, AllowList
from buster_jobs.packages.data_sources.guard.lexer import LexicalRules, write
from buster_jobs.packages.data_sources.guard.refusal import refuse
from buster_jobs.packages.data_sources.guard.round_trip import (
    KEYWORD_ARGUMENTS,
    Parsers,
    arrow,
    binary,
    only,
    postfix,
    word,
)
from buster_jobs.packages.data_sources.guard.rules import Rules

_AGGREGATES = """
    any_value approx_count_distinct approx_quantile approx_top_k arbitrary arg_max arg_max_null arg_max_nulls_last
    arg_min arg_min_null arg_min_nulls_last argmax argmin array_agg avg binom bit_and bit_or bit_xor bitstring_agg
    bool_and bool_or corr count count_if count_star countif covar_pop covar_samp entropy equi_width_bins favg first
    fsum geomean geometric_mean group_concat grouping grouping_id histogram histogram_exact is_histogram_other_bin
    kahan_sum kurtosis kurtosis_pop last list listagg lttb mad max max_by mean median min min_by mode
    percentile_cont percentile_disc product quantile quantile_cont quantile_disc regr_avgx regr_avgy regr_count
    regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy reservoir_quantile sem skewness stddev stddev_pop
    stddev_samp string_agg sum sum_no_overflow sumkahan var_pop var_samp variance wavg weighted_avg
"""
_WINDOWS = """
    cume_dist dense_rank fill first_value lag last_value lead nth_value ntile percent_rank rank rank_dense
    row_number
"""
_MATH = """
    abs acos acosh asin asinh atan atan2 atanh bit_count cbrt ceil ceiling cos cosh cot degrees even exp factorial
    fdiv floor fmod gamma gcd greatest greatest_common_divisor isfinite isinf isnan lcm least least_common_multiple
    lgamma ln log log10 log2 mod nextafter pi pow power radians random round round_even roundbankers sign signbit
    sin sinh sqrt tan tanh trunc xor
"""
_TEXT = """
    array_extract ascii bar base64 bin bit_length bit_position bitstring char_length character_length chr concat
    concat_ws contains damerau_levenshtein decode editdist3 encode ends_with format format_bytes
    formatreadabledecimalsize formatreadablesize from_base64 from_binary from_hex get_bit hamming hash hex instr
    jaccard jaro_similarity jaro_winkler_similarity lcase left left_grapheme len length length_grapheme levenshtein
    like_escape lower lpad ltrim md5 md5_number md5_number_lower md5_number_upper mismatches nfc_normalize
    not_like_escape octet_length ord overlay parse_dirname parse_dirpath parse_filename parse_formatted_bytes
    parse_path pg_size_pretty position prefix printf regexp_escape regexp_extract regexp_extract_all
    regexp_full_match regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table repeat replace
    reverse right right_grapheme rpad rtrim sha1 sha256 split split_part starts_with str_split str_split_regex
    string_split string_split_regex string_to_array strip_accents strlen strpos substr substring substring_grapheme
    suffix to_base to_base64 to_binary to_hex translate trim ucase unbin unhex unicode upper url_decode url_encode
"""
_DATES = """
    age ago century current_date current_localtime current_localtimestamp current_time current_timestamp date
    date_add date_diff date_part date_sub date_trunc datediff datepart datesub datetrunc day dayname dayofmonth
    dayofweek dayofyear days_in_month decade epoch epoch_ms epoch_ns epoch_us era get_current_time
    get_current_timestamp hour isodow isoyear julian last_day make_date make_time make_timestamp make_timestamp_ms
    make_timestamp_ns make_timestamptz microsecond millennium millisecond minute month monthname nanosecond
    normalized_interval now quarter second strftime strptime time_bucket timezone timezone_hour timezone_minute
    to_centuries to_days to_decades to_hours to_microseconds to_millennia to_milliseconds to_minutes to_months
    to_quarters to_seconds to_timestamp to_weeks to_years today transaction_timestamp try_strptime week weekday
    weekofyear year yearweek
"""
_JSON = """
    array_to_json from_json from_json_strict json json_array json_array_length json_contains json_deep_merge
    json_exists json_extract json_extract_path json_extract_path_text json_extract_string json_group_array
    json_group_object json_group_structure json_insert json_keys json_merge_patch json_object json_pretty json_quote
    json_remove json_replace json_set json_strip_nulls json_structure json_transform json_transform_strict json_type
    json_valid json_value row_to_json to_json
"""
_NESTED = """
    aggregate apply array_aggr array_aggregate array_append array_apply array_cat array_concat array_contains
    array_cosine_distance array_cosine_similarity array_cross_product array_distance array_distinct
    array_dot_product array_filter array_grade_up array_has array_has_all array_has_any array_indexof
    array_inner_product array_intersect array_length array_negative_dot_product array_negative_inner_product
    array_pop_back array_pop_front array_position array_prepend array_push_back array_push_front array_reduce
    array_resize array_reverse array_reverse_sort array_select array_slice array_sort array_to_string
    array_transform array_unique array_value array_where array_zip cardinality element_at enum_code enum_first
    enum_last enum_range filter flatten generate_series generate_subscripts grade_up len list_aggr list_aggregate
    list_any_value list_append list_apply list_approx_count_distinct list_avg list_bit_and list_bit_or list_bit_xor
    list_bool_and list_bool_or list_cat list_concat list_contains list_cosine_distance list_cosine_similarity
    list_count list_distance list_distinct list_dot_product list_element list_entropy list_extract list_filter
    list_first list_grade_up list_has list_has_all list_has_any list_histogram list_indexof list_inner_product
    list_intersect list_kurtosis list_kurtosis_pop list_last list_mad list_max list_median list_min list_mode
    list_negative_dot_product list_negative_inner_product list_pack list_position list_prepend list_product
    list_reduce list_resize list_reverse list_reverse_sort list_select list_sem list_skewness list_slice list_sort
    list_stddev_pop list_stddev_samp list_string_agg list_sum list_transform list_unique list_value list_var_pop
    list_var_samp list_where list_zip map map_concat map_contains map_contains_entry map_contains_value map_entries
    map_extract map_extract_value map_from_entries map_keys map_values range reduce row struct_concat
    struct_contains struct_extract struct_extract_at struct_has struct_indexof struct_insert struct_keys struct_pack
    struct_position struct_update struct_values union_extract union_tag union_value unnest
"""
_REST = """
    add cast coalesce columns divide gen_random_uuid if ifnull multiply nullif subtract try try_cast typeof uuid
    uuid_extract_timestamp uuid_extract_version uuidv4 uuidv7
"""

FUNCTIONS = frozenset(" ".join((_AGGREGATES, _WINDOWS, _MATH, _TEXT, _DATES, _JSON, _NESTED, _REST)).split())
TABLES = frozenset({"generate_series", "range", "unnest", "json_each", "json_tree"})

# sqlglot leaves its tables of parsers without types.
_UNTYPED: Any = DuckDB.Parser
_OWN_GRAMMAR = ("CAST", "EXTRACT", "OVERLAY", "POSITION", "SUBSTRING", "TRIM", "TRY_CAST")


class GuardedDuckDB(DuckDB):
    """DuckDB. A function is anonymous to sqlglot unless it has a grammar of its own."""

    class Parser(DuckDB.Parser):
        """Reads."""

        FUNCTIONS: ClassVar[Parsers] = {}
        LAMBDAS: ClassVar[Parsers] = KEYWORD_ARGUMENTS
        # `list(id)[1]` is an element of what list() gives, not a list that is written out.
        ARRAY_CONSTRUCTORS: ClassVar = {"ARRAY": exp.Array}
        FUNCTION_PARSERS: ClassVar[Parsers] = only(_UNTYPED.FUNCTION_PARSERS, _OWN_GRAMMAR)
        NO_PAREN_FUNCTION_PARSERS: ClassVar[Parsers] = only(_UNTYPED.NO_PAREN_FUNCTION_PARSERS, ("ANY", "CASE", "MAP"))
        NO_PAREN_FUNCTIONS: ClassVar[Parsers] = {
            TokenType.CURRENT_DATE: exp.CurrentDate,
            TokenType.CURRENT_TIME: exp.CurrentTime,
            TokenType.CURRENT_TIMESTAMP: exp.CurrentTimestamp,
        }
        COLUMN_OPERATORS: ClassVar[Parsers] = {
            **_UNTYPED.COLUMN_OPERATORS,
            TokenType.ARROW: arrow(exp.JSONExtract),
            TokenType.DARROW: arrow(exp.JSONExtractScalar),
        }

    class Generator(DuckDB.Generator):
        """Writes."""

        MULTI_ARG_DISTINCT = True
        TRANSFORMS: ClassVar = {
            **DuckDB.Generator.TRANSFORMS,
            exp.Pow: binary("**"),
            exp.IntDiv: binary("//"),
            exp.BitwiseXor: binary("^"),
            exp.RegexpLike: binary("~"),
            exp.WithinGroup: Generator.withingroup_sql,
            exp.JSONExtract: binary("->"),
            exp.JSONExtractScalar: binary("->>"),
            exp.IgnoreNulls: postfix("IGNORE NULLS"),
            exp.RespectNulls: postfix("RESPECT NULLS"),
            exp.CurrentDate: word("CURRENT_DATE"),
            exp.CurrentTime: word("CURRENT_TIME"),
            exp.CurrentTimestamp: word("CURRENT_TIMESTAMP"),
        }


_LEXICAL_RULES = LexicalRules(
    strings="'",
    names={'"': '"'},
    name_mark='"',
    symbols="()[]{},.;:+-*/<>=~!@%^&|",
    escape_prefixes=frozenset({"e"}),
    nested_comments=True,
    dollar_strings=True,
    hex_numbers=True,
    grouped_numbers=True,
)
_NODES = COMMON_NODES | {
    exp.Lateral, exp.Unnest, exp.Qualify, exp.Pow, exp.IntDiv, exp.BitwiseXor, exp.ILike, exp.SimilarTo,
    exp.RegexpFullMatch, exp.StartsWith, exp.Interval, exp.Extract, exp.Substring, exp.StrPosition, exp.Trim,
    exp.TryCast, exp.Any, exp.All, exp.Array, exp.Bracket, exp.Slice, exp.Struct, exp.PropertyEQ, exp.ToMap, exp.Map,
    exp.Lambda, exp.Kwarg, exp.Filter, exp.WithinGroup, exp.IgnoreNulls, exp.RespectNulls, exp.GroupingSets, exp.Rollup,
    exp.Cube, exp.AtTimeZone, exp.ArrayContainsAll, exp.ArrayContainedBy, exp.ArrayOverlaps, exp.TableSample,
    exp.Pivot, exp.Comprehension, exp.RegexpLike, exp.Glob, exp.Overlay, exp.LimitOptions, exp.ColumnDef, exp.Dot,
    exp.UnpivotColumns,
}  # fmt: skip
_D = exp.DType
_TYPES = COMMON_TYPES | {
    _D.ARRAY, _D.BIT, _D.INT128, _D.INTERVAL, _D.LIST, _D.MAP, _D.STRUCT, _D.TIMESTAMPTZ, _D.TIMESTAMPNTZ,
    _D.TIMESTAMP_MS, _D.TIMESTAMP_NS, _D.TIMESTAMP_S, _D.TIMETZ, _D.UBIGINT, _D.UINT, _D.USMALLINT, _D.UTINYINT,
    _D.UUID, _D.VARBINARY,
}  # fmt: skip


def _check(node: exp.Expr) -> None:
    """For a PIVOT that does not list its values DuckDB creates a type, which a read-only file cannot take."""
    is_statement = isinstance(node, exp.Pivot) and not node.args.get("fields") and not node.args.get("unpivot")
    if is_statement and not all(isinstance(column, exp.In) for column in node.expressions):
        refuse("PIVOT must name its values: PIVOT … ON column IN ('a', 'b') USING ….")


def rules() -> Rules:
    """Names are looked up without regard to case."""
    allowed = AllowList(
        nodes=frozenset(_NODES),
        functions=FUNCTIONS,
        tables=TABLES,
        types=_TYPES,
        also=_check,
        roots=(*ROOTS, exp.Pivot),
    )
    return Rules(
        dialect=GuardedDuckDB,
        read=_LEXICAL_RULES.read,
        write=write,
        check_syntax=allowed.check,
        prepare_names=lambda _tree: None,
        fold=str.casefold,
        default_schema="main",
        reserved_prefix="duckdb_",
        query_words=("select", "with", "values", "from", "pivot", "unpivot"),
    )
