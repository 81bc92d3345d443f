"""English words, and the words that a name is made of: singulars, stems, parts of an identifier."""

import re
from functools import lru_cache

_IRREGULAR = {
    "people": "person", "children": "child", "men": "man", "women": "woman", "feet": "foot", "data": "data",
    "lives": "life", "wives": "wife", "series": "series", "species": "species", "news": "news", "analyses": "analysis",
    "paid": "pay", "sold": "sell", "bought": "buy", "left": "leave", "made": "make", "sent": "send", "spent": "spend",
    "built": "build", "born": "birth", "indices": "index", "criteria": "criterion", "movies": "movie", "mice": "mouse",
    "cookies": "cookie", "ties": "tie", "pies": "pie", "diagnoses": "diagnosis", "branches": "branch",
}  # fmt: skip
# Each suffix with the least length of the rest, so that unrelated words keep different stems.
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
NAME_PART = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+\d*|[A-Z]+\d*|\d+|[^\W\d_a-zA-Z]+")


# Each question asks thousands of times for singulars and stems of the same words of the catalog.
_REMEMBERED = 16_384


def word_set(text: str) -> frozenset[str]:
    """The words of a text as a set, to write word lists."""
    return frozenset(text.split())


@lru_cache(_REMEMBERED)
def split_name(name: str) -> tuple[str, ...]:
    """`orderItems`, `order_items` and `Order Items` are all ("order", "items")."""
    return tuple(part.lower() for part in NAME_PART.findall(name))


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
