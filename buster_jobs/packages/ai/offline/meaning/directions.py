"""Which end of a ranking is meant: the oldest has the least date, the worst delay is the highest."""

from buster_jobs.packages.ai.offline.errors import Misread
from buster_jobs.packages.ai.offline.meaning.draft import Draft, Want
from buster_jobs.packages.ai.offline.reading.english import polarity
from buster_jobs.packages.ai.offline.reading.lexicon import Lexicon
from buster_jobs.packages.ai.offline.reading.readings import Most
from buster_jobs.packages.ai.schema.words import stem


def settle_judgement(draft: Draft, lexicon: Lexicon) -> None:
    """Turn "best" and "worst" into a direction. Raises `Misread` when nothing says whether more is better."""
    if draft.judge is None:
        return
    stems = {stem(word) for word in draft.judge_text.lower().split()}
    want = draft.row_column or (draft.measures[0].want if draft.measures else None)
    if want is not None:
        stems |= lexicon.stems(want.table, want.column)
    better = polarity(frozenset(stems))
    if better is None:
        raise Misread("I cannot tell whether the best is the highest or the lowest; please say which", weight=5)
    if draft.rank is not None:
        draft.rank = (draft.judge == better, draft.rank[1])


def is_of_time(most: Most) -> bool:
    return "age" in most.superlative.dimensions or "date" in most.superlative.inverse


def direction(want: Want, most: Most, lexicon: Lexicon) -> bool:
    """Whether the greatest values come first. The oldest has the least date, the newest the greatest."""
    down, timed = most.superlative.descending, want.column.type in ("date", "timestamp")
    if "date" in most.superlative.inverse:
        return False
    stems = lexicon.stems(want.table, want.column)
    turned = bool(stems & most.superlative.inverse) or (timed and "age" in most.superlative.dimensions)
    return down != turned
