"""The steps of an import, in order. A step that is repeated after a crash skips what was committed."""

from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import func

from buster_jobs.packages.database.people.organizations import get_organization
from buster_jobs.packages.database.server.engine import transaction
from buster_jobs.packages.database.sources.imports import (
    Import,
    begin_import,
    get_import,
    import_state,
    replace_rejects,
    set_import,
)
from buster_jobs.packages.errors import InvalidInput, NotFound
from buster_jobs.packages.warehouse.imports.declaration import ImportDeclaration
from buster_jobs.packages.warehouse.imports.files import source_name
from buster_jobs.packages.warehouse.imports.loading import check_staged
from buster_jobs.packages.warehouse.imports.loading import load as load_rows
from buster_jobs.packages.warehouse.imports.plan import Plan
from buster_jobs.packages.warehouse.imports.rejects import RejectLog, TooManyRejects
from buster_jobs.packages.warehouse.imports.results import ImportResult, result
from buster_jobs.packages.warehouse.imports.staging import (
    drop_staging,
    make_schema,
    remove_duplicates,
    stage,
    staging_table,
    sweep_staging,
)
from buster_jobs.packages.warehouse.imports.target import TableName, read_target, target_table
from buster_jobs.packages.warehouse.imports.transaction import import_transaction
from buster_jobs.packages.warehouse.imports.validation import validate_source
from buster_jobs.packages.warehouse.schemas import organization_schema


def validate(declaration: ImportDeclaration, run_id: str) -> Plan:
    """Read the source, find every bad row, and plan the columns. Raises `InvalidInput` if the import is refused."""
    get_organization(declaration.organization_id)
    table = target_table(declaration)
    begun = begin_import(
        organization_id=declaration.organization_id,
        import_id=declaration.import_id,
        declaration_hash=declaration.content_hash(),
        source=source_name(declaration.source),
        target=str(table),
        run_id=run_id,
    )
    if begun.state == "loaded":
        return Plan(columns=[], makes_table=False, rows=begun.rows_read, rejected=begun.rows_rejected)
    with import_transaction(begun.id) as connection:
        drop_staging(connection, staging_table(table.schema, begun.id))
        sweep_staging(connection)
        target = read_target(connection, table)
    with _refusals(begun, declaration):
        plan, log = validate_source(declaration, target, begun.id)
        log.check()
    _keep(begun, declaration, log, state="reading")
    return plan


def extract(declaration: ImportDeclaration, plan: Plan) -> int:
    """Stage the good rows. Returns how many."""
    begun = _begun(declaration)
    staging = _staging(begun)
    make_schema(staging.schema)
    with _refusals(begun, declaration), import_transaction(begun.id) as connection:
        if import_state(connection, begun.id) == "loaded":
            return 0
        return stage(connection, declaration, plan, staging, begun.id)


def transform(declaration: ImportDeclaration) -> int:
    """Keep one staged row for each key. Returns how many rows were deleted."""
    begun = _begun(declaration)
    with import_transaction(begun.id) as connection:
        if import_state(connection, begun.id) in ("transformed", "loaded"):
            return begun.rows_duplicate
        return remove_duplicates(connection, declaration, _staging(begun), begun.id)


def load(declaration: ImportDeclaration, plan: Plan, rows: int) -> ImportResult:
    """Load the staged rows into the table, once. `rows` is how many there must be."""
    begun = _begun(declaration)
    with import_transaction(begun.id) as connection:
        state = import_state(connection, begun.id)
        if state == "transformed":
            check_staged(connection, _staging(begun), rows)
            loaded = load_rows(connection, declaration, plan, _staging(begun), target_table(declaration))
            counts = {
                "rows_inserted": loaded.inserted,
                "rows_updated": loaded.updated,
                "rows_unchanged": loaded.unchanged,
            }
            set_import(connection, begun.id, {"state": "loaded", "loaded_at": func.clock_timestamp(), **counts})
        elif state != "loaded":
            raise InvalidInput("Another run has begun this import again meanwhile: its result counts.")
    return result(get_import(declaration.organization_id, declaration.import_id))


def clean_up(declaration: ImportDeclaration) -> None:
    """Drop the staging table of an import that has failed or was canceled."""
    try:
        begun = _begun(declaration)
    except NotFound:
        return
    with import_transaction(begun.id) as connection:
        drop_staging(connection, _staging(begun))


@contextmanager
def _refusals(begun: Import, declaration: ImportDeclaration) -> Generator[None]:
    """Record a refusal with its rejects, and raise it again."""
    try:
        yield
    except InvalidInput as error:
        _keep(begun, declaration, error.log if isinstance(error, TooManyRejects) else None, state="refused")
        raise


def _keep(begun: Import, declaration: ImportDeclaration, log: RejectLog | None, *, state: str) -> None:
    with transaction() as connection:
        replace_rejects(connection, begun.id, source_name(declaration.source), log.kept if log else [])
        counts = {"rows_read": log.rows, "rows_rejected": log.rejected} if log else {}
        set_import(connection, begun.id, {"state": state, **counts})


def _begun(declaration: ImportDeclaration) -> Import:
    return get_import(declaration.organization_id, declaration.import_id)


def _staging(begun: Import) -> TableName:
    return staging_table(organization_schema(begun.organization_id), begun.id)
