"""How large and how deep a query may be, so that reading a hostile one costs little and cannot crash the parser."""

import re

from buster_jobs.packages.data_sources.guard.refusal import refuse

LONGEST = 50_000
MOST_WORDS = 10_000
DEEPEST = 40

_STRING = re.compile(r"'(?:[^']|'')*+'|\"(?:[^\"]|\"\")*+\"")
_WORD_OR_SIGN = re.compile(r"\w+|[^\w\s]")


def check_length(sql: str) -> None:
    """Refuse a text that is too long, before anything looks at it."""
    if len(sql) > LONGEST:
        refuse(f"The query is longer than {LONGEST:,} characters.")
    if not sql.strip():
        refuse("The query is empty.")


def check_depth(canonical: str) -> None:
    """Refuse a query that is nested too deeply. Takes the canonical text, in which every string is closed."""
    bare = _STRING.sub("''", canonical)
    words = _WORD_OR_SIGN.findall(bare)
    if len(words) > MOST_WORDS:
        refuse(f"The query has more than {MOST_WORDS:,} words and signs.")
    depth = 0
    for word in words:
        if word in "([" or word.lower() == "case":
            depth += 1
        elif word in ")]" or word.lower() == "end":
            depth -= 1
        if depth > DEEPEST:
            refuse(f"The query is nested more than {DEEPEST} deep.")
