"""New rows: "new customers in May" are those that joined in May, if one date tells when they joined."""

from itertools import pairwise

from buster_jobs.packages.ai.offline.reading.readings import Item, Tab, Time
from buster_jobs.packages.ai.offline.reading.tokens import Token
from buster_jobs.packages.ai.schema.clocks import clocks
from buster_jobs.packages.ai.schema.names import expand
from buster_jobs.packages.ai.schema.words import split_name, stem, word_set
from buster_jobs.packages.data_sources.catalog import Table

_CAME = frozenset(
    map(
        stem,
        word_set("joined signed signup registered created hired hire enrolled admitted subscribed launched opened"),
    )
)


def without_new(tokens: tuple[Token, ...], items: list[Item]) -> tuple[tuple[Token, ...], list[str]]:
    """The tokens without an unknown "new" that the time of the question covers, and a remark on how it was read."""
    timed = any(isinstance(reading, Time) for item in items for reading, _ in item.readings)
    for item, follower in pairwise(items):
        held = follower.readings[0][0] if follower.readings else None
        if item.readings or item.text.lower() != "new" or not timed or not isinstance(held, Tab):
            continue
        if came := _came(held.table):
            kept = tuple(token for at, token in enumerate(tokens) if not item.start <= at < item.end)
            return kept, [f"I read “new” by {held.table.name}.{came}."]
    return tokens, []


def _came(table: Table) -> str | None:
    """The name of the table's only clock if that is the time of joining; else None."""
    dates = [clock.column for clock in clocks(table, ())]
    if len(dates) != 1 or dates[0] is None:
        return None
    return dates[0].name if _CAME & {stem(word) for word in expand(split_name(dates[0].name))} else None
