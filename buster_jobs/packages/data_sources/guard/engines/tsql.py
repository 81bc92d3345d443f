"""SQL Server's rules: lexical rules, sqlglot dialect, and its functions beyond the common ones."""

from typing import ClassVar

from sqlglot.dialects.tsql import TSQL

from buster_jobs.packages.data_sources.guard.basic_rules import basic_rules, plain_functions, plain_words
from buster_jobs.packages.data_sources.guard.lexer import LexicalRules
from buster_jobs.packages.data_sources.guard.round_trip import KEYWORD_ARGUMENTS, Parsers
from buster_jobs.packages.data_sources.guard.rules import Rules

# Names in brackets or double quotes, as the adapter sets QUOTED_IDENTIFIER; a backslash is a character.
_LEXICAL_RULES = LexicalRules(
    strings="'",
    names={'"': '"', "[": "]"},
    name_mark='"',
    symbols="(),.;+-*/<>=~!%^&|",
    prefixes=frozenset({"n"}),
    nested_comments=True,
)
_OWN = """
    atn2 checksum_agg choose count_big datetime2fromparts datetimefromparts datetimeoffsetfromparts day difference
    isdate isnumeric json_array json_object nchar newid patindex quotename replicate rtrim soundex space stdev stdevp
    str stuff switchoffset sysdatetimeoffset sysutcdatetime getutcdate timefromparts todatetimeoffset try_parse unicode
    var varp
"""


class GuardedTSQL(TSQL):
    """SQL Server. A function is a name with arguments to sqlglot unless it has a grammar of its own."""

    class Parser(TSQL.Parser):
        """Reads."""

        FUNCTIONS: ClassVar[Parsers] = {}
        LAMBDAS: ClassVar[Parsers] = KEYWORD_ARGUMENTS
        FUNCTION_PARSERS: ClassVar[Parsers] = plain_functions(TSQL.Parser)
        NO_PAREN_FUNCTION_PARSERS: ClassVar[Parsers] = plain_words(TSQL.Parser)


def rules() -> Rules:
    """Names are looked up without regard to case: two that differ by case alone count as one."""
    return basic_rules(GuardedTSQL, _LEXICAL_RULES, schema="dbo", reserved="sys", own=_OWN)
