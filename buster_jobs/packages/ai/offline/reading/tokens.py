"""Tokens of a question: words, numbers, dates and quotations, and numbers that are written in words."""

import re
from dataclasses import dataclass
from decimal import Decimal

from buster_jobs.packages.ai.schema.words import NAME_PART

_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_TOKEN = re.compile(
    r"\"(?P<double>[^\"]+)\"|(?:(?<=\s)|^)'(?P<single>[^']+)'(?=\W|$)"
    r"|(?P<date>\d{4}-\d{1,2}(?:-\d{1,2})?)(?![\d-])"
    r"|(?P<number>-?\d+(?:,\d{3})+(?:\.\d+)?|(?<![\w.])-?\d+(?:\.\d+)?)(?![\w])"
    r"|(?P<word>[^\W_]+(?:[-&./'\u2019][^\W_]+)*)|(?P<mark>[%<>=]+|[,;:!$\u20ac\u00a3])"
)
_SIZED = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<unit>k|h|hrs?|mins?|secs?|ms|kg|g|km|cm|mm|miles?|lbs?|am|pm)")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number, date or quotation. `start` and `end` are offsets in the question."""

    text: str
    start: int
    end: int
    quoted: bool = False
    number: Decimal | None = None
    date: bool = False

    @property
    def low(self) -> str:
        """The text in lower case."""
        return self.text.lower()

    @property
    def capital(self) -> bool:
        """Whether the text begins with a capital."""
        return self.text[:1].isupper()


def tokenize(question: str) -> tuple[Token, ...]:
    """The tokens of a question. "weren't" becomes "were" and "not"; a possessive 's is left out."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(question):
        start, end = match.span()
        kind = match.lastgroup or ""
        if kind in ("double", "single"):
            tokens.append(Token(match.group(kind), start, end, quoted=True))
        elif kind == "number":
            tokens.append(Token(match.group(), start, end, number=Decimal(match.group().replace(",", ""))))
        elif kind == "date":
            tokens.append(Token(match.group(), start, end, date=True))
        else:
            tokens.extend(_words(match.group(), start))
    return tuple(tokens)


def _words(text: str, start: int) -> list[Token]:
    plain = text.replace("\u2019", "'")
    end = start + len(text)
    if sized := _SIZED.fullmatch(plain.lower()):
        return _sized(sized, start, end)
    if plain.lower().endswith("n't"):
        head = {"can't": "can", "won't": "will"}.get(plain.lower(), plain[:-3])
        return [Token(head, start, end - 3), Token("not", end - 3, end)]
    if plain.lower().endswith("'s"):
        return [Token(plain[:-2], start, end - 2)]
    if re.fullmatch(r"[a-z]+[A-Z]\w*", text) or re.fullmatch(r"(?:[A-Z][a-z]+){2,}", text):
        return [Token(m.group(), start + m.start(), start + m.end()) for m in NAME_PART.finditer(text)]
    if "-" in plain and plain.replace("-", "").isalpha():
        parts = [(m.group(), m.start(), m.end()) for m in re.finditer(r"[^-]+", plain)]
        return [Token(part, start + low, start + high) for part, low, high in parts]
    return [Token(plain, start, end)]


def _sized(sized: re.Match[str], start: int, end: int) -> list[Token]:
    """ "120k" is a number, "90min" a number with its unit."""
    number, unit = Decimal(sized["number"]), sized["unit"]
    if unit == "k":
        return [Token(sized.group(), start, end, number=number * 1_000)]
    at = start + sized.end("number")
    return [Token(sized["number"], start, at, number=number), Token(unit, at, end)]


def number_at(tokens: tuple[Token, ...], index: int) -> tuple[Decimal, int] | None:
    """The number that starts at `index` in digits or words, and how many tokens it takes."""
    first = tokens[index]
    total, group, used = Decimal(0), None, 0
    for token in tokens[index:]:
        low = token.low
        if token.number is not None and not used:
            group = token.number
        elif low in _UNITS and not token.quoted and (group is None or (group % 10 == 0 and _UNITS[low] < 10 and used)):
            group = (group or Decimal(0)) + _UNITS[low]
        elif low in _SCALES and group is not None:
            group *= _SCALES[low]
            total, group = (total + group, Decimal(0)) if _SCALES[low] >= 1_000 else (total, group)
        else:
            break
        used += 1
    if group is None or first.quoted:
        return None
    return total + group, used
