"""Whether the keys that a query joins by are unique, asked of the data where the catalog does not say. No plans."""

from sqlglot import exp

from buster_jobs.packages.ai.offline.errors import Declined
from buster_jobs.packages.ai.offline.join_sql import column_of, table_as
from buster_jobs.packages.data_sources.catalog import Catalog, Table
from buster_jobs.packages.data_sources.source import DataSource
from buster_jobs.packages.errors import BusterError, Unavailable

_SECONDS = 10.0

Key = tuple[str, str, tuple[str, ...]]


class UniqueKeys:
    """What is known of the keys of one database. `catalog` holds what is declared, and nothing that names imply."""

    def __init__(self, source: DataSource, catalog: Catalog) -> None:
        self.source = source
        self.tables = {(table.schema, table.name): table for table in catalog.tables}
        self._known: dict[Key, str | None] = {}

    def verify(self, query: exp.Select) -> None:
        """Return if no join of the query can double a row. Raises `Declined` when one can or it cannot be told."""
        for key in sorted(_joined_keys(query)):
            table = self.tables[key[0], key[1]]
            if set(table.primary_key) and set(table.primary_key) <= set(key[2]):
                continue
            if key not in self._known:
                self._known[key] = self._fault(table, key[2])
            if fault := self._known[key]:
                raise Declined(fault)

    def _fault(self, table: Table, columns: tuple[str, ...]) -> str | None:
        named = f"{' and '.join(columns)} of {table.name}"
        try:
            result = self.source.query(_doubled(table, columns, self.source.dialect), max_rows=1, timeout=_SECONDS)
        except Unavailable:
            raise
        except BusterError:
            return f"I would have to join by {named}, which is no declared key, and could not see whether it is unique"
        if not result.rows:
            return None
        return f"I would have to join by {named}, which several rows share, so that rows would count more than once"


def _joined_keys(query: exp.Select) -> set[Key]:
    """Each table that is joined to, or whose rows a subquery belongs to, with the columns that tell its rows apart."""
    found: set[Key] = set()
    for select in query.find_all(exp.Select):
        source = select.args.get("from_")
        root = source.this if source else None
        for join in select.args.get("joins") or ():
            found.add(_key(join.this, join.args["on"]))
        if isinstance(root, exp.Table):
            found |= {_key(root, exists) for exists in _own_exists(select)}
    return found


def _own_exists(select: exp.Select) -> list[exp.Exists]:
    return [exists for exists in select.find_all(exp.Exists) if exists.parent_select is select]


def _key(table: exp.Table, test: exp.Expr) -> Key:
    names = {column.name for column in test.find_all(exp.Column) if column.table == table.alias_or_name}
    return table.db, table.name, tuple(sorted(names))


def _doubled(table: Table, columns: tuple[str, ...], dialect: str) -> str:
    """One value of the columns that more than one row has. A null joins nothing."""
    own = [column_of(table.name, name) for name in columns]
    known = [exp.Not(this=exp.Is(this=column.copy(), expression=exp.Null())) for column in own]
    query = exp.select(*own).from_(table_as(table, table.name)).where(*known).group_by(*(c.copy() for c in own))
    more = exp.GT(this=exp.Count(this=exp.Star()), expression=exp.Literal.number(1))
    return query.having(more).limit(1).sql(dialect=dialect)
