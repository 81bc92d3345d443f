"""Layer (a): from the query that a model or a person wrote to the one that is executed, or a refusal."""

import re

from sqlglot import exp
from sqlglot.errors import ErrorLevel, SqlglotError

from buster_jobs.packages.data_sources.catalog import Catalog
from buster_jobs.packages.data_sources.guard.hidden_columns import hide_columns
from buster_jobs.packages.data_sources.guard.refusal import quoted, refuse
from buster_jobs.packages.data_sources.guard.rules import PlainText, Rules, rules_of
from buster_jobs.packages.data_sources.guard.tables import resolve_tables

_LONGEST = 50_000
_MOST_WORDS = 10_000
_DEEPEST = 40

_STRING = re.compile(r"'(?:[^']|'')*+'|\"(?:[^\"]|\"\")*+\"")
_WORD_OR_SIGN = re.compile(r"\w+|[^\w\s]")
_FIRST_WORD = re.compile(r"[\s(]*(\w+)")


def guard_query(sql: str, catalog: Catalog, dialect: str = "postgres") -> str:
    """The query to execute: one statement that only reads tables of `catalog`, written anew without comments.

    Raises `QueryRefused` with its reason; `UnknownTable` when a table is not in the catalog. Fails closed.
    """
    rules = rules_of(dialect)
    _check_length(sql)
    try:
        text = rules.read(sql)
        tree = _checked(text, catalog, rules)
        written = _stable(_write(tree, text, rules), catalog, rules)
        if hide_columns(tree, catalog, rules):
            rules.prepare_names(tree)
            written = _stable(_write(tree, text, rules), catalog, rules)
    except RecursionError:
        refuse("The query is nested too deeply.")
    return written


def _stable(written: str, catalog: Catalog, rules: Rules) -> str:
    """Refuse a query that reads differently once written: sqlglot has changed it on its way."""
    text = rules.read(written)
    if _write(_checked(text, catalog, rules), text, rules) != written:
        refuse("The query could not be written back as it was read: write it more simply.")
    return written


def _checked(text: PlainText, catalog: Catalog, rules: Rules) -> exp.Expr:
    tree = _parse(text.sql, rules)
    rules.check_syntax(tree, catalog)
    rules.prepare_names(tree)
    resolve_tables(tree, catalog, rules)
    return tree


def _write(tree: exp.Expr, text: PlainText, rules: Rules) -> str:
    try:
        # By default sqlglot leaves out what it cannot write in the engine's SQL: the query would say less.
        sql = tree.sql(
            dialect=rules.dialect, comments=False, normalize_functions=False, unsupported_level=ErrorLevel.RAISE
        )
    except SqlglotError as error:
        refuse(f"The query could not be written back: {_first_line(error)}.")
    return rules.write(sql, text.literals)


def _parse(text: str, rules: Rules) -> exp.Expr:
    _check_depth(text)
    first = _FIRST_WORD.match(text)
    if first is not None and first.group(1).lower() not in rules.query_words:
        # Refused here, by its own name: sqlglot reads some commands as columns with an alias.
        refuse(f"Only queries are allowed (SELECT, WITH … SELECT, VALUES), not {quoted(first.group(1).upper())}.")
    try:
        statements = rules.dialect().parse(text)
    except SqlglotError as error:
        refuse(f"The query could not be read: {_first_line(error)}.")
    if len(statements) != 1 or statements[0] is None:
        refuse("Exactly one statement is allowed.")
    return statements[0]


def _first_line(error: SqlglotError) -> str:
    return quoted(str(error).partition("\n")[0].rstrip("."))


def _check_length(sql: str) -> None:
    """Refuse a text that is too long, before anything looks at it."""
    if len(sql) > _LONGEST:
        refuse(f"The query is longer than {_LONGEST:,} characters.")
    if not sql.strip():
        refuse("The query is empty.")


def _check_depth(canonical: str) -> None:
    """Refuse a query that is nested too deeply. Takes the canonical text, in which every string is closed."""
    bare = _STRING.sub("''", canonical)
    words = _WORD_OR_SIGN.findall(bare)
    if len(words) > _MOST_WORDS:
        refuse(f"The query has more than {_MOST_WORDS:,} words and signs.")
    depth = 0
    for word in words:
        if word in "([" or word.lower() == "case":
            depth += 1
        elif word in ")]" or word.lower() == "end":
            depth -= 1
        if depth > _DEEPEST:
            refuse(f"The query is nested more than {_DEEPEST} deep.")
