"""Whether keys are unique: as the catalog declares, or else as the data say when they are asked."""

from typing import Literal

from sqlglot import exp

from buster_jobs.packages.ai.schema.sql_names import column_of, table_as
from buster_jobs.packages.data_sources.catalog import Catalog, Table
from buster_jobs.packages.data_sources.source import DataSource
from buster_jobs.packages.errors import BusterError, Unavailable

_SECONDS = 10.0

Key = tuple[str, str, tuple[str, ...]]
"""Schema, table, and the columns of the key in alphabetical order."""

Uniqueness = Literal["unique", "shared", "unknown"]


class UniqueKeys:
    """The keys of one database. `catalog` must hold declared keys only: the data prove or refute the implied ones."""

    def __init__(self, source: DataSource, catalog: Catalog) -> None:
        self.source = source
        self.tables = {(table.schema, table.name): table for table in catalog.tables}
        self._known: dict[Key, Uniqueness] = {}

    def of(self, key: Key) -> Uniqueness:
        """Whether each row has its own value of the key, or several rows share one. "unknown" when the query failed.

        Raises `Unavailable`. A query may take 10 seconds; its result is remembered.
        """
        table = self.tables[key[0], key[1]]
        if set(table.primary_key) and set(table.primary_key) <= set(key[2]):
            return "unique"
        if key not in self._known:
            self._known[key] = self._asked(table, key[2])
        return self._known[key]

    def _asked(self, table: Table, columns: tuple[str, ...]) -> Uniqueness:
        try:
            result = self.source.query(_doubled(table, columns, self.source.dialect), max_rows=1, timeout=_SECONDS)
        except Unavailable:
            raise
        except BusterError:
            return "unknown"
        return "shared" if result.rows else "unique"


def _doubled(table: Table, columns: tuple[str, ...], dialect: str) -> str:
    """A query for one key that more than one row has. Rows whose key is null are left out: a join never meets them."""
    own = [column_of(table.name, name) for name in columns]
    known = [exp.Not(this=exp.Is(this=column.copy(), expression=exp.Null())) for column in own]
    query = exp.select(*own).from_(table_as(table, table.name)).where(*known).group_by(*(c.copy() for c in own))
    more = exp.GT(this=exp.Count(this=exp.Star()), expression=exp.Literal.number(1))
    return query.having(more).limit(1).sql(dialect=dialect)
