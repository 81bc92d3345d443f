"""The response to a declined question: the reason, what the analyst can do, and examples from the catalog."""

from buster_jobs.packages.ai.schema.joins import is_key
from buster_jobs.packages.ai.schema.row_names import naming_columns, rows_of
from buster_jobs.packages.data_sources.catalog import Catalog, Table


def decline_sentence(reason: str, catalog: Catalog) -> str:
    """The whole response. `reason` is a clause."""
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
