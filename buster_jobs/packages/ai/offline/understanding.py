"""From a question, and those before it, to the plans that it can mean. Looks up values in the data source."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from buster_jobs.packages.ai.offline.errors import Declined, Misread
from buster_jobs.packages.ai.offline.meaning.draft import Draft
from buster_jobs.packages.ai.offline.meaning.follow_ups import continues, is_fragment, without_opening
from buster_jobs.packages.ai.offline.meaning.interpreter import interpret
from buster_jobs.packages.ai.offline.plans.dropped_tables import without_dropped
from buster_jobs.packages.ai.offline.plans.grounding import ground
from buster_jobs.packages.ai.offline.plans.plan import Plan
from buster_jobs.packages.ai.offline.reading.assignments import Scored, assignments
from buster_jobs.packages.ai.offline.reading.genders import gender_notes
from buster_jobs.packages.ai.offline.reading.lexicon import Lexicon
from buster_jobs.packages.ai.offline.reading.linker import Linker
from buster_jobs.packages.ai.offline.reading.money_spent import as_sum, money_spent_on
from buster_jobs.packages.ai.offline.reading.name_entries import ANY_PERSON
from buster_jobs.packages.ai.offline.reading.new_rows import without_new
from buster_jobs.packages.ai.offline.reading.readings import Glue, Item
from buster_jobs.packages.ai.offline.reading.refusals import intent_reason, order_reason, unknown_reason
from buster_jobs.packages.ai.offline.reading.respelling import respell
from buster_jobs.packages.ai.offline.reading.tokens import Token, tokenize
from buster_jobs.packages.ai.offline.reading.value_lookup import ValueFinder
from buster_jobs.packages.ai.schema.known_values import KnownValues
from buster_jobs.packages.data_sources.catalog import Catalog
from buster_jobs.packages.data_sources.source import DataSource

_MAX_TOKENS = 60
_EQUAL = 0.02
# The most by which an answered reading may score below the best failed one. Right answers of the gold sets are at most
# 0.22 below; from 0.3 on, a word of the question has been dropped.
_LOSS = 0.3
_REMEMBERED = 6


@dataclass(frozen=True, slots=True)
class Understood:
    """The best plans, all equally good, the drafts that they came from, and remarks on how words were read."""

    plans: list[Plan]
    drafts: list[Draft]
    notes: list[str]


@dataclass(slots=True)
class _Tried:
    """The plans and the failures of all assignments of one question, each with its score."""

    scored: list[tuple[float, Draft, Plan]] = field(default_factory=list[tuple[float, Draft, Plan]])
    failures: list[tuple[float, Misread]] = field(default_factory=list[tuple[float, Misread]])

    def best(self) -> list[tuple[float, Draft, Plan]]:
        """The best plans. Raises `Declined` when all readings failed, or when a failed one fits much better."""
        top = max((score for score, _, _ in self.scored), default=0.0)
        better = [
            (score, failed) for score, failed in self.failures if score > top + (_EQUAL if failed.final else _LOSS)
        ]
        if not self.scored:
            raise Declined(self._reason())
        if better:
            raise Declined(max(better, key=lambda pair: (pair[1].final, pair[0], pair[1].weight))[1].message)
        return [kept for kept in self.scored if kept[0] >= top - _EQUAL]

    def _reason(self) -> str:
        final = [(score, failed) for score, failed in self.failures if failed.final]
        if final:
            return max(final, key=lambda pair: pair[0])[1].message
        worst = max(self.failures, key=lambda pair: pair[1].weight, default=(0.0, Misread("I see no question")))
        return worst[1].message


class Understanding:
    """Reads questions about one database. "last month" is the month before `today`."""

    def __init__(self, source: DataSource, catalog: Catalog, today: date, values: KnownValues | None = None) -> None:
        self.lexicon, self.today = Lexicon(catalog), today
        self.finder = ValueFinder(source, self.lexicon.graph, values)

    def of(self, question: str, earlier: tuple[str, ...]) -> Understood:
        """What the question means after the `earlier` ones of the chat, oldest first. Raises `Declined`."""
        tokens = as_sum(_which_person(_without_right(tokenize(question))))
        if not tokens or len(tokens) > _MAX_TOKENS:
            raise Declined("I take questions of up to 60 words")
        if reason := order_reason([token.text for token in tokens]):
            raise Declined(reason)
        fragment = without_opening(tokens)
        if continues(tokens):
            return self._continued(question, fragment, earlier)
        items, notes = self._linked(question, tokens)
        try:
            return self._understood(items, notes, None)
        except Declined:
            if not (earlier and is_fragment(items)):
                raise
        return self._continued(question, fragment, earlier)

    def _continued(self, question: str, tokens: tuple[Token, ...], earlier: tuple[str, ...]) -> Understood:
        if not earlier:
            raise Declined("it seems to go on from an earlier question, and I see none in this chat")
        kept = earlier[-_REMEMBERED:]
        try:
            before = self.of(kept[-1], kept[:-1])
        except Declined as declined:
            raise Declined(
                f"it goes on from “{kept[-1]}”, which I could not answer either: {declined.reason}"
            ) from None
        items, notes = self._linked(question, tokens)
        tried = _Tried()
        for context in before.drafts:
            self._try(items, context, tried)
        return self._chosen(tried, notes)

    def _understood(self, items: tuple[Item, ...], notes: list[str], context: Draft | None) -> Understood:
        tried = _Tried()
        self._try(items, context, tried)
        return self._chosen(tried, notes)

    def _chosen(self, tried: _Tried, notes: list[str]) -> Understood:
        best = tried.best()
        drafts: list[Draft] = []
        for _, draft, _ in best:
            drafts += [draft] if draft not in drafts else []
        return Understood(list(dict.fromkeys(plan for _, _, plan in best)), drafts, notes)

    def _try(self, items: tuple[Item, ...], context: Draft | None, tried: _Tried) -> None:
        for assignment in assignments(items):
            score = refused = sum(points for _, points in assignment)
            try:
                _keep_meanings(items, assignment)
                draft = interpret(items, tuple(reading for reading, _ in assignment), self.lexicon, self.today, context)
                grounded = ground(draft, self.lexicon.graph)
                refused = score + draft.bonus - min(found.cost for found in grounded)
                grounded = without_dropped(grounded, (reading for reading, _ in assignment), self.lexicon.graph)
                tried.scored += [(score + draft.bonus - found.cost, draft, found.plan) for found in grounded]
            except Misread as misread:
                tried.failures.append((refused, misread))

    def _linked(
        self, question: str, tokens: tuple[Token, ...], told: Sequence[str] = ()
    ) -> tuple[tuple[Item, ...], list[str]]:
        items = Linker(tokens, self.lexicon, {}, self.today).link()
        if reason := intent_reason(_unknown(items)):
            raise Declined(reason)
        values = self.finder.find(question, tokens, items)
        items = Linker(tokens, self.lexicon, values, self.today).link() if values else items
        items = money_spent_on(items, self.lexicon)
        notes = list[str]()
        if _unknown(items):
            _refuse_sold_most(tokens)
            tokens, notes = respell(tokens, items, self.lexicon)
            items = money_spent_on(Linker(tokens, self.lexicon, values, self.today).link(), self.lexicon)
        without, read = without_new(tokens, items)
        if read:
            return self._linked(question, without, [*notes, *read])
        if unknown := _unknown(items):
            raise Declined(unknown_reason(unknown))
        return tuple(item for item in items if item.readings), [*told, *notes, *gender_notes(items)]


def _keep_meanings(items: tuple[Item, ...], assignment: tuple[Scored, ...]) -> None:
    """Raises `Misread` if a word is read as glue although the catalog gives it a meaning that fits better."""
    for item, (reading, points) in zip(items, assignment, strict=True):
        if isinstance(reading, Glue) and item.readings[0][1] > points + _EQUAL:
            raise Misread(f"I do not know what to do with “{item.text}” here")


def _refuse_sold_most(tokens: tuple[Token, ...]) -> None:
    low = {token.low for token in tokens}
    if low & {"sold", "sells", "sell", "selling"} and low & {"most", "least", "best"}:
        raise Declined("selling most can be meant in units, in orders or in money; say by which number to rank")


def _unknown(items: list[Item]) -> list[str]:
    return [item.text for item in items if not item.readings and item.text.strip(",.;:!?")]


def _without_right(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens with "now" for "right now"."""
    low = [token.low for token in tokens]
    return tuple(t for index, t in enumerate(tokens) if low[index : index + 2] != ["right", "now"])


def _happened(tokens: tuple[Token, ...]) -> bool:
    """Whether the last words rank by time: "who was hired most recently"."""
    end = tuple(token.low for token in tokens[-2:])
    return len(tokens) > 3 and (end[1] in ("first", "last") or end == ("most", "recently"))


def _which_person(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens with "which" and any table of people for "who"; "who is the oldest customer" names its table."""
    if len(tokens) < 3 or tokens[0].low not in ("who", "whom"):
        return tokens
    if tokens[1].low in ("is", "are", "was", "were") and not _happened(tokens):
        return tokens
    return replace(tokens[0], text="which"), replace(tokens[0], text=ANY_PERSON), *tokens[1:]
