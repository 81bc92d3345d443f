"""Unknown words of a question read as known ones: synonyms, and typing errors.

A word with two possible readings stays unknown, so that the question is declined.
"""

from dataclasses import replace
from difflib import get_close_matches

from buster_jobs.packages.ai.offline.reading import english
from buster_jobs.packages.ai.offline.reading.lexicon import Lexicon
from buster_jobs.packages.ai.offline.reading.readings import Item
from buster_jobs.packages.ai.offline.reading.thesaurus import synonyms
from buster_jobs.packages.ai.offline.reading.times import BUCKETS, MONTHS, WEEKDAYS
from buster_jobs.packages.ai.offline.reading.tokens import Token
from buster_jobs.packages.ai.schema.words import singular, stem

_SHORTEST = 5
_NEAR = 0.87
_OPERATORS = (
    frozenset(word for phrase in (*english.AGGREGATES, *english.COMPARISONS, *english.PER) for word in phrase)
    | frozenset(BUCKETS) | frozenset(MONTHS) | frozenset(WEEKDAYS) | english.DISTINCT
    | frozenset({"between", "highest", "lowest", "cheapest", "latest", "oldest", "newest", "which", "today"})
)  # fmt: skip


def respell(tokens: tuple[Token, ...], items: list[Item], lexicon: Lexicon) -> tuple[tuple[Token, ...], list[str]]:
    """The tokens with unknown ones replaced, and a remark on each replacement."""
    changed, notes = list(tokens), list[str]()
    for item in items:
        if item.readings or item.end - item.start > 1:
            continue
        token = tokens[item.start]
        meant = None if token.quoted or not token.low.isalpha() else _meant(token.low, lexicon)
        if meant is not None:
            changed[item.start] = replace(token, text=meant)
            notes.append(f"I read “{token.text}” as “{meant}”.")
    return tuple(changed), notes


def _form(words: list[str], asked: str) -> str:
    """The form of a word that fits the one it replaces: a participle for a participle."""
    told = asked.endswith("ed") or (asked != stem(asked) and not asked.endswith("s"))
    return max(words, key=lambda word: (word.endswith("ed") == told, -len(word)))


def _meant(word: str, lexicon: Lexicon) -> str | None:
    vocabulary = lexicon.vocabulary()
    same = {other: vocabulary[other] for other in synonyms(word) if other in vocabulary}
    named = {other: words for other, words in same.items() if other in lexicon.table_stems()}
    same = named if len(named) == 1 else same
    if same:
        return _form(next(iter(same.values())), word) if len(same) == 1 else None
    if len(word) < _SHORTEST:
        return None
    # The first letter is rarely wrong.
    known = [
        other
        for other in sorted({*(known for words in vocabulary.values() for known in words), *_OPERATORS})
        if other[0] == word[0]
    ]
    near = get_close_matches(word, known, n=5, cutoff=_NEAR)
    near += [other for other in get_close_matches(singular(word), known, n=5, cutoff=_NEAR) if other not in near]
    return near[0] if len({stem(other) for other in near}) == 1 else None
