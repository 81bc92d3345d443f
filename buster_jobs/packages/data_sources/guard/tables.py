"""Which tables a query reads: names are resolved as SQL scopes them, and written back with their schema.

The written-back schema means that a name cannot turn into another table when the database resolves it again.
"""

from sqlglot import exp

from buster_jobs.packages.data_sources.catalog import Catalog, Table
from buster_jobs.packages.data_sources.errors import UnknownTable
from buster_jobs.packages.data_sources.guard.refusal import quoted, refuse
from buster_jobs.packages.data_sources.guard.rules import Rules


def resolve_tables(tree: exp.Expr, catalog: Catalog, rules: Rules) -> None:
    """Write the schema before every table. Refuses tables that are not in the catalog. Names must be prepared."""
    _Resolver(catalog, rules).visit(tree, frozenset())


class _Resolver:
    def __init__(self, catalog: Catalog, rules: Rules) -> None:
        self._rules = rules
        self._named: dict[str, dict[str, Table]] = {}
        for table in catalog.tables:
            self._named.setdefault(rules.fold(table.name), {})[rules.fold(table.schema)] = table

    def visit(self, node: exp.Expr, visible: frozenset[str]) -> None:
        """Resolve the tables below `node`. `visible` are the names of WITH, which hide tables of the same name."""
        clause = node.args.get("with_")
        if isinstance(clause, exp.With):
            visible = self._visit_with(clause, visible)
        if isinstance(node, exp.Table):
            self._resolve(node, visible)
        if isinstance(node, exp.Lateral):
            _check_lateral(node)
        for child in node.iter_expressions():
            if child is not clause:
                self.visit(child, visible)

    def _visit_with(self, clause: exp.With, visible: frozenset[str]) -> frozenset[str]:
        names = [self._rules.fold(cte.alias) for cte in clause.expressions]
        reserved = self._rules.reserved_prefix
        for name in names:
            if not name or (reserved and name.startswith(reserved)):
                refuse(f"A WITH query must have a name that does not begin with {reserved}.")
        if clause.args.get("recursive"):
            visible |= frozenset(names)
        for cte, name in zip(clause.expressions, names, strict=True):
            self.visit(cte, visible)
            visible |= {name}
        return visible

    def _resolve(self, node: exp.Table, visible: frozenset[str]) -> None:
        if not isinstance(node.this, exp.Identifier):
            return
        if node.catalog:
            refuse("Tables of other databases are not allowed.")
        if not node.db and self._rules.fold(node.name) in visible:
            return
        table = self._find(node.db, node.name)
        is_quoted = bool(node.this.args.get("quoted"))
        node.set("this", exp.to_identifier(table.name, quoted=is_quoted or None))
        node.set("db", exp.to_identifier(table.schema))

    def _find(self, schema: str, name: str) -> Table:
        schemas = self._named.get(self._rules.fold(name), {})
        folded = self._rules.fold(schema or self._schema_of(name, schemas))
        if folded not in schemas:
            raise UnknownTable(f"There is no table {quoted(f'{schema}.{name}')} that this data source may read.")
        return schemas[folded]

    def _schema_of(self, name: str, schemas: dict[str, Table]) -> str:
        if self._rules.default_schema in schemas:
            return self._rules.default_schema
        if len(schemas) > 1:
            several = ", ".join(sorted(table.schema for table in schemas.values()))
            refuse(f"The table {quoted(name)} is in several schemas: write one of {several} before it.")
        if not schemas:
            raise UnknownTable(f"There is no table {quoted(name)} that this data source may read.")
        return next(iter(schemas))


def _check_lateral(node: exp.Lateral) -> None:
    """Refuse a bare name after LATERAL or CROSS APPLY: sqlglot does not see that it is a table."""
    read = node.this.expression if isinstance(node.this, exp.Dot) else node.this
    if not isinstance(read, exp.Subquery | exp.Anonymous | exp.Unnest | exp.Table):
        refuse("After LATERAL a query in parentheses or a function must stand.")
