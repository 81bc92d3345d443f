"""Plans the columns: applies the declaration's rules to the columns of the source and of the table."""

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass

from buster_jobs.packages.errors import InvalidInput
from buster_jobs.packages.warehouse.imports.declaration import ColumnRule, ImportDeclaration
from buster_jobs.packages.warehouse.imports.plan import LINE_COLUMN, PlannedColumn
from buster_jobs.packages.warehouse.imports.target import TargetColumn, check_identifier
from buster_jobs.packages.warehouse.imports.values.types import SqlType, type_in_table

_MOST_COLUMNS = 1_599


@dataclass(frozen=True, slots=True)
class ColumnDraft:
    """A planned column. Its type is None if it has to be inferred from values."""

    source: str
    name: str
    type: SqlType | None
    rule: ColumnRule
    required: bool

    def planned(self, inferred: SqlType) -> PlannedColumn:
        """The planned column, with the inferred type if none was known."""
        rule = self.rule
        return PlannedColumn(
            source=self.source,
            name=self.name,
            type=self.type or inferred,
            format=rule.format,
            trim=rule.trim,
            required=self.required,
        )


class Planner:
    """Drafts columns as the source shows them, and checks at the end that none is missing. Raises `InvalidInput`."""

    def __init__(self, declaration: ImportDeclaration, target: Mapping[str, TargetColumn] | None) -> None:
        self._declaration = declaration
        self._target = target
        self._rules = {rule.source: rule for rule in declaration.columns}
        if len(self._rules) < len(declaration.columns):
            raise InvalidInput("Two rules are about the same column of the source: make them one.")
        self.drafts: dict[str, ColumnDraft] = {}

    def meet(self, source: str) -> ColumnDraft | None:
        """The draft for a column of the source; None if it is left out."""
        if source in self.drafts:
            return self.drafts[source]
        rule = self._rules.get(source)
        if rule is None and self._declaration.other_columns == "ignore":
            return None
        rule = rule or ColumnRule(source=source)
        name = rule.name or source
        self._check_name(name, source)
        required = rule.required or name in self._declaration.key or self._must_be_given(name)
        self.drafts[source] = ColumnDraft(source, name, self._type(rule, name), rule, required)
        return self.drafts[source]

    def check_complete(self, known: Sequence[str]) -> None:
        """Raises `InvalidInput` if a column that the declaration names or the table requires is missing."""
        names = {draft.name for draft in self.drafts.values()}
        if missing := self._rules.keys() - self.drafts.keys():
            listed = f"it has {_listed(known)}" if known else "it has no rows"
            raise InvalidInput(f"The source has no column {_listed(missing)}: {listed}.")
        if missing := set(self._declaration.key) - names:
            raise InvalidInput(
                f"The key names {_listed(missing)}, which no column is called: there are {_listed(names)}."
            )
        if not names:
            raise InvalidInput("The source has no columns to import.")
        if missing := {name for name in self._target or {} if self._must_be_given(name)} - names:
            raise InvalidInput(f"The table demands a value for {_listed(missing)}, which the source does not have.")

    def _check_name(self, name: str, source: str) -> None:
        check_identifier(name, "column")
        if name == LINE_COLUMN:
            raise InvalidInput(f"A column cannot be called {LINE_COLUMN}: map it to another name.")
        for draft in self.drafts.values():
            if draft.name == name:
                raise InvalidInput(
                    f"The columns {draft.source} and {source} would both be called {name}: map one of them."
                )
        if len(self.drafts) == _MOST_COLUMNS:
            raise InvalidInput(f"A table has at most {_MOST_COLUMNS:,} columns: leave some out.")

    def _type(self, rule: ColumnRule, name: str) -> SqlType | None:
        if self._target is None:
            return None if rule.type == "auto" else SqlType(kind=rule.type)
        column = self._target.get(name)
        if column is None:
            raise InvalidInput(
                f"The table has no column {name}: map {rule.source} to one that it has, or leave it out; "
                f"it has {_listed(self._target)}."
            )
        if column.is_computed:
            raise InvalidInput(f"The table's column {name} is computed by the database: leave it out.")
        found = type_in_table(name, column.type_name, column.modifier)
        if rule.type not in ("auto", found.kind):
            raise InvalidInput(f"The table's column {name} is {column.sql_type}, and not {rule.type} as declared.")
        return found

    def _must_be_given(self, name: str) -> bool:
        return bool(self._target and name in self._target and self._target[name].must_be_given)


def _listed(names: Collection[str]) -> str:
    ordered = sorted(names) if isinstance(names, Set) else list(names)
    return f"{', '.join(ordered[:20])}, …" if len(ordered) > 20 else ", ".join(ordered)
