"""The joins of one query: an alias for each path from its root, and columns under these aliases."""

from sqlglot import exp

from buster_jobs.packages.ai.offline.plans.plan import Ref
from buster_jobs.packages.ai.offline.sql.derived_columns import derived_call
from buster_jobs.packages.ai.schema.derived_columns import Derived
from buster_jobs.packages.ai.schema.joins import Path
from buster_jobs.packages.ai.schema.sql_names import column_of, table_as
from buster_jobs.packages.data_sources.catalog import Table


class Joins:
    """Left joins from the many side to the one side, which keep each row once. `ending` makes aliases of a subquery."""

    def __init__(self, root: Table, ending: str = "") -> None:
        self.root, self.ending = root, ending
        self.aliases: dict[Path, str] = {(): f"{root.name}{ending}"}

    def column(self, ref: Ref) -> exp.Expr:
        """The column under the alias of its table, or the placeholder call for a derived one."""
        alias, column = self.alias(ref.path), ref.column
        if not isinstance(column, Derived):
            return column_of(alias, column.name)
        end = column_of(alias, column.end) if column.end else None
        return derived_call(column, column_of(alias, column.start), end)

    def root_column(self, name: str) -> exp.Column:
        """A column of the root."""
        return column_of(self.aliases[()], name)

    def joined(self, query: exp.Select) -> exp.Select:
        """The query from the root, joined to every table that a column or an alias was asked of."""
        query = query.from_(table_as(self.root, self.aliases[()]), copy=False)
        for path, alias in sorted(self.aliases.items(), key=lambda pair: len(pair[0])):
            if not path:
                continue
            key, before = path[-1].key, self.aliases[path[:-1]]
            pairs = zip(key.columns, key.referred_columns, strict=True)
            on = exp.and_(
                *(exp.EQ(this=column_of(before, own), expression=column_of(alias, other)) for own, other in pairs)
            )
            query = query.join(table_as(path[-1].target, alias), on=on, join_type="left", copy=False)
        return query

    def alias(self, path: Path) -> str:
        """The alias of the table at the end of a path; `joined` will join it."""
        if path not in self.aliases:
            if path[:-1] not in self.aliases:
                self.alias(path[:-1])
            name = f"{path[-1].target.name}{self.ending}"
            # A table that two paths lead to: the key's column tells the aliases apart.
            taken = name in self.aliases.values()
            self.aliases[path] = f"{name}_by_{path[-1].key.columns[0]}"[:60] if taken else name
        return self.aliases[path]
