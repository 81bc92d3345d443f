"""Rules for an engine that needs only lexical rules, a sqlglot dialect and a list of its own functions.

The functions here are those that Snowflake, BigQuery, Redshift and SQL Server have under these names. Left out on
purpose: those that read files, stages and URLs, run SQL from text, call models or other servers, change sequences, or
tell about the server and its users.
"""

from typing import Any

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect

from buster_jobs.packages.data_sources.guard.allow_list import COMMON_NODES, COMMON_TYPES, AllowList
from buster_jobs.packages.data_sources.guard.lexer import LexicalRules, write
from buster_jobs.packages.data_sources.guard.refusal import refuse
from buster_jobs.packages.data_sources.guard.round_trip import Parsers, only
from buster_jobs.packages.data_sources.guard.rules import Rules

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

_OWN_GRAMMAR = ("CAST", "EXTRACT", "LISTAGG", "POSITION", "SUBSTRING", "TRIM", "TRY_CAST", "SAFE_CAST")
_NODES = COMMON_NODES | {
    exp.Lateral, exp.Qualify, exp.ILike, exp.SimilarTo, exp.RegexpLike, exp.Interval, exp.Extract, exp.Substring,
    exp.StrPosition, exp.Trim, exp.TryCast, exp.Any, exp.All, exp.Filter, exp.WithinGroup, exp.IgnoreNulls,
    exp.RespectNulls, exp.GroupingSets, exp.Rollup, exp.Cube, exp.AtTimeZone, exp.Fetch, exp.LimitOptions,
    exp.GroupConcat, exp.CurrentDatetime, exp.BitwiseXor, exp.IntDiv,
}  # fmt: skip
_D = exp.DType
_TYPES = COMMON_TYPES | {
    _D.BIGDECIMAL, _D.BIT, _D.DATETIME2, _D.INTERVAL, _D.MONEY, _D.NCHAR, _D.NVARCHAR, _D.TIMESTAMPLTZ, _D.TIMESTAMPNTZ,
    _D.TIMESTAMPTZ, _D.TIMETZ, _D.UUID, _D.VARIANT, _D.VARBINARY,
}  # fmt: skip


def _check(node: exp.Expr) -> None:
    # This moves a sequence in Snowflake, although it looks like a column.
    if isinstance(node, exp.Column) and node.table and node.name.lower() in ("nextval", "currval"):
        refuse("Sequences may not be moved.")


def plain_functions(parser: Any) -> Parsers:
    """sqlglot's parsers of functions with a grammar of their own. Other functions are read as names with arguments."""
    return only(parser.FUNCTION_PARSERS, _OWN_GRAMMAR)


def plain_words(parser: Any) -> Parsers:
    """sqlglot's parsers of the words that begin an expression: ANY and CASE."""
    return only(parser.NO_PAREN_FUNCTION_PARSERS, ("ANY", "CASE"))


def basic_rules(dialect: type[Dialect], lexical_rules: LexicalRules, schema: str, reserved: str, own: str) -> Rules:
    """The rules of one engine. `own` are its functions beside the common ones, separated by spaces.

    `schema` is where a table without a schema is looked for first; names of WITH may not begin with `reserved`.
    """
    allowed = AllowList(
        nodes=frozenset(_NODES), functions=FUNCTIONS | set(own.split()), tables=frozenset(), types=_TYPES, also=_check
    )
    return Rules(
        dialect=dialect,
        read=lexical_rules.read,
        write=write,
        check_syntax=allowed.check,
        prepare_names=lambda _tree: None,
        fold=str.casefold,
        default_schema=schema,
        reserved_prefix=reserved,
        query_words=("select", "with"),
    )
