"""Columns that the person who asks may not see: a table that has some is read through a subquery of the others.

In the executed query a hidden column does not exist, so neither `*`, an alias, USING, NATURAL nor the whole row reaches
it. A query that names one is refused before, with that name, where the query alone shows it.
"""

from sqlglot import exp

from buster_jobs.packages.data_sources.catalog import Catalog, Table
from buster_jobs.packages.data_sources.guard.refusal import quoted, refuse
from buster_jobs.packages.data_sources.guard.rules import Rules

_MOVED_OUT = ("alias", "joins", "laterals", "pivots")


def hide_columns(tree: exp.Expr, catalog: Catalog, rules: Rules) -> bool:
    """Replace tables with hidden columns by subqueries. True if there were any. Tables must be resolved before."""
    partial = {(table.schema, table.name): table for table in catalog.tables if table.hides_columns}
    found = [(node, partial[key]) for node in tree.find_all(exp.Table) if (key := (node.db, node.name)) in partial]
    if not found:
        return False
    _check_names(tree, catalog, rules)
    _drop_schemas(tree, {key[1] for key in partial}, rules)
    for node, table in found:
        _replace(node, table)
    return True


def _replace(node: exp.Table, table: Table) -> None:
    moved = {name: node.args.get(name) for name in _MOVED_OUT}
    alias = moved.pop("alias") or exp.TableAlias(this=exp.to_identifier(table.name, quoted=True))
    read = node.copy()
    for name in _MOVED_OUT:
        read.set(name, None)
    columns = [exp.column(exp.to_identifier(column.name, quoted=True)) for column in table.columns]
    query = exp.Select(expressions=columns).from_(read, copy=False)
    node.replace(exp.Subquery(this=query, alias=alias, **moved))


def _drop_schemas(tree: exp.Expr, names: set[str], rules: Rules) -> None:
    """Write `schema.table.column` as `table.column`, which also names a subquery."""
    folded = {rules.fold(name) for name in names}
    for column in tree.find_all(exp.Column):
        if column.args.get("db") and rules.fold(column.table) in folded:
            column.set("db", None)


def _check_names(tree: exp.Expr, catalog: Catalog, rules: Rules) -> None:
    """Refuse a column that no table or alias of the query has. The database refuses those that this misses."""
    fold = rules.fold
    read = {(node.db, node.name) for node in tree.find_all(exp.Table)}
    known = {fold(node.name) for node in tree.find_all(exp.TableAlias, exp.Alias, exp.CTE, exp.Table)}
    known |= {
        fold(alias) for node in tree.find_all(exp.Alias, exp.CTE, exp.Subquery, exp.Table) if (alias := node.alias)
    }
    for alias in tree.find_all(exp.TableAlias):
        known |= {fold(column.name) for column in alias.args.get("columns") or ()}
    for table in catalog.tables:
        if (table.schema, table.name) in read:
            known |= {fold(column.name) for column in table.columns}
    _check_qualified(tree, catalog, rules)
    for name in _column_names(tree):
        if fold(name) not in known:
            refuse(f"There is no column {quoted(name)} that you may see in the tables of this query.")


def _column_names(tree: exp.Expr) -> list[str]:
    names = [node.name for node in tree.find_all(exp.Column) if isinstance(node.this, exp.Identifier)]
    joined = [name for join in tree.find_all(exp.Join) for name in join.args.get("using") or ()]
    return names + [name.name for name in joined]


def _check_qualified(tree: exp.Expr, catalog: Catalog, rules: Rules) -> None:
    """Refuse a hidden `t.column` where every `t` of the query is the same table."""
    tables = {(table.schema, table.name): table for table in catalog.tables}
    meant: dict[str, set[Table | None]] = {}
    for node in tree.find_all(exp.Table, exp.Subquery, exp.CTE, exp.Lateral, exp.Unnest):
        table = tables.get((node.db, node.name)) if isinstance(node, exp.Table) else None
        meant.setdefault(rules.fold(node.alias_or_name), set()).add(table)
    for column in tree.find_all(exp.Column):
        owners = meant.get(rules.fold(column.table), {None}) if column.table else {None}
        owner = next(iter(owners)) if len(owners) == 1 else None
        if owner is None or not owner.hides_columns or not isinstance(column.this, exp.Identifier):
            continue
        if rules.fold(column.name) not in {rules.fold(visible.name) for visible in owner.columns}:
            refuse(f"There is no column {quoted(column.name)} in {quoted(owner.name)} that you may see.")
