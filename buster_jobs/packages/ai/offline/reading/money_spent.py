"""Questions about what was spent or paid: a sum, of the money column of what it was spent on."""

from dataclasses import replace

from buster_jobs.packages.ai.offline.errors import Declined
from buster_jobs.packages.ai.offline.reading.lexicon import Lexicon
from buster_jobs.packages.ai.offline.reading.readings import Col, Glue, Item, Tab, Val
from buster_jobs.packages.ai.offline.reading.tokens import Token
from buster_jobs.packages.ai.schema.clocks import clocks
from buster_jobs.packages.ai.schema.names import table_words
from buster_jobs.packages.ai.schema.row_names import rows_of
from buster_jobs.packages.ai.schema.units import is_money
from buster_jobs.packages.ai.schema.words import singular, split_name, word_set
from buster_jobs.packages.data_sources.catalog import Column, Table

_SPEND, _PAY = word_set("spend spent spends"), word_set("pay paid pays")
_OUR = word_set("we us our")
_ENDS = word_set("most least")
_RATES = word_set("salary wage")
_BUYING = word_set("expense purchase spend spending expenditure procurement cost")


def as_sum(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens with "how much" for "what" in questions such as "what did we pay"."""
    low = [token.low for token in tokens]
    asks = low[:1] == ["what"] and bool({*low[1:2]} & {"did", "have", "has"}) and not _ENDS & set(low)
    if not asks or not (_SPEND | _PAY) & set(low):
        return tokens
    return replace(tokens[0], text="how"), replace(tokens[0], text="much"), *tokens[1:]


def money_spent_on(items: list[Item], lexicon: Lexicon) -> list[Item]:
    """The items, with "spend" before "on books" read as the money column of the books' own table.

    Raises `Declined` when no column, or more than one, can be meant.
    """
    verb = next((at for at in range(len(items)) if _spends(items, at)), None)
    if verb is None:
        return items
    table = _bought(items[verb + 1 :])
    if table is None:
        _refuse_income(items, verb, lexicon)
        return items
    money = _money(table)
    if len(money) != 1 or not _is_purchase(table, money[0], lexicon):
        raise Declined(f"I cannot tell which column holds what was spent on {rows_of(table)}")
    changed = replace(items[verb], readings=((Col(table, money[0]), 1.0),))
    return [*items[:verb], changed, *items[verb + 1 :]]


def _spends(items: list[Item], at: int) -> bool:
    """Whether we are the ones who spend: what a customer pays for a product is not what it cost us."""
    word, before = items[at].text.lower(), {item.text.lower() for item in items[:at]}
    tables = any(isinstance(reading, Tab) for item in items[:at] for reading, _ in item.readings[:1])
    return (word in _SPEND and not tables) or (word in _PAY and bool(before & _OUR))


def _bought(items: list[Item]) -> Table | None:
    """The table after "on" or "for"; conditions may come before it."""
    start = next((at for at, item in enumerate(items) if item.text.lower() in ("on", "for")), len(items))
    if start > 1:
        return None
    for item in items[start + 1 :]:
        kinds = {type(reading) for reading, _ in item.readings}
        best = item.readings[0][0] if item.readings else None
        if isinstance(best, Tab) and Val not in kinds:
            return best.table
        if item.text.lower() == "new" and Val in kinds:
            raise Declined("“new” may say when it was bought or in what state it is; name the column or the time")
        if not isinstance(best, (Glue, Val)):
            return None
    return None


def _money(table: Table) -> list[Column]:
    return [column for column in table.columns if is_money(table, column)]


def _is_purchase(table: Table, money: Column, lexicon: Lexicon) -> bool:
    """Whether each row is money spent once. Price lists (without a time), salaries and resold goods are excluded."""
    dated = any(clock.column is not None for clock in clocks(table, ()))
    others = [other for other in lexicon.graph.tables.values() if other != table and _refers(other, table, lexicon)]
    return dated and not _RATES & set(split_name(money.name)) and not any(_money(other) for other in others)


def _refers(other: Table, table: Table, lexicon: Lexicon) -> bool:
    return any(hop.target == table for hop in lexicon.graph.hops(other))


def _refuse_income(items: list[Item], verb: int, lexicon: Lexicon) -> None:
    """Raises `Declined` if no table is about buying: an amount may then be income instead of spending."""
    named = {word for table in lexicon.graph.tables.values() for word in map(singular, table_words(table))}
    told = any(isinstance(reading, (Tab, Val)) for item in items[:verb] for reading, _ in item.readings)
    if items[verb].text.lower() in _SPEND and not told and not named & _BUYING:
        raise Declined("I do not know which amounts are what was spent; name the column")
