"""Snowflake's rules: lexical rules, sqlglot dialect, and its functions beyond the common ones."""

from typing import ClassVar

from sqlglot.dialects.snowflake import Snowflake

from buster_jobs.packages.data_sources.guard.basic_rules import basic_rules, plain_functions, plain_words
from buster_jobs.packages.data_sources.guard.lexer import LexicalRules
from buster_jobs.packages.data_sources.guard.round_trip import KEYWORD_ARGUMENTS, Parsers
from buster_jobs.packages.data_sources.guard.rules import Rules

# Backslashes escape in strings; $$…$$ has no tags. See the reference, "String & binary data types".
_LEXICAL_RULES = LexicalRules(
    strings="'",
    names={'"': '"'},
    name_mark='"',
    symbols="(),.;:+-*/<>=~!%[]|",
    backslashes=True,
    prefixes=frozenset(),
)
_OWN = """
    array_agg array_compact array_distinct array_flatten array_slice array_sort as_integer as_varchar booland_agg
    boolor_agg conditional_true_event hash_agg haversine object_agg previous_day regexp_substr_all seq4 soundex
    strtok square systimestamp timeadd timediff timestampadd timestampdiff to_array to_object try_to_boolean
    try_to_decimal uniform
"""


class GuardedSnowflake(Snowflake):
    """Snowflake. A function is a name with arguments to sqlglot unless it has a grammar of its own."""

    class Parser(Snowflake.Parser):
        """Reads."""

        FUNCTIONS: ClassVar[Parsers] = {}
        LAMBDAS: ClassVar[Parsers] = KEYWORD_ARGUMENTS
        FUNCTION_PARSERS: ClassVar[Parsers] = plain_functions(Snowflake.Parser)
        NO_PAREN_FUNCTION_PARSERS: ClassVar[Parsers] = plain_words(Snowflake.Parser)


def rules() -> Rules:
    """Names are looked up without regard to case: two that differ by case alone count as one."""
    return basic_rules(GuardedSnowflake, _LEXICAL_RULES, schema="public", reserved="", own=_OWN)
