"""What a column's comment says: its noun phrase, its unit, the meaning of null, signs and codes."""

import re
from dataclasses import dataclass

from buster_jobs.packages.ai.schema.words import split_name, word_set
from buster_jobs.packages.data_sources.catalog import Column

_ARTICLES = re.compile(r"^(?:the|a|an|this|each|every|its|total number of|number of|count of)\s+", re.IGNORECASE)
_UNIT = re.compile(
    r"\b(?:in|measured in)\s+(?:whole\s+)?(?P<unit>[a-z%$\u20ac]+)(?:\s+(?P<more>[a-z]+))?\s*$", re.IGNORECASE
)
_BRACKET_UNIT = re.compile(r"\((?:in\s+)?(?P<unit>[a-z%$\u20ac]+)\)", re.IGNORECASE)
_CLAUSE = re.compile(
    r"\b(?P<what>null|empty|missing|negative|positive|zero|true|false|0|1)\s*"
    r"(?:values?\s+)?(?:means?|when|if|while|for|until|unless|indicates?|=|:)\s*"
    r"(?:that\s+)?(?:when\s+|if\s+)?(?P<clause>[^.;,()]+)",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"^(?:when|date (?:when|on which)|time (?:when|at which))\b.*?\b(?P<verb>[a-z]{3,}ed)\b", re.IGNORECASE
)
_ALSO = re.compile(
    r"\b(?:also (?:called|known as|named|referred to as)|a\.?k\.?a\.?|synonyms?:?)\s+(?P<names>[^.;:()\n]+)",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"['\"]?\b(?P<code>[A-Za-z0-9_+-]{1,12})['\"]?\s*(?:=|:|means|for|\u2192|->)\s*"
    r"(?P<label>[A-Za-z][A-Za-z /-]{1,40}?)"
    r"(?=\s*(?:[,;.)]|$|\bor\b|\band\b))",
)
UNIT_SUFFIXES = {
    "min": "minutes", "mins": "minutes", "minutes": "minutes", "sec": "seconds", "secs": "seconds",
    "seconds": "seconds", "ms": "milliseconds", "hr": "hours", "hrs": "hours", "hours": "hours", "days": "days",
    "km": "km", "kg": "kg", "cm": "cm", "mm": "mm", "mg": "mg", "g": "grams", "grams": "grams", "lbs": "pounds",
    "lb": "pounds", "ft": "feet", "miles": "miles", "usd": "dollars", "eur": "euros", "gbp": "gbp", "cents": "cents",
    "pct": "percent", "percent": "percent", "mph": "mph",
}  # fmt: skip
# A column with exactly this name holds a duration.
LENGTHS = frozenset({"milliseconds", "seconds", "minutes", "hours"})
_BE = frozenset({"is", "was", "were", "are", "been", "has", "had", "got"})
_UNIT_WORDS = word_set(
    """
    second seconds minute minutes hour hours day days week weeks month months year years meter meters metre
    metres kilometer kilometers km mile miles foot feet inch inches cm mm kg kilogram kilograms gram grams
    pound pounds percent degree degrees celsius fahrenheit dollar dollars usd euro euros eur cent cents mph
    knots millibars bytes liters litres gbp mg ml mmhg bpm kb mb gb tons tonnes
    """
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a value means: `words` name it; `test` is null, negative, positive, true, false, 0, 1 or code.

    "not " may precede a test ("not null"). `code` is the value itself, for codes, 0 and 1.
    """

    words: tuple[str, ...]
    test: str
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment, read. `head` is its opening noun phrase in lower-case words, `others` are further names."""

    head: tuple[str, ...] = ()
    unit: str | None = None
    meanings: tuple[Meaning, ...] = ()
    others: tuple[tuple[str, ...], ...] = ()


def read_comment(column: Column) -> Remark:
    """The remark of a column; an empty one when it has no comment."""
    text = (column.comment or "").strip()
    if not text:
        return Remark(unit=_unit_in_name(column))
    head = re.split(r"[.;:,(\n]|\s+-\s+|\s\u2013\s", text, maxsplit=1)[0].strip()
    codes = _codes(text, column)
    # "0 = no, 1 = yes" is a list of codes: each pair is read once.
    clauses = [meaning for meaning in _clauses(text, column) if not codes or meaning.code is None]
    meanings = (*clauses, *codes)
    if _CLAUSE.match(head) or "=" in head:
        return Remark(unit=_unit_in_name(column), meanings=meanings)
    if told := _TOLD.match(head):
        # "When the customer registered" names the time by what happened then.
        return Remark((told["verb"].lower(),), _unit_in_name(column), meanings, other_names(text))
    unit = _unit_of(text, head)
    head = _UNIT.sub("", head) if unit else head
    while _ARTICLES.match(head):
        head = _ARTICLES.sub("", head, count=1)
    return Remark(split_name(head), unit or _unit_in_name(column), meanings, other_names(text))


def _unit_in_name(column: Column) -> str | None:
    words = split_name(column.name)
    if words in {(length,) for length in LENGTHS}:
        return column.name.lower()
    return UNIT_SUFFIXES.get(words[-1]) if len(words) > 1 and column.type in ("integer", "number") else None


def without_unit(column: Column) -> tuple[str, ...]:
    """The words of a column's name, without the unit that it ends in."""
    words = split_name(column.name)
    return words[:-1] if len(words) > 1 and _unit_in_name(column) == UNIT_SUFFIXES.get(words[-1], "") else words


def other_names(comment: str | None) -> tuple[tuple[str, ...], ...]:
    """ "also called revenue or sales", "a.k.a. clients": further names, in lower-case words."""
    match = _ALSO.search(comment or "")
    parts = re.split(r"\s*(?:,|\bor\b|\band\b|/)\s*", match["names"]) if match else []
    names = [split_name(_ARTICLES.sub("", part.strip(" \"'\u201c\u201d"))) for part in parts]
    return tuple(name for name in names if 0 < len(name) <= 3)


def head_phrase(comment: str | None) -> tuple[str, ...]:
    """The noun phrase with which a table's comment opens, in lower-case words."""
    text = re.split(r"[.;:,(\n]|\s+-\s+|\s\u2013\s", (comment or "").strip(), maxsplit=1)[0]
    while _ARTICLES.match(text):
        text = _ARTICLES.sub("", text, count=1)
    return split_name(text)


def _unit_of(text: str, head: str) -> str | None:
    match = _UNIT.search(head)
    if match and match["unit"].lower() in _UNIT_WORDS:
        return f"{match['unit']} {match['more']}" if match["more"] else match["unit"]
    bracket = _BRACKET_UNIT.search(text)
    if bracket and (bracket["unit"].lower() in _UNIT_WORDS or bracket["unit"] in "%$\u20ac"):
        return bracket["unit"]
    return None


def _clauses(text: str, column: Column) -> list[Meaning]:
    found: list[Meaning] = []
    for match in _CLAUSE.finditer(text):
        what, clause = match["what"].lower(), match["clause"].strip()
        words = split_name(clause)
        verb = next((index for index, word in enumerate(words[:-1]) if word in _BE), -1)
        words = words[verb + 1 :]
        # "null when A or B" leaves open which of them: it defines neither.
        if {"or", "either", "and"} & set(words) or len(words) > 8:
            continue
        test = {"empty": "null", "missing": "null", "zero": "0"}.get(what, what)
        if test in ("0", "1") and column.type == "boolean":
            continue
        if "until" in match.group().lower().split() or "unless" in match.group().lower().split():
            test = f"not {test}"
        found.append(Meaning(words, test, test if test in ("0", "1") else None))
    return found


def _codes(text: str, column: Column) -> list[Meaning]:
    if column.type not in ("integer", "text"):
        return []
    rest = text.split(":", 1)[1] if re.match(r"^[^=]{0,40}:", text) and "=" in text else text
    pairs = [(m["code"], m["label"].strip()) for m in _CODE.finditer(rest)]
    reserved = {"null", "empty", "missing", "negative", "positive", "zero", "true", "false", "e", "g", "eg"}
    pairs = [(code, label) for code, label in pairs if code.lower() not in reserved]
    if len(pairs) < 2 or (column.type == "integer" and not all(code.lstrip("+-").isdigit() for code, _ in pairs)):
        return []
    return [Meaning(split_name(label), "code", code) for code, label in pairs]
