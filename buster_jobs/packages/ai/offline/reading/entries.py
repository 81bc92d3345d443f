"""A phrase that names a part of the catalog, and how well words of a question match it."""

from dataclasses import dataclass

from buster_jobs.packages.ai.offline.reading.readings import Reading, Val
from buster_jobs.packages.ai.schema.words import singular, stem, word_set

_CUT = word_set("of in for at from to by on when where that which with per")


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase for a reading. A span may leave out words except `head`; with `whole` it must have every word."""

    reading: Reading
    words: tuple[str, ...]
    head: str
    weight: float = 1.0
    whole: bool = False


def score(words: tuple[str, ...], entry: Entry) -> float:
    """How well the words of a span name the entry, up to 1."""
    # The spelling of the name itself wins over another number (singular or plural) of the noun.
    spelled = 0.03 if words == entry.words and not isinstance(entry.reading, Val) else 0.0
    joined = "".join(words)
    if max(len(words), len(entry.words)) > 1 and singular(joined) == singular("".join(entry.words)):
        return entry.weight + spelled
    if len(entry.words) == 1 and len(words) > 1:
        known = entry.words[0]
        close = len(words) == 2 and len(known) > len(singular(words[0])) + 1 and joined.startswith(known)
        return entry.weight * 0.85 if close else 0.0
    if len(words) > len(entry.words) or (entry.whole and len(words) != len(entry.words)):
        return 0.0
    return _by_word(words, entry, spelled)


def _by_word(words: tuple[str, ...], entry: Entry, spelled: float) -> float:
    left, total, has_head = list(entry.words), 0.0, False
    for word in words:
        best = max(left, key=lambda known: _word_match(word, known), default="")
        quality = _word_match(word, best) if best else 0.0
        # A short abbreviation needs another word beside it: "car" is not "carriage".
        if quality == 0.0 or (quality <= 0.8 and len(entry.words) == 1):
            return 0.0
        has_head = has_head or best == entry.head
        left.remove(best)
        total += quality
    coverage = len(words) / len(entry.words)
    return entry.weight * (total / len(words)) * (0.55 + 0.45 * coverage) + spelled if has_head else 0.0


def _word_match(asked: str, known: str) -> float:
    if singular(asked) == singular(known):
        return 1.0
    verb = asked.endswith(("ed", "ing")) or known.endswith(("ed", "ing"))
    if stem(asked) == stem(known) and len(stem(asked)) >= (3 if verb else 4):
        return 0.9
    if len(known) >= 3 and len(asked) >= 5 and len(asked) - len(known) >= 2 and asked.startswith(known):
        return 0.85 if len(known) >= 4 else 0.8
    return 0.0


def last(words: tuple[str, ...]) -> str:
    """The last word, empty where there is none."""
    return words[len(words) - 1] if words else ""


def cut(words: tuple[str, ...]) -> tuple[str, ...]:
    """A noun phrase without what follows a preposition: "date" of "date of birth"."""
    for index, word in enumerate(words):
        if word in _CUT:
            return words[:index]
    return words
