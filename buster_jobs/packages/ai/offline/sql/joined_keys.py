"""The keys by which a query joins its tables, read from its tree."""

from sqlglot import exp

from buster_jobs.packages.ai.schema.uniqueness import Key


def joined_keys(query: exp.Select) -> set[Key]:
    """The keys of joined tables, and of root tables in a condition of EXISTS: a join is safe if they are unique."""
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
