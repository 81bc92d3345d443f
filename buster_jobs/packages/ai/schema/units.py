"""Units of measure: the unit of a column, columns of money, and factors between units."""

from buster_jobs.packages.ai.schema.comments import read_comment
from buster_jobs.packages.ai.schema.derived_columns import Derived
from buster_jobs.packages.ai.schema.joins import is_key
from buster_jobs.packages.ai.schema.words import singular, split_name
from buster_jobs.packages.data_sources.catalog import Column, Table

_TIME = {"millisecond": 0.001, "second": 1.0, "minute": 60.0, "hour": 3_600.0, "day": 86_400.0, "week": 604_800.0}
_MASS = {"mg": 0.001, "gram": 1.0, "kg": 1_000.0, "tonne": 1e6, "pound": 453.59237, "ounce": 28.349523}
_LENGTH = {
    "mm": 0.001, "cm": 0.01, "meter": 1.0, "km": 1_000.0, "mile": 1_609.344, "foot": 0.3048, "inch": 0.0254,
}  # fmt: skip
_DOLLARS, _EUROS, _POUNDS = {"dollar": 1.0, "cent": 0.01}, {"euro": 1.0, "cent": 0.01}, {"gbp": 1.0, "pence": 0.01}
_DIMENSIONS = (_TIME, _MASS, _LENGTH, _DOLLARS, _EUROS, _POUNDS)
_CURRENCIES = frozenset({*_DOLLARS, *_EUROS, *_POUNDS})
_OTHER_SPELLINGS = {
    "$": "dollar", "usd": "dollar", "buck": "dollar", "\u20ac": "euro", "eur": "euro", "\u00a3": "gbp", "h": "hour",
    "hr": "hour", "min": "minute", "sec": "second", "s": "second", "ms": "millisecond", "g": "gram", "kilogram": "kg",
    "kilo": "kg", "lb": "pound", "oz": "ounce", "ton": "tonne", "kilometer": "km", "kilometre": "km", "metre": "meter",
    "ft": "foot", "mi": "mile", "centimeter": "cm", "penny": "cent",
}  # fmt: skip
_MONEY_WORDS = frozenset(
    {"amount", "total", "price", "cost", "fee", "revenue", "salary", "value", "sale", "wage", "charge"}
)
UNITS = frozenset(unit for dimension in _DIMENSIONS for unit in dimension) | frozenset(_OTHER_SPELLINGS)


def unit_named(word: str) -> str:
    """The canonical spelling of a unit: "hrs" is "hour"."""
    low = singular(word.lower())
    return _OTHER_SPELLINGS.get(low, low)


def unit_of_column(column: Column) -> str:
    """The canonical unit that a column's comment or name gives; empty when they give none."""
    unit = read_comment(column).unit or ""
    return unit_named(unit.split(" ")[0]) if unit else ""


def is_money(table: Table, column: Column) -> bool:
    """Whether a column holds amounts of money, as its unit or its name says."""
    if column.type not in ("integer", "number") or is_key(table, column.name):
        return False
    unit = unit_of_column(column)
    return unit in _CURRENCIES or (
        not unit and bool({singular(word) for word in split_name(column.name)} & _MONEY_WORDS)
    )


def worth(tables: list[Table]) -> list[tuple[Table, Column]]:
    """The only number of the only table as a list of one, if it is money; else empty. Its rows are worth that much."""
    if len(tables) != 1:
        return []
    held = [column for column in tables[0].columns if not isinstance(column, Derived)]
    numbers = [c for c in held if c.type in ("integer", "number") and not is_key(tables[0], c.name)]
    return [(tables[0], c) for c in numbers if is_money(tables[0], c)] if len(numbers) == 1 else []


def factor(asked: str, known: str) -> float | None:
    """The factor from the asked unit to the known one; None when they measure different things."""
    for dimension in _DIMENSIONS:
        if asked in dimension and known in dimension:
            return dimension[asked] / dimension[known]
    return 1.0 if asked == known else None


def is_currency(unit: str) -> bool:
    """Whether a canonical unit is one of money."""
    return unit in _CURRENCIES


def is_duration(unit: str) -> bool:
    """Whether a canonical unit is one of time."""
    return unit in _TIME
