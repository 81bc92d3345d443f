"""Names as PostgreSQL folds and reserves them."""

import re

from sqlglot import exp

_PLAIN = re.compile(r"[a-z_][a-z0-9_]*")
# Words with a meaning of their own: they are names only in quotes.
_RESERVED_WORDS = """
    all analyse analyze and any array as asc asymmetric authorization between binary both case cast check coalesce
    collate collation column concurrently constraint create cross current_catalog current_date current_role
    current_schema current_time current_timestamp current_user default deferrable desc distinct do else end except
    exists false fetch for foreign freeze from full grant greatest group grouping having ilike in initially inner
    intersect interval into is isnull join lateral leading least left like limit localtime localtimestamp natural
    none not notnull null nullif offset on only operator or order outer overlaps overlay placing position primary
    references returning right row rows select session_user setof similar some substring symmetric system_user table
    tablesample then to trailing treat trim true union unique user using values variadic verbose when where window
    with
"""
_RESERVED = frozenset(_RESERVED_WORDS.split())


def fold(name: str, *, is_quoted: bool) -> str:
    """The name as the server stores it: ASCII letters lowered unless it was quoted."""
    return name if is_quoted else "".join(c.lower() if c.isascii() else c for c in name)


def normalize_names(tree: exp.Expr) -> None:
    """Fold every name in place, and quote only the names that would mean something else without quotes."""
    for name in tree.find_all(exp.Identifier):
        folded = fold(name.name, is_quoted=bool(name.args.get("quoted")))
        name.set("this", folded)
        name.set("quoted", _PLAIN.fullmatch(folded) is None or folded in _RESERVED)
