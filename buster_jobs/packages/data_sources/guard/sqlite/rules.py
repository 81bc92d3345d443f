"""SQLite's rules, put together."""

import re

from sqlglot import exp

from buster_jobs.packages.data_sources.guard.allow_list import COMMON_NODES, COMMON_TYPES, AllowList
from buster_jobs.packages.data_sources.guard.lexer import LexicalRules, write
from buster_jobs.packages.data_sources.guard.refusal import refuse
from buster_jobs.packages.data_sources.guard.rules import PlainText, Rules
from buster_jobs.packages.data_sources.guard.sqlite.dialect import GuardedSQLite
from buster_jobs.packages.data_sources.guard.sqlite.functions import FUNCTIONS, TABLES

_LEXICAL_RULES = LexicalRules(
    strings="'",
    names={'"': '"', "`": "`", "[": "]"},
    name_mark='"',
    symbols="(),.;+-*/<>=~!%&|",
    hex_numbers=True,
)
_NODES = COMMON_NODES | {exp.Glob, exp.Filter}
_TYPES = COMMON_TYPES | {exp.DType.VARBINARY, exp.DType.BLOB}


# Nothing interrupts SQLite within one call of a function, and it counts to the width even when the text is too long.
_FORMATS = ("printf", "format")
_CALL = re.compile(rf"\b(?:{'|'.join(_FORMATS)})\b", re.IGNORECASE)
_WIDE = re.compile(r"%[^A-Za-z%]*(?:\*|\d{6})")


def _read(sql: str) -> PlainText:
    text = _LEXICAL_RULES.read(sql)
    if _CALL.search(text.sql) and any(_WIDE.search(literal) for literal in text.literals):
        refuse("A width or precision of PRINTF must be a number below 100000.")
    return text


def _check(node: exp.Expr) -> None:
    if isinstance(node, exp.Anonymous) and node.name.lower() in _FORMATS:
        first = node.expressions[0] if node.expressions else None
        if not (isinstance(first, exp.Literal) and first.is_string):
            refuse("The format of PRINTF must be written as a string.")


def rules() -> Rules:
    """Names are looked up without regard to case."""
    allowed = AllowList(nodes=frozenset(_NODES), functions=FUNCTIONS, tables=TABLES, types=_TYPES, also=_check)
    return Rules(
        dialect=GuardedSQLite,
        read=_read,
        write=write,
        check_syntax=allowed.check,
        prepare_names=lambda _tree: None,
        fold=str.casefold,
        default_schema="main",
        reserved_prefix="sqlite_",
    )
