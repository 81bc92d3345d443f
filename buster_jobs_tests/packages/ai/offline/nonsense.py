"""A schema whose names are pronounceable nonsense, and questions made of them: nothing can be learnt by heart."""

import random
from dataclasses import dataclass

_ONSETS = [
    "b",
    "br",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gl",
    "k",
    "kr",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "z",
]
_VOWELS = ["a", "e", "i", "o", "u"]
_CODAS = ["b", "d", "g", "k", "l", "m", "n", "p", "r", "t", "x"]


def word(rng: random.Random) -> str:
    """A word of two or three syllables that no language has."""
    syllables = [rng.choice(_ONSETS) + rng.choice(_VOWELS) for _ in range(rng.choice((2, 3)))]
    return "".join(syllables) + rng.choice(_CODAS)


@dataclass(frozen=True, slots=True)
class Nonsense:
    """The DDL with rows, and the (question, gold SQL or None) pairs."""

    sql: str
    questions: list[tuple[str, str | None]]


def make(seed: int, *, comments: bool) -> Nonsense:
    """Two tables joined by a key. With `comments` the columns are called by their comments in the questions."""
    rng = random.Random(seed)  # noqa: S311, a test wants the same words every time
    words: list[str] = []
    while len(words) < 16:
        fresh = word(rng)
        if not any(fresh.startswith(old[:4]) or old.startswith(fresh[:4]) for old in words):
            words.append(fresh)
    parent, child, pkey, label, ckey, link, kind, amount, size, moment, flag, *_ = words
    said = {name: name for name in (kind, amount, size, flag)}
    extra = ""
    if comments:
        said = {kind: words[11], amount: f"{words[12]} {words[13]}", size: words[14], flag: flag}
        extra = f"""
        COMMENT ON COLUMN {child}.{kind} IS '{words[11].title()}';
        COMMENT ON COLUMN {child}.{amount}
            IS '{said[amount].capitalize()} in minutes; null when the thing was {words[15]}ed';
        COMMENT ON COLUMN {child}.{size} IS 'Number of {words[14]}';"""
    a, b, c = (fresh.upper() for fresh in (word(rng), word(rng), word(rng)))
    sql = f"""
    CREATE TABLE {parent} ({pkey} int PRIMARY KEY, {label} text NOT NULL);
    CREATE TABLE {child} ({ckey} int PRIMARY KEY, {link} int NOT NULL REFERENCES {parent}, {kind} text NOT NULL,
        {amount} numeric, {size} int NOT NULL, {moment} timestamp NOT NULL, {flag} boolean NOT NULL);
    {extra}
    INSERT INTO {parent} SELECT n, 'L' || n FROM generate_series(1, 5) n;
    INSERT INTO {child} SELECT n, 1 + n % 5, (ARRAY['{a}', '{b}', '{c}'])[1 + (n * n) % 3],
        CASE WHEN n % 9 > 0 THEN (n * {rng.randint(3, 99)}) % 101 END, (n * n * 7) % 31,
        timestamp '2021-01-01' + n * interval '2 days', n % 4 = 0 FROM generate_series(1, {rng.randint(150, 300)}) n;
    """
    k, x, s = said[kind], said[amount], said[size]
    questions: list[tuple[str, str | None]] = [
        (f"How many {child} are there?", f"SELECT count(*) FROM {child}"),
        (f"What is the average {x}?", f"SELECT avg({amount}) FROM {child}"),
        (f"What is the total {s} per {k}?", f"SELECT {kind}, sum({size}) FROM {child} GROUP BY 1"),
        (f"median {x} by {k}",
            f"SELECT {kind}, percentile_cont(0.5) WITHIN GROUP (ORDER BY {amount}) FROM {child} GROUP BY 1"),
        (f"number of {child} per {k}", f"SELECT {kind}, count(*) FROM {child} GROUP BY 1"),
        (f"Which {k} has the most {child}?",
            f"SELECT {kind}, count(*) FROM {child} GROUP BY 1 ORDER BY 2 DESC LIMIT 1"),
        (f"How many {child} with {x} over 50?", f"SELECT count(*) FROM {child} WHERE {amount} > 50"),
        (f"How many {child} have a {s} between 5 and 10?",
            f"SELECT count(*) FROM {child} WHERE {size} BETWEEN 5 AND 10"),
        (f"How many {child} have a missing {x}?", f"SELECT count(*) FROM {child} WHERE {amount} IS NULL"),
        (f"How many {child} with {k} {a}?", f"SELECT count(*) FROM {child} WHERE {kind} = '{a}'"),
        (f"How many {b} {child} were there in March 2021?",
            f"SELECT count(*) FROM {child} WHERE {kind} = '{b}'"
            f" AND {moment} >= '2021-03-01' AND {moment} < '2021-04-01'"),
        (f"What percentage of {child} are {flag}?",
            f"SELECT 100.0 * count(*) FILTER (WHERE {flag}) / count(*) FROM {child}"),
        (f"number of {child} per month",
            f"SELECT date_trunc('month', {moment})::date, count(*) FROM {child} GROUP BY 1"),
        (f"total {s} per {parent}", f"SELECT {link}, sum({size}) FROM {child} GROUP BY 1"),
        (f"How many different {k} are there?", f"SELECT count(DISTINCT {kind}) FROM {child}"),
        (f"What is the average {word(rng)} of {child}?", None),
        (f"How many {word(rng)} are there?", None),
        (f"Why are {child} so {flag}?", None),
        (f"Which {child} will have the highest {x} next year?", None),
    ]  # fmt: skip
    if comments:
        questions.append(
            (f"How many {child} were {words[15]}ed?", f"SELECT count(*) FROM {child} WHERE {amount} IS NULL")
        )
    return Nonsense(sql, questions)
