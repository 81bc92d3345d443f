"""What the offline analyst says when it does not answer: why, what it can do, and examples from the catalog."""

from buster_jobs.packages.ai.schema.joins import is_key
from buster_jobs.packages.ai.schema.row_names import naming_columns, rows_of
from buster_jobs.packages.ai.schema.words import word_set
from buster_jobs.packages.data_sources.catalog import Catalog, Table

_INTENTS = (
    (
        frozenset({"why", "because", "cause", "reason", "explain"}),
        "I can compute, but I cannot explain why things are so",
    ),
    (
        frozenset({"will", "predict", "forecast", "next", "tomorrow", "future", "expect", "going"}),
        "I only know what the database holds; I cannot predict",
    ),
    (
        word_set(
            """
    delete drop remove update insert truncate alter create change erase destroy rename add set
    """
        ),
        "I only read; I never change data",
    ),
    (frozenset({"should", "recommend", "advise", "suggest"}), "I compute what the data says; I give no advice"),
    (
        frozenset({"today", "yesterday", "now", "ago", "last", "recently", "current", "currently"}),
        "I do not know what day you mean; name a date, a month or a year",
    ),
)


# Verbs that ask for a change where they open a sentence: "cancel all orders", and not "cancelled orders".
_ORDERS = word_set(
    """
    cancel suspend approve reject close reopen send email mail pay refund raise increase lower reduce cut double assign
    mark archive block ban fire hire promote transfer move merge ship book reserve schedule notify enroll expel expire
    activate deactivate renew restore reset correct fix edit write save store charge bill invoice discount deliver stop
    start grant revoke unsubscribe subscribe upgrade downgrade complete finish accept hide publish
    """
)
_DETERMINERS = word_set("all the every each my our this these that those any")


def intent_reason(words: list[str]) -> str | None:
    """The reason that a word of the question gives by itself, such as "why" or "delete"."""
    for known, reason in _INTENTS:
        if known & {word.lower() for word in words}:
            return reason
    return None


def order_reason(words: list[str]) -> str | None:
    """The reason not to follow an order such as "cancel all shipments"; None where the words are none."""
    low = [word.lower() for word in words if word.lower() != "please"]
    return "I only read; I never change data" if len(low) > 1 and low[0] in _ORDERS and low[1] in _DETERMINERS else None


def unknown_reason(words: list[str]) -> str:
    """The reason when words are in neither the catalog nor the data."""
    named = ", ".join(f"“{word}”" for word in words[:4])
    return f"I do not know what {named} {'means' if len(words) == 1 else 'mean'} in this database"


def decline_sentence(reason: str, catalog: Catalog) -> str:
    """The whole response of a declined question."""
    if not catalog.tables:
        return f"I am the offline analyst, and I do not answer this: {reason}. The database shows me no tables."
    tables = sorted(catalog.tables, key=lambda table: -table.row_count)
    names = ", ".join(table.name for table in tables[:8]) + (" and more" if len(tables) > 8 else "")
    examples = " or ".join(f"“{example}”" for example in _examples(tables[0]))
    return (
        f"I am the offline analyst, and I would rather not guess: {reason.rstrip('?.')}. Without a model I can count, "
        "add up, average, compare, rank, filter and group what the tables hold, and join them along foreign keys. "
        f"The tables are {names}. Ask for example {examples}."
    )


def _examples(table: Table) -> list[str]:
    rows = rows_of(table)
    examples = [f"How many {rows} are there?"]
    grouping = next(
        (c for c in table.columns if c.type in ("text", "boolean") and c not in naming_columns(table)), None
    )
    number = next(
        (c for c in table.columns if c.type in ("integer", "number") and not is_key(table, c.name)
         and c.name.lower() not in ("year", "month", "day", "hour")), None,
    )  # fmt: skip
    if number is not None and grouping is not None:
        examples.append(f"What is the average {_words(number.name)} per {_words(grouping.name)}?")
    elif grouping is not None:
        examples.append(f"How many {rows} are there per {_words(grouping.name)}?")
    return examples


def _words(name: str) -> str:
    return name.replace("_", " ")
