"""Checks a batch: good rows become text for COPY, bad rows become rejects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

from buster_jobs.packages.warehouse.imports.batches import Batch, Reject, Values, shown
from buster_jobs.packages.warehouse.imports.values.convert import ColumnConverter, converter
from buster_jobs.packages.warehouse.imports.values.types import SqlType


@dataclass(frozen=True, slots=True)
class CheckedBatch:
    """The good rows, and the rejects. `rejected` counts rows; `rejects` has an entry for each bad value."""

    lines: Sequence[int]
    values: Mapping[str, Values]
    texts: Mapping[str, Mapping[str | None, str]]
    rejects: Sequence[Reject]
    rejected: int

    def copy_text(self) -> str:
        """The good rows in COPY's text format: the line number first, then the columns in order."""
        columns = [map(self.texts[name].__getitem__, values) for name, values in self.values.items()]
        return "".join(f"{row}\n" for row in map("\t".join, zip(map(str, self.lines), *columns, strict=True)))


def column_converter(
    kind: SqlType,
    null_words: Sequence[str],
    *,
    has_empty_text: bool,
    trim: bool = False,
    format: str | None = None,
    required: bool = False,
) -> ColumnConverter:
    """The converter of one column. An empty field is NULL, except as text from a source that knows the difference."""
    empty_is_text = has_empty_text and kind.kind == "text"
    return ColumnConverter(
        converter(kind, trim=trim, format=format),
        frozenset(null_words) if empty_is_text else frozenset(("", *null_words)),
        required=required,
        blank_is_null=not empty_is_text and (trim or kind.kind != "text"),
    )


def check_batch(batch: Batch, columns: Mapping[str, ColumnConverter]) -> CheckedBatch:
    """Convert the columns of the batch that are named in `columns`, and drop the others."""
    size = len(batch.lines)
    texts: dict[str, Mapping[str | None, str]] = {}
    values: dict[str, Values] = {}
    rejects = list(batch.rejects)
    bad: set[int] = set()
    for name, column in columns.items():
        values[name] = batch.columns.get(name) or [None] * size
        converted = column.batch(values[name])
        texts[name] = converted.texts
        if converted.bad:
            for row, value in enumerate(values[name]):
                if value in converted.bad:
                    bad.add(row)
                    rejects.append(Reject(batch.lines[row], name, shown(value), converted.bad[value]))
    rejected = len(batch.rejects) + len(bad)
    if not bad:
        return CheckedBatch(batch.lines, values, texts, rejects, rejected)
    good = [row not in bad for row in range(size)]
    kept = {name: list(compress(column, good)) for name, column in values.items()}
    rejects.sort(key=lambda reject: reject.line)
    return CheckedBatch(list(compress(batch.lines, good)), kept, texts, rejects, rejected)
