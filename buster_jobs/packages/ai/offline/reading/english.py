"""The English that the offline analyst knows: operators, superlatives, roles, stop words.

Dimensions are stems (see `words.stem`): they are compared with the stems of column names.
"""

from buster_jobs.packages.ai.offline.reading.readings import Aggregate, Superlative
from buster_jobs.packages.ai.schema.words import stem, word_set

AGGREGATES: dict[tuple[str, ...], Aggregate] = {
    ("how", "many"): "count", ("number", "of"): "count", ("count", "of"): "count", ("count",): "count",
    ("how", "often"): "count", ("numbers", "of"): "count", ("counts", "of"): "count", ("how", "much"): "sum",
    ("total",): "sum", ("sum", "of"): "sum", ("sum",): "sum", ("totals",): "sum", ("combined",): "sum",
    ("average",): "avg", ("mean",): "avg", ("avg",): "avg", ("on", "average"): "avg", ("averages",): "avg",
    ("median",): "median", ("share", "of"): "share", ("percentage", "of"): "share", ("proportion", "of"): "share",
    ("fraction", "of"): "share", ("percent", "of"): "share", ("%", "of"): "share", ("share",): "share",
    ("percentage",): "share", ("percent",): "share", ("proportion",): "share", ("ratio", "of"): "ratio",
    ("ratio",): "ratio", ("minimum",): "min", ("maximum",): "max", ("min",): "min", ("max",): "max",
}  # fmt: skip
PER = frozenset({
    ("per",), ("by",), ("for", "each"), ("for", "every"), ("in", "each"), ("in", "every"), ("each",), ("every",),
    ("grouped", "by"), ("broken", "down", "by"), ("split", "by"), ("from", "each"), ("at", "each"), ("on", "each"),
    ("of", "each"), ("to", "each"), ("group", "by"), ("with", "each"), ("by", "each"),
})  # fmt: skip
ASK = frozenset({"which", "what"})
NOT = frozenset({"not", "never", "no", "excluding", "except"})
NULL = frozenset({"missing", "null", "unknown", "without", "no", "lacking", "lack", "unrecorded", "empty", "blank"})
DISTINCT = frozenset({"different", "distinct", "unique"})
COMPARE = frozenset({"compare", "compared", "comparing", "comparison", "vs", "versus", "against", "vs."})
MORE = frozenset({"more", "fewer", "less"})
CHANGE = word_set(
    "growth grow grew grown change changed changes increase increased decrease decreased difference decline"
)
GLUE = word_set(
    """
    the a an is are was were be been being do does did has have had there of in on at to from with for and or
    that this these those who whose please show give me us tell find list get display all any our we i can you
    it its their them they as than where when exist exists available recorded happened occurred placed overall
    , ; : ! than rows row records record entries entry by into table column value values data s would
    like-to-know named called whose
    """
) - {"would"}
HARD_GLUE = word_set("the a an is are was were of in on at to from with for and or by do does did")

# Words for the whole database.
WHOLE = word_set("database system catalogue catalog collection library records")


def _adjectives() -> dict[str, Superlative]:
    rows = (
        ("long", "short shorter", "length distanc duration", ""),
        ("old", "young new recent", "age", "year birth born built found establish manufacture"),
        ("expensive costly pricey dear", "cheap inexpensive", "price cost fee fare amount", ""),
        ("tall", "-", "height altitude elevation", ""),
        ("high", "low", "altitude elevation height", ""),
        ("large big great", "small tiny", "size area population capacity volume", ""),
        ("heavy", "light", "weight mass", ""),
        ("fast quick", "slow", "speed", "duration"),
        ("hot warm", "cold cool", "temperature temp", ""),
        ("wide", "narrow", "width", ""),
        ("deep", "shallow", "depth", ""),
        ("late", "early", "delay", ""),
        ("delayed", "-", "delay", ""),
        ("profitable", "-", "profit", ""),
        ("populous", "-", "population", ""),
        ("paid", "-", "salary wage", ""),
    )
    table: dict[str, Superlative] = {}
    for up, down, dimensions, inverse in rows:
        measured, turned = (frozenset(stem(word) for word in words.split()) for words in (dimensions, inverse))
        for word in up.split():
            table[word] = Superlative("value", True, measured, turned)
        for word in down.split():
            table[word] = Superlative("value", False, measured, turned)
    return table


ADJECTIVES = _adjectives()
_FORMS = {"cheapest": "cheap", "biggest": "big", "hottest": "hot", "heaviest": "heavy", "latest": "recent"}
# "hired most recently" ranks as "the most recent" does.
_ADVERBS = {"recently": "recent", "lately": "recent"}
_FREQUENT = frozenset({"frequent", "common", "often", "frequently", "commonly", "popular", "numerous"})
_PLAIN: dict[str, Superlative] = {
    "most": Superlative("top", True), "fewest": Superlative("top", False), "least": Superlative("top", False),
    "top": Superlative("top", True), "bottom": Superlative("top", False), "highest": ADJECTIVES["high"],
    "lowest": ADJECTIVES["low"], "worst": Superlative("judge", False), "best": Superlative("judge", True),
    "busiest": Superlative("count", True), "commonest": Superlative("count", True),
    "rarest": Superlative("count", False),
    "earliest": Superlative("value", False, frozenset(), frozenset({"date", "time"})),
    "last": Superlative("value", False, ADJECTIVES["recent"].dimensions, ADJECTIVES["recent"].inverse),
    "first": Superlative("value", False, frozenset(), frozenset({"date", "time"})),
    "greatest": ADJECTIVES["great"],
}  # fmt: skip


# "best rated", "highest paid": the end of a scale, and the scale.
_ENDS = {"best": True, "highest": True, "top": True, "worst": False, "lowest": False, "least": False}
RATED = frozenset({"rating", "rat", "scor", "score", "star", "stars", "grad"})
_QUALITIES = {"rated": RATED, "scored": RATED, "paid": ADJECTIVES["paid"].dimensions}


# At the end of a question, of the order of the result: "revenue per month, highest first".
_FIRST = {
    "highest": _PLAIN["top"], "largest": _PLAIN["top"], "biggest": _PLAIN["top"], "most": _PLAIN["top"],
    "lowest": _PLAIN["bottom"], "smallest": _PLAIN["bottom"], "fewest": _PLAIN["bottom"], "best": _PLAIN["best"],
    "worst": _PLAIN["worst"],
}  # fmt: skip


def superlative(words: tuple[str, ...]) -> Superlative | None:
    """What one or two lower-case words rank by: "longest", "most frequent", "least expensive"."""
    if len(words) == 1:
        return _PLAIN.get(words[0]) or (ADJECTIVES[base] if (base := _base(words[0], "est")) else None)
    if len(words) == 2 and words[1] == "first" and words[0] in _FIRST:
        return _FIRST[words[0]]
    if len(words) == 2 and words[1] in _QUALITIES and words[0] in _ENDS:
        return Superlative("value", _ENDS[words[0]], _QUALITIES[words[1]])
    if len(words) == 2 and words[0] in ("most", "least"):
        found = Superlative("count") if words[1] in _FREQUENT else ADJECTIVES.get(_ADVERBS.get(words[1], words[1]))
        if found and words[0] == "least":
            return Superlative(found.sense, not found.descending, found.dimensions, found.inverse)
        return found
    return None


def comparative(words: tuple[str, ...]) -> Superlative | None:
    """The adjective of "longer", "more expensive", "older"."""
    if len(words) == 2 and words[0] in ("more", "less") and words[1] in ADJECTIVES:
        found = ADJECTIVES[words[1]]
        turn = words[0] == "less"
        return Superlative(found.sense, found.descending != turn, found.dimensions, found.inverse)
    base = _base(words[0], "er") if len(words) == 1 else None
    return ADJECTIVES[base] if base else None


def _base(word: str, ending: str) -> str | None:
    word = _FORMS.get(word, word)
    if word in _FORMS.values() and ending == "est":
        return word
    if not word.endswith(ending) or word in ADJECTIVES:
        return None
    root = word[: -len(ending)]
    for guess in (root, root + "e", root[:-1], root[:-1] + "y" if root.endswith("i") else root):
        if guess in ADJECTIVES:
            return guess
    return None


# Whether more is worse or better. A column in neither list has no "best".
_BAD_WHEN_HIGH = word_set(
    """
    delay cost expens error defect complaint wait los debt churn failur failure fail cancel lat latenc price
    pric fee risk damag penalt downtim outag fault incident injur mortal crim return refund absenc
    """
)
_GOOD_WHEN_HIGH = word_set(
    """
    rating rat scor score revenu profit sal sale satisfact margin quality qualit incom gain yield accurac grad
    performanc win uptim review
    """
)

# The words of a key column that a preposition or verb fits, where two keys refer to one table. Columns may abbreviate.
_FROM = "origination source sender from start departure departing departed depart pickup seller home issuer"
_TO = "destination target recipient receiver to end arrival arriving arrived dropoff buyer away landing"
ROLES: dict[str, frozenset[str]] = {
    "from": frozenset(_FROM.split()), "leaving": frozenset(_FROM.split()), "left": frozenset(_FROM.split()),
    "departing": frozenset(_FROM.split()), "departed": frozenset(_FROM.split()), "to": frozenset(_TO.split()),
    "into": frozenset(_TO.split()), "arriving": frozenset(_TO.split()), "arrived": frozenset(_TO.split()),
    "bound": frozenset(_TO.split()), "towards": frozenset(_TO.split()),
}  # fmt: skip
ROLE_VERBS = frozenset({"leaving", "departing", "departed", "arriving", "arrived", "bound", "left"})

COMPARISONS: dict[tuple[str, ...], str] = {
    ("more", "than"): ">", ("greater", "than"): ">", ("over",): ">", ("above",): ">", ("exceeding",): ">",
    ("at", "least"): ">=", ("no", "less", "than"): ">=", ("no", "fewer", "than"): ">=", ("not", "less", "than"): ">=",
    ("less", "than"): "<", ("fewer", "than"): "<", ("under",): "<", ("below",): "<", ("at", "most"): "<=",
    ("no", "more", "than"): "<=", ("up", "to"): "<=", ("not", "more", "than"): "<=", ("exactly",): "=",
    ("equal", "to"): "=", ("equals",): "=", (">",): ">", (">=",): ">=", ("<",): "<", ("<=",): "<=", ("=",): "=",
    ("higher", "than"): ">", ("larger", "than"): ">", ("bigger", "than"): ">", ("lower", "than"): "<",
    ("smaller", "than"): "<", ("by", "more", "than"): ">", ("by", "at", "least"): ">=", ("by", "less", "than"): "<",
    ("minimum", "of"): ">=", ("maximum", "of"): "<=", ("exceeds",): ">", ("after",): ">", ("before",): "<",
    ("since",): ">=",
}  # fmt: skip


def polarity(stems: frozenset[str]) -> bool | None:
    """True when more is better, False when more is worse, None when the words do not say."""
    bad = {stem(word) for word in _BAD_WHEN_HIGH} | _BAD_WHEN_HIGH
    good = {stem(word) for word in _GOOD_WHEN_HIGH} | _GOOD_WHEN_HIGH
    is_bad, is_good = bool(stems & bad), bool(stems & good)
    return None if is_bad == is_good else is_good
