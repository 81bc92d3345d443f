"""Questions that continue the one before: "and for June?", "by country", "how many of them …", "list them"."""

from dataclasses import replace
from itertools import pairwise

from buster_jobs.packages.ai.offline.meaning.draft import Draft, WantFilter, WantMeasure, WantTime
from buster_jobs.packages.ai.offline.reading.readings import Agg, Cmp, Item, Mark, Tab
from buster_jobs.packages.ai.offline.reading.tokens import Token
from buster_jobs.packages.data_sources.catalog import Table

_OPENINGS = (
    ("what", "about"), ("how", "about"), ("and", "what", "about"), ("and", "how", "about"), ("same", "for"),
    ("the", "same", "for"), ("same",), ("and", "only"), ("and", "just"), ("only",), ("just",), ("and", "now"),
    ("now",), ("and",), ("but",), ("or",), ("also",), ("then",), ("ok",), ("okay",),
)  # fmt: skip
_ENDINGS = frozenset({"that", "those", "these", "it", "them", "they", "ones"})
_PRONOUNS = frozenset({"them", "they"})
_POINTERS = frozenset({"those", "these", "that", "it"})
_NEXT = frozenset({"by", "per"})


def without_opening(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens without opening words such as "what about", and without the pronouns "one" and "ones"."""
    low = tuple(token.low for token in tokens)
    for opening in sorted(_OPENINGS, key=len, reverse=True):
        if low[: len(opening)] == opening:
            return without_opening(tokens[len(opening) :])
    kept = [token for token in tokens if token.low not in ("ones", "one") or token.quoted]
    return tuple(kept)


def continues(tokens: tuple[Token, ...]) -> bool:
    """Whether words of the question show that it continues another: "and", "them", "which one"."""
    low = [token.low for token in tokens]
    opened = any(tuple(low[: len(opening)]) == opening for opening in _OPENINGS)
    pointed = any(word in _POINTERS and after in _NEXT for word, after in pairwise(low))
    one = any(pair in (("which", "one"), ("which", "ones")) for pair in pairwise(low))
    return opened or pointed or one or bool(set(low) & _PRONOUNS) or (len(low) > 1 and low[-1] in _ENDINGS)


def is_fragment(items: tuple[Item, ...]) -> bool:
    """Whether a question without meaning of its own may continue another: it names nothing to count or compute."""
    kinds = {type(reading) for item in items for reading, _ in item.readings[:1]}
    marks = {r.kind for item in items for r, _ in item.readings[:1] if isinstance(r, Mark)}
    return not kinds & {Agg, Cmp} and not (marks & {"ask"}) and (Tab not in kinds or "per" in marks)


def go_on(draft: Draft, context: Draft) -> None:
    """Complete the draft of a fragment from the question before. Parts of the fragment replace those before."""
    counted = [m for m in draft.measures if m.want is None and m.table is None]
    entity = _entity(context)
    if counted and entity is not None:
        draft.measures = [replace(m, table=entity) if m in counted else m for m in draft.measures]
    if not draft.measures and draft.listing and not draft.tables and not draft.groups and entity is not None:
        draft.tables, draft.entity = [entity], entity
    else:
        _measures(draft, context)
    _conditions(draft, context)


def _entity(context: Draft) -> Table | None:
    counted = next((m.table for m in context.measures if m.table), None)
    return counted or context.entity or next(iter(context.tables), None)


def _measures(draft: Draft, context: Draft) -> None:
    shown = [want for want in draft.shown if want.column.type in ("integer", "number")]
    if not draft.measures and shown and context.measures and all(m.want for m in context.measures):
        # "same for duration": another column with the same aggregate.
        draft.measures = [WantMeasure(m.aggregate, want) for m in context.measures for want in shown]
        draft.shown = [want for want in draft.shown if want not in shown]
    if not draft.measures and draft.row_column is None:
        draft.measures, draft.share, draft.having = list(context.measures), context.share, context.having
        draft.share_times, draft.outer = list(context.share_times), context.outer
        draft.tables = list(dict.fromkeys((*context.tables, *draft.tables)))
        draft.entity, draft.asked, draft.row_column = context.entity, context.asked, context.row_column
        draft.listing, draft.shown = context.listing, [*context.shown, *draft.shown]
    if not draft.groups:
        draft.groups = list(context.groups)
        draft.rank = draft.rank or context.rank
        draft.judge = context.judge if draft.judge is None else draft.judge


def _conditions(draft: Draft, context: Draft) -> None:
    own = {_subject(condition) for condition in draft.filters}
    shared = set(context.share or ())
    kept = [c for c in context.filters if _subject(c) not in own]
    if shared and draft.share is context.share:
        replaced = [c for c in draft.filters if _subject(c) in {_subject(s) for s in shared}]
        if replaced:
            draft.share, draft.filters = replaced, [c for c in draft.filters if c not in replaced]
    draft.filters = [*kept, *draft.filters]
    draft.times = [_same_year(time, context.times) for time in draft.times] or list(context.times)
    draft.related = [*context.related, *draft.related]
    draft.periods = draft.periods or list(context.periods)


def _same_year(time: WantTime, earlier: list[WantTime]) -> WantTime:
    """The times with the year of the question before: "and in June?" after a question about May 2024."""
    years = {one.moment.start.year for one in earlier if one.moment.start.year}
    if not time.moment.yearless or len(years) != 1:
        return time
    year = years.pop()
    moment = time.moment
    end = replace(moment.end, year=year) if moment.end else None
    return replace(time, moment=replace(moment, start=replace(moment.start, year=year), end=end))


def _subject(condition: WantFilter) -> object:
    return condition.want.table.schema, condition.want.table.name, condition.want.column.name, condition.want.via
