"""Which tables and columns a person may see of a data source. Plain values: where they are stored is not known here."""

from dataclasses import dataclass, field, replace

from buster_jobs.packages.data_sources.catalog import Catalog, ForeignKey, Table


@dataclass(frozen=True, slots=True)
class Visibility:
    """`tables` are "schema.name"; None means all. `hidden_columns` are "schema.table.column"; by default none.

    Names are compared without regard to case, so that no spelling of a hidden name is a visible one.
    """

    tables: frozenset[str] | None = None
    hidden_columns: frozenset[str] = field(default_factory=frozenset[str])

    def apply(self, catalog: Catalog) -> Catalog:
        """The catalog without what may not be seen, neither by itself nor in a key that names it."""
        if self.tables is None and not self.hidden_columns:
            return catalog
        kept = tuple(visible for table in catalog.tables if (visible := self._table(table)) is not None)
        return Catalog(tuple(replace(table, foreign_keys=_keys(table, kept)) for table in kept))

    def _table(self, table: Table) -> Table | None:
        full_name = f"{table.schema}.{table.name}"
        if self.tables is not None and full_name.casefold() not in _folded(self.tables):
            return None
        hidden = _folded(self.hidden_columns)
        columns = tuple(c for c in table.columns if f"{full_name}.{c.name}".casefold() not in hidden)
        if len(columns) == len(table.columns):
            return table
        if not columns:
            return None
        names = {column.name for column in columns}
        primary_key = table.primary_key if names.issuperset(table.primary_key) else ()
        return replace(table, columns=columns, primary_key=primary_key, hides_columns=True)


EVERYTHING = Visibility()


def _folded(names: frozenset[str]) -> frozenset[str]:
    return frozenset(name.casefold() for name in names)


def _keys(table: Table, kept: tuple[Table, ...]) -> tuple[ForeignKey, ...]:
    columns = {(other.schema, other.name): {column.name for column in other.columns} for other in kept}
    own = columns[table.schema, table.name]
    return tuple(
        key
        for key in table.foreign_keys
        if own.issuperset(key.columns)
        and columns.get((key.referred_schema, key.referred_table), set()).issuperset(key.referred_columns)
    )
