"""Words that a question is declined for: reasons asked for, forecasts, orders to change data, unknown words."""

from buster_jobs.packages.ai.schema.words import word_set

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


# Verbs that order a change at the start of a sentence: "cancel all orders", unlike "cancelled orders".
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
    """The reason to decline for one word, such as "why" or "delete"; None without such a word."""
    for known, reason in _INTENTS:
        if known & {word.lower() for word in words}:
            return reason
    return None


def order_reason(words: list[str]) -> str | None:
    """The reason to decline an order such as "cancel all shipments"; None for anything else."""
    low = [word.lower() for word in words if word.lower() != "please"]
    return "I only read; I never change data" if len(low) > 1 and low[0] in _ORDERS and low[1] in _DETERMINERS else None


def unknown_reason(words: list[str]) -> str:
    """The reason to decline for words that are in neither the catalog nor the data."""
    named = ", ".join(f"“{word}”" for word in words[:4])
    return f"I do not know what {named} {'means' if len(words) == 1 else 'mean'} in this database"
