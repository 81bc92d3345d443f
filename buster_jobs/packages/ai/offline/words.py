"""Words of English questions and of names: tokens, singulars, stems, number words. No catalog, no grammar."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_IRREGULAR = {
    "people": "person", "children": "child", "men": "man", "women": "woman", "feet": "foot", "data": "data",
    "lives": "life", "wives": "wife", "series": "series", "species": "species", "news": "news", "analyses": "analysis",
    "paid": "pay", "sold": "sell", "bought": "buy", "left": "leave", "made": "make", "sent": "send", "spent": "spend",
    "built": "build", "born": "birth", "indices": "index", "criteria": "criterion", "movies": "movie", "mice": "mouse",
    "cookies": "cookie", "ties": "tie", "pies": "pie", "diagnoses": "diagnosis", "branches": "branch",
}  # fmt: skip
_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
# Suffix and the least length of what must stay, so that unrelated words do not fall together.
_SUFFIXES = (
    ("ation", 5),
    ("ition", 5),
    ("ion", 5),
    ("ure", 5),
    ("al", 5),
    ("ing", 3),
    ("ed", 3),
    ("er", 8),
    ("or", 8),
    ("y", 5),
)
_TOKEN = re.compile(
    r"\"(?P<double>[^\"]+)\"|(?:(?<=\s)|^)'(?P<single>[^']+)'(?=\W|$)"
    r"|(?P<date>\d{4}-\d{1,2}(?:-\d{1,2})?)(?![\d-])"
    r"|(?P<number>-?\d+(?:,\d{3})+(?:\.\d+)?|(?<![\w.])-?\d+(?:\.\d+)?)(?![\w])"
    r"|(?P<word>[^\W_]+(?:[-&./'\u2019][^\W_]+)*)|(?P<mark>[%<>=]+|[,;:!$\u20ac\u00a3])"
)
_SIZED = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<unit>k|h|hrs?|mins?|secs?|ms|kg|g|km|cm|mm|miles?|lbs?|am|pm)")
_CAMEL = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+\d*|[A-Z]+\d*|\d+|[^\W\d_a-zA-Z]+")


# Each question asks for the singulars and stems of a catalog's words anew, thousands of times.
_REMEMBERED = 16_384


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
        return self.text.lower()

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()


def word_set(text: str) -> frozenset[str]:
    """The words of a text, for tables of words."""
    return frozenset(text.split())


def split_name(name: str) -> tuple[str, ...]:
    """`orderItems`, `order_items` and `Order Items` are all ("order", "items")."""
    return tuple(part.lower() for part in _CAMEL.findall(name))


@lru_cache(_REMEMBERED)
def singular(word: str) -> str:
    """The singular of an English noun, in lower case; words that are not plural stay as they are."""
    word = word.lower()
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes", "zzes", "tuses", "buses", "nuses")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(_REMEMBERED)
def stem(word: str) -> str:
    """What the forms of a word share: cancelled, cancels and cancellation are all "cancel"."""
    word = singular(word)
    for suffix, least in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= least:
            word = word[: -len(suffix)]
            break
    if word.endswith("ment") and 8 <= len(word) <= 9:
        word = word[:-4]
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeious":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def tokenize(question: str) -> tuple[Token, ...]:
    """The tokens of a question. "weren't" becomes "were" and "not"; a possessive 's is dropped."""
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
        return [Token(m.group(), start + m.start(), start + m.end()) for m in _CAMEL.finditer(text)]
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
