"""The words of a catalog: which phrases name which table, column or state of a column. No question, no values."""

from dataclasses import dataclass

from buster_jobs.packages.ai.offline.comments import UNIT_SUFFIXES, Remark, head_phrase, other_names, read_comment
from buster_jobs.packages.ai.offline.derived import Derived
from buster_jobs.packages.ai.offline.english import GLUE
from buster_jobs.packages.ai.offline.joins import JoinGraph
from buster_jobs.packages.ai.offline.names import KEY_WORDS, bare_table_words, expand, table_words
from buster_jobs.packages.ai.offline.readings import Col, Reading, Tab, Val
from buster_jobs.packages.ai.offline.showing import naming_columns
from buster_jobs.packages.ai.offline.words import singular, split_name, stem, word_set
from buster_jobs.packages.data_sources.catalog import Catalog, Column, Table

_TIME_SUFFIXES = frozenset({"at", "on", "date", "time", "ts", "timestamp", "datetime"})
_AMOUNTS = frozenset({"quantity", "count", "number", "amount", "total", "value"})
# Stands for any table of people: what "who" asks for.
SOMEBODY = "(who)"
_PEOPLE = word_set(
    """
    customer client user person employee staff member patient doctor nurse student teacher author owner player driver
    passenger guest agent representative rep manager contact subscriber visitor tenant vendor supplier seller buyer
    donor volunteer artist actor director instructor physician technician worker candidate applicant
    """
)
_THINGS = word_set("goods items things products articles rows records entries ones cases")
_CUT = word_set("of in for at from to by on when where that which with per")


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase for a reading. A span may leave words out, but not `head`, unless `whole` wants every word."""

    reading: Reading
    words: tuple[str, ...]
    head: str
    weight: float = 1.0
    whole: bool = False


class Lexicon:
    """All entries of a catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self.graph = JoinGraph(catalog)
        self.remarks: dict[tuple[str, str, str], Remark] = {}
        self.entries: list[Entry] = []
        for table in catalog.tables:
            self._add_table(table)
            for column in table.columns:
                remark = read_comment(column)
                self.remarks[table.schema, table.name, column.name] = remark
                if isinstance(column, Derived):
                    self.entries += _derived(table, column)
                    continue
                self._add_column(table, column, remark)
                self.entries.extend(_states(table, column, remark))

    def remark(self, table: Table, column: Column) -> Remark:
        """What the column's comment says."""
        return self.remarks[table.schema, table.name, column.name]

    def stems(self, table: Table, column: Column) -> frozenset[str]:
        """The stems of the column's own words and of the noun phrase of its comment."""
        words = (*expand(split_name(column.name)), *self.remark(table, column).head)
        return frozenset(stem(word) for word in words)

    def vocabulary(self) -> dict[str, list[str]]:
        """Every word that names a table, a column or a state, by its stem."""
        found: dict[str, list[str]] = {}
        for word in dict.fromkeys(word for entry in self.entries for word in entry.words):
            if len(word) > 2 and word != SOMEBODY:
                found.setdefault(stem(word), []).append(word)
        return found

    def table_stems(self) -> frozenset[str]:
        """The stems of the words that tables are called by."""
        return frozenset(stem(word) for e in self.entries if isinstance(e.reading, Tab) for word in e.words)

    def match(self, span: tuple[str, ...]) -> dict[Reading, float]:
        """What the lower-case words of a span can name, and how well (up to 1)."""
        words = expand(tuple(word for word in span if word not in ("of", "the")) or span)
        found: dict[Reading, float] = {}
        for entry in self.entries:
            score = _score(words, entry)
            if score > found.get(entry.reading, 0.0):
                found[entry.reading] = score
        return found

    def _add_table(self, table: Table) -> None:
        words = bare_table_words(table)
        self.entries.append(Entry(Tab(table), words, _last(words)))
        head = _cut(head_phrase(table.comment))
        if 1 <= len(head) <= 3 and not set(head) & GLUE:
            self.entries.append(Entry(Tab(table), head, head[-1], 0.9, whole=True))
        others = other_names(table.comment)
        self.entries += [Entry(Tab(table), name, name[-1], 0.95, whole=True) for name in others]
        if _is_person(table):
            self.entries.append(Entry(Tab(table), (SOMEBODY,), SOMEBODY, 0.9, whole=True))

    def _add_column(self, table: Table, column: Column, remark: Remark) -> None:
        reading, words = Col(table, column), expand(split_name(column.name))
        # A column that is called like its table is rarely what the table's word means.
        same = "".join(map(singular, words)) == "".join(map(singular, split_name(table.name)))
        phrases = {words: (_last(words), 0.85 if same else 1.0)}
        for short, weight in self._short_names(table, column, words):
            phrases.setdefault(short, (_last(short), weight))
        head = _cut(remark.head)
        noun = _last(head[:-1] if len(head) > 1 and _last(head).endswith("ed") else head)
        phrases.setdefault(head, (noun, 0.97))
        if len(head) > 1 and _last(head).endswith("ed") and column.type in ("integer", "date", "timestamp"):
            # "Year manufactured": what happened then names it too.
            phrases.setdefault(head[-1:], (head[-1], 0.96))
        for other in remark.others:
            phrases.setdefault(other, (other[-1], 0.96))
        full = tuple(word for word in remark.head if word not in GLUE)
        phrases.setdefault(full, (noun or _last(full), 0.96))
        self.entries += [Entry(reading, phrase, noun, weight) for phrase, (noun, weight) in phrases.items() if phrase]

    def _short_names(self, table: Table, column: Column, words: tuple[str, ...]) -> list[tuple[tuple[str, ...], float]]:
        """The name without what only says its kind: "customer" of customer_id, "shipped" of shipped_at, a unit."""
        hop = self.graph.target(table, column.name)
        bare = tuple(word for word in words if word not in KEY_WORDS)
        if hop is not None:
            target = {singular(word) for word in split_name(hop.target.name)}
            return [(tuple(word for word in bare if singular(word) not in target), 0.98)]
        short: list[tuple[tuple[str, ...], float]] = []
        if bare != words and _last(bare) != _last(words) and column.name not in table.primary_key:
            short.append((bare, 0.9))
        own = {singular(word) for word in split_name(table.name)}
        timed = column.type in ("date", "timestamp") and _last(words) in _TIME_SUFFIXES
        timed = timed or (column.type == "integer" and len(words) > 1 and _last(words) == "year")
        if timed and not own & {singular(word) for word in words}:
            short.append((words[:-1], 0.9))
        if len(words) > 1 and _last(words) in _AMOUNTS and column.type in ("integer", "number"):
            own_name = tuple(map(singular, words[:-1])) == table_words(table)
            short += [] if own_name else [(words[:-1], 0.85)]
        if len(words) > 1 and _last(split_name(column.name)) in UNIT_SUFFIXES and column.type in ("integer", "number"):
            short.append((words[:-1], 0.98))
        return short


def _derived(table: Table, column: Derived) -> list[Entry]:
    """A derived column goes by its own phrases alone."""
    state = Val(table, column, "=", (True,), stated=True)
    reading = state if column.type == "boolean" else Col(table, column)
    return [Entry(reading, phrase, phrase[-1], 0.9, whole=True) for phrase in column.phrases]


def _is_person(table: Table) -> bool:
    return table_words(table)[-1] in _PEOPLE or len(naming_columns(table)) > 1


def _last(words: tuple[str, ...]) -> str:
    return words[len(words) - 1] if words else ""


def _cut(words: tuple[str, ...]) -> tuple[str, ...]:
    for index, word in enumerate(words):
        if word in _CUT:
            return words[:index]
    return words


def _states(table: Table, column: Column, remark: Remark) -> list[Entry]:
    return [*_remarked(table, column, remark), *_flags(table, column), *_happened(table, column)]


def _remarked(table: Table, column: Column, remark: Remark) -> list[Entry]:
    """What the comment says that null, a sign or a code means."""
    entries: list[Entry] = []
    own = {stem(word) for word in split_name(table.name)}
    for meaning in remark.meanings:
        words = tuple(word for word in meaning.words if word not in GLUE and stem(word) not in own)
        # "True for hazardous goods": goods are what the rows are anyway.
        words = words[:-1] if len(words) > 1 and words[-1] in _THINGS else words
        op, values = _test(meaning.test, meaning.code, column)
        if words and op and len(words) <= 3 and "not" not in meaning.words:
            entries.append(_state(Val(table, column, op, values, stated=True), words, 0.97))
    return entries


def _flags(table: Table, column: Column) -> list[Entry]:
    """ "active" and "inactive", of a boolean column."""
    words = tuple(word for word in split_name(column.name) if word not in ("is", "has", "was", "flag", "can"))
    if column.type != "boolean" or not words:
        return []
    no = Val(table, column, "=", (False,), stated=True)
    opposites = [(prefix + words[0],) for prefix in ("in", "un", "non")] if len(words) == 1 else []
    return [
        _state(Val(table, column, "=", (True,), stated=True), words),
        *(_state(no, opposite) for opposite in opposites),
    ]


def _happened(table: Table, column: Column) -> list[Entry]:
    """ "shipped" and "unshipped", of a nullable shipped_at."""
    name = split_name(column.name)
    dated = column.type in ("date", "timestamp") and column.nullable
    if not dated or len(name) != 2 or name[1] not in ("at", "on", "date"):
        return []
    if not name[0].endswith("ed") and stem(name[0]) == singular(name[0]):
        return []
    done, undone = (Val(table, column, op, stated=True) for op in ("not null", "null"))
    return [_state(done, name[:1]), _state(undone, ("un" + name[0],))]


def _state(reading: Val, words: tuple[str, ...], weight: float = 1.0) -> Entry:
    return Entry(reading, words, words[len(words) - 1], weight, whole=True)


def _test(test: str, code: str | None, column: Column) -> tuple[str, tuple[str | int | bool, ...]]:
    if test == "null":
        return "null", ()
    if test == "not null":
        return "not null", ()
    if test in ("negative", "positive") and column.type in ("integer", "number"):
        return ("<" if test == "negative" else ">"), (0,)
    if test in ("true", "false") and column.type == "boolean":
        return "=", (test == "true",)
    if code is not None:
        return "=", (int(code) if column.type in ("integer", "number") else code,)
    return "", ()


def _word_match(asked: str, known: str) -> float:
    if singular(asked) == singular(known):
        return 1.0
    verb = asked.endswith(("ed", "ing")) or known.endswith(("ed", "ing"))
    if stem(asked) == stem(known) and len(stem(asked)) >= (3 if verb else 4):
        return 0.9
    if len(known) >= 3 and len(asked) >= 5 and len(asked) - len(known) >= 2 and asked.startswith(known):
        return 0.85 if len(known) >= 4 else 0.8
    return 0.0


def _score(words: tuple[str, ...], entry: Entry) -> float:
    # The very spelling of a name wins over another number of the same noun.
    spelled = 0.03 if words == entry.words and not isinstance(entry.reading, Val) else 0.0
    joined = "".join(words)
    if max(len(words), len(entry.words)) > 1 and singular(joined) == singular("".join(entry.words)):
        return entry.weight + spelled
    if len(entry.words) == 1 and len(words) > 1:
        close = (
            len(words) == 2 and len(entry.words[0]) > len(singular(words[0])) + 1 and joined.startswith(entry.words[0])
        )
        return entry.weight * 0.85 if close else 0.0
    if len(words) > len(entry.words) or (entry.whole and len(words) != len(entry.words)):
        return 0.0
    left, total, has_head = list(entry.words), 0.0, False
    for word in words:
        best = max(left, key=lambda known: _word_match(word, known), default="")
        quality = _word_match(word, best) if best else 0.0
        # A short abbreviation is trusted only next to another word: "car" is not "carriage".
        if quality == 0.0 or (quality <= 0.8 and len(entry.words) == 1):
            return 0.0
        has_head = has_head or best == entry.head
        left.remove(best)
        total += quality
    coverage = len(words) / len(entry.words)
    return entry.weight * (total / len(words)) * (0.55 + 0.45 * coverage) + spelled if has_head else 0.0
