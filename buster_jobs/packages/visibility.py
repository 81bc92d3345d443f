"""Which tables and columns of a data source a person may see. `data_sources` applies it to the catalog."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Visibility:
    """`tables` are "schema.name"; None means all. `hidden_columns` are "schema.table.column"; by default none.

    Names are compared without regard to case, so that no spelling of a hidden name is a visible one.
    """

    tables: frozenset[str] | None = None
    hidden_columns: frozenset[str] = field(default_factory=frozenset[str])


EVERYTHING = Visibility()
