"""The records of imports and their rejects. packages/warehouse reads and loads the rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, case, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from buster_jobs.packages.database.integrity import refused_as_input
from buster_jobs.packages.database.server.engine import session, transaction
from buster_jobs.packages.database.sources.import_models import ImportRejectRow, ImportRow
from buster_jobs.packages.database.storable_values import storable_text
from buster_jobs.packages.errors import InvalidInput, NotFound


@dataclass(frozen=True, slots=True)
class Import:
    """An import's record. `id` is ours; `import_id` is the caller's, unique in its organization.

    `bytes_read` of `bytes_in_all` is the progress of the reading step; None if the size is unknown.
    """

    id: UUID
    organization_id: UUID
    import_id: str
    source: str
    target: str
    run_id: str
    state: str
    bytes_read: int
    bytes_in_all: int | None
    rows_read: int
    rows_rejected: int
    rows_duplicate: int
    rows_inserted: int
    rows_updated: int
    rows_unchanged: int
    begun_at: datetime
    loaded_at: datetime | None


@dataclass(frozen=True, slots=True)
class ImportReject:
    """A bad value, or a bad row if `column` is None. `line` counts from 1."""

    line: int
    column: str | None
    value: str | None
    reason: str


def begin_import(
    *, organization_id: UUID, import_id: str, declaration_hash: str, source: str, target: str, run_id: str
) -> Import:
    """Begin an import, or begin it again, unless it is loaded. Returns its record.

    Raises `NotFound` for an unknown organization, `InvalidInput` if the id was used for another import.
    """
    values = {"declaration_hash": declaration_hash, "source": storable_text(source), "target": target, "run_id": run_id}
    adding = insert(ImportRow).values(organization_id=organization_id, import_id=import_id, **values)
    same_run = ImportRow.run_id == adding.excluded.run_id
    again = adding.on_conflict_do_update(
        index_elements=["organization_id", "import_id"],
        set_={
            **values,
            **dict.fromkeys(_COUNTS, 0),
            "state": "reading",
            "bytes_in_all": None,
            "begun_at": case((same_run, ImportRow.begun_at), else_=func.clock_timestamp()),
        },
        where=ImportRow.state != "loaded",
    )
    with session() as opened, refused_as_input():
        row = opened.scalar(again.returning(ImportRow), execution_options={"populate_existing": True})
        if row is None:
            row = opened.scalars(_one(organization_id, import_id)).one()
            if row.declaration_hash != declaration_hash:
                raise InvalidInput(f"The import id {import_id!r} was used for another import: choose another.")
        return _import(row)


def get_import(organization_id: UUID, import_id: str) -> Import:
    """Raises `NotFound`."""
    with session() as opened:
        row = opened.scalar(_one(organization_id, import_id))
        if row is None:
            raise NotFound(f"There is no import {import_id!r}.")
        return _import(row)


def note_progress(id: UUID, *, bytes_read: int, bytes_in_all: int | None, rows_read: int) -> None:
    """Store the progress of the reading step, in a transaction of its own so that it is visible at once."""
    with transaction() as connection:
        set_import(connection, id, {"bytes_read": bytes_read, "bytes_in_all": bytes_in_all, "rows_read": rows_read})


def set_import(connection: Connection, id: UUID, values: Mapping[str, object]) -> None:
    """Change columns of an import in the transaction of `connection`."""
    connection.execute(update(ImportRow).where(ImportRow.id == id).values(**values))


def import_state(connection: Connection, id: UUID) -> str:
    """The state, as seen by the transaction of `connection`."""
    return connection.execute(select(ImportRow.state).where(ImportRow.id == id)).scalar_one()


def replace_rejects(connection: Connection, id: UUID, file: str, rejects: Sequence[ImportReject]) -> None:
    """Replace the stored rejects of an import."""
    connection.execute(delete(ImportRejectRow).where(ImportRejectRow.import_row_id == id))
    rows = [
        {
            "import_row_id": id,
            "file": storable_text(file),
            "line": reject.line,
            "column_name": reject.column,
            "value": reject.value,
            "reason": reject.reason,
        }
        for reject in rejects
    ]
    if rows:
        connection.execute(insert(ImportRejectRow), rows)


def list_rejects(organization_id: UUID, import_id: str, *, limit: int = 100) -> list[ImportReject]:
    """The first rejects of an import, by line."""
    of_import = (ImportRow.organization_id == organization_id) & (ImportRow.import_id == import_id)
    query = (
        select(ImportRejectRow)
        .join(ImportRow, (ImportRow.id == ImportRejectRow.import_row_id) & of_import)
        .order_by(ImportRejectRow.line, ImportRejectRow.id)
        .limit(limit)
    )
    with session() as opened:
        return [ImportReject(row.line, row.column_name, row.value, row.reason) for row in opened.scalars(query)]


_COUNTS = tuple(field.name for field in fields(Import) if field.name.startswith("rows_") or field.name == "bytes_read")


def _one(organization_id: UUID, import_id: str):
    return select(ImportRow).where(ImportRow.organization_id == organization_id, ImportRow.import_id == import_id)


def _import(row: ImportRow) -> Import:
    return Import(**{field.name: getattr(row, field.name) for field in fields(Import)})
