"""Redshift's rules: lexical rules, sqlglot dialect, and its functions beyond the common ones."""

from typing import ClassVar

from sqlglot.dialects.redshift import Redshift

from buster_jobs.packages.data_sources.guard.basic_rules import basic_rules, plain_functions, plain_words
from buster_jobs.packages.data_sources.guard.lexer import LexicalRules
from buster_jobs.packages.data_sources.guard.round_trip import KEYWORD_ARGUMENTS, Parsers
from buster_jobs.packages.data_sources.guard.rules import Rules

# Whether a backslash escapes depends on the server, so that none may be in a string.
_LEXICAL_RULES = LexicalRules(
    strings="'",
    names={'"': '"'},
    name_mark='"',
    symbols="(),.;:+-*/<>=~!%^&|",
    prefixes=frozenset(),
    refused_in_strings=("\\",),
)
_OWN = """
    approximate bpcharcmp btrim cot crc32 date_cmp date_part_year dexp dlog1 dlog10 func_sha1 json_parse json_serialize
    json_typeof interval_cmp quote_ident quote_literal strtol timezone to_hex
"""


class GuardedRedshift(Redshift):
    """Redshift. A function is a name with arguments to sqlglot unless it has a grammar of its own."""

    class Parser(Redshift.Parser):
        """Reads."""

        FUNCTIONS: ClassVar[Parsers] = {}
        LAMBDAS: ClassVar[Parsers] = KEYWORD_ARGUMENTS
        FUNCTION_PARSERS: ClassVar[Parsers] = plain_functions(Redshift.Parser)
        NO_PAREN_FUNCTION_PARSERS: ClassVar[Parsers] = plain_words(Redshift.Parser)


def rules() -> Rules:
    """Names are looked up without regard to case: two that differ by case alone count as one."""
    return basic_rules(GuardedRedshift, _LEXICAL_RULES, schema="public", reserved="pg_", own=_OWN)
