"""Validation: one pass over the source that finds every bad row, and infers the types of a new table's columns."""

from collections.abc import Mapping
from uuid import UUID

from buster_jobs.packages.warehouse.imports.batches import Batch, Reader
from buster_jobs.packages.warehouse.imports.checking import CheckedBatch, check_batch, column_converter
from buster_jobs.packages.warehouse.imports.declaration import ImportDeclaration
from buster_jobs.packages.warehouse.imports.plan import Plan
from buster_jobs.packages.warehouse.imports.planning import Planner
from buster_jobs.packages.warehouse.imports.progress import Progress
from buster_jobs.packages.warehouse.imports.reading.import_source import open_import_source
from buster_jobs.packages.warehouse.imports.rejects import RejectLog
from buster_jobs.packages.warehouse.imports.target import TargetColumn
from buster_jobs.packages.warehouse.imports.values.convert import ColumnConverter
from buster_jobs.packages.warehouse.imports.values.inference import Inference
from buster_jobs.packages.warehouse.imports.values.types import SqlType

_TEXT = SqlType(kind="text")


def validate_source(
    declaration: ImportDeclaration, target: Mapping[str, TargetColumn] | None, id: UUID
) -> tuple[Plan, RejectLog]:
    """Read the whole source. Raises `InvalidInput` for a source that does not fit the declaration or the table."""
    log = RejectLog(declaration)
    with open_import_source(declaration) as source:
        validator = _Validator(declaration, target, source.reader)
        progress = Progress(id, source)
        for batch in source.reader.batches():
            log.add(validator.look_at(batch))
            progress.at(log.rows)
    return validator.plan(log), log


class _Validator:
    """Plans the columns, and infers their types, batch by batch."""

    def __init__(
        self, declaration: ImportDeclaration, target: Mapping[str, TargetColumn] | None, reader: Reader
    ) -> None:
        self._declaration, self._reader, self._makes_table = declaration, reader, target is None
        self._planner = Planner(declaration, target)
        self._converters: dict[str, ColumnConverter] = {}
        self._inferences: dict[str, Inference] = {}
        for name in reader.columns():
            self._meet(name)
        if reader.columns():
            self._planner.check_complete(reader.columns())

    def look_at(self, batch: Batch) -> CheckedBatch:
        for name in batch.columns:
            self._meet(name)
        checked = check_batch(batch, self._converters)
        for name, inference in self._inferences.items():
            nulls = self._converters[name].nulls
            inference.see({value for value in checked.values[name] if value is not None}.difference(nulls))
        return checked

    def plan(self, log: RejectLog) -> Plan:
        drafts = self._planner.drafts
        self._planner.check_complete(list(drafts))
        columns = [
            draft.planned(self._inferences[source].result() if source in self._inferences else _TEXT)
            for source, draft in drafts.items()
        ]
        return Plan(columns=columns, makes_table=self._makes_table, rows=log.rows, rejected=log.rejected)

    def _meet(self, name: str) -> None:
        if name in self._converters or (draft := self._planner.meet(name)) is None:
            return
        self._converters[name] = column_converter(
            draft.type or _TEXT,
            self._declaration.null_words,
            has_empty_text=self._reader.has_empty_text,
            trim=draft.rule.trim,
            format=draft.rule.format,
            required=draft.required,
        )
        if draft.type is None:
            self._inferences[name] = Inference(self._reader.text_kinds(name))
