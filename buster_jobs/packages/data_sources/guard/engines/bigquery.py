"""BigQuery's rules: lexical rules, sqlglot dialect, and its functions beyond the common ones."""

from typing import ClassVar

from sqlglot.dialects.bigquery import BigQuery

from buster_jobs.packages.data_sources.guard.basic_rules import basic_rules, plain_functions, plain_words
from buster_jobs.packages.data_sources.guard.lexer import LexicalRules
from buster_jobs.packages.data_sources.guard.round_trip import KEYWORD_ARGUMENTS, Parsers
from buster_jobs.packages.data_sources.guard.rules import Rules

# Backslashes escape; a doubled quote would begin a string of three. See the reference, "Lexical structure and syntax".
_LEXICAL_RULES = LexicalRules(
    strings="'\"",
    names={"`": "`"},
    name_mark="`",
    symbols="(),.;+-*/<>=~!%^&|[]",
    backslashes=True,
    prefixes=frozenset(),
    hash_comments=True,
    refused_in_strings=("''", '""'),
)
_OWN = """
    approx_quantiles approx_top_count array array_concat array_first array_last date_from_unix_date farm_fingerprint
    format generate_array generate_date_array ieee_divide if int64 is_inf is_nan json_array json_object
    justify_days justify_hours logical_and logical_or normalize parse_numeric range_bucket safe_add safe_multiply
    safe_subtract soundex to_base64 to_hex unnest
"""


class GuardedBigQuery(BigQuery):
    """BigQuery. A function is a name with arguments to sqlglot unless it has a grammar of its own."""

    class Parser(BigQuery.Parser):
        """Reads."""

        FUNCTIONS: ClassVar[Parsers] = {}
        LAMBDAS: ClassVar[Parsers] = KEYWORD_ARGUMENTS
        FUNCTION_PARSERS: ClassVar[Parsers] = plain_functions(BigQuery.Parser)
        NO_PAREN_FUNCTION_PARSERS: ClassVar[Parsers] = plain_words(BigQuery.Parser)


def rules() -> Rules:
    """Names are looked up without regard to case: two that differ by case alone count as one."""
    return basic_rules(GuardedBigQuery, _LEXICAL_RULES, schema="", reserved="", own=_OWN)
