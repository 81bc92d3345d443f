"""The retention rules, one for each kind of row. policies.py has the days that operators have set.

A new table that grows gets its rule here.
"""

from typing import Any

from sqlalchemy import ColumnElement, Text, cast, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from buster_jobs.packages.database.people.chat_models import ModelConversationRow
from buster_jobs.packages.database.people.organization_models import OrganizationRow
from buster_jobs.packages.database.retention_models import RetentionTallyRow
from buster_jobs.packages.database.runs.job_models import JobRow, StepOutputRow
from buster_jobs.packages.database.runs.outcome_models import (
    FailedTaskRow,
    OpsAlertRow,
    OpsDeliveryRow,
    OpsMessageRow,
    TaskMetricRow,
)
from buster_jobs.packages.database.runs.run_queue_models import IdempotencyKeyRow, QueuedRunRow, StepWaitsRow
from buster_jobs.packages.database.sources.import_models import ImportRejectRow, ImportRow
from buster_jobs.packages.retention.rule import Rule, unfinished

RUN_HISTORY = "run_history"
"""The rule for Dagster's runs, with their events and captured output. The runtime applies it."""
RUN_HISTORY_DAYS = 30


_later = aliased(FailedTaskRow)
_deleted_organizations = Rule(
    "deleted_organizations",
    OrganizationRow,
    OrganizationRow.deleted_at,
    30,
    in_use=(exists().where(JobRow.organization_id == OrganizationRow.id, JobRow.finished_at.is_(None)),),
    organization=OrganizationRow.id,
    cascades=True,
)
_resolved_letters = Rule(
    "dead_letters",
    FailedTaskRow,
    FailedTaskRow.failed_at,
    90,
    only_if=(FailedTaskRow.state != "open",),
    in_use=(
        *unfinished(FailedTaskRow.replay_run_id),
        exists().where(_later.replay_of == FailedTaskRow.run_id, _later.state == "open"),
    ),
    organization=FailedTaskRow.organization_id,
)
_open_letters = Rule(
    "open_dead_letters",
    FailedTaskRow,
    FailedTaskRow.failed_at,
    90,
    only_if=(FailedTaskRow.state == "open",),
    organization=FailedTaskRow.organization_id,
)
_job_records = Rule(
    "job_records",
    JobRow,
    JobRow.finished_at,
    90,
    in_use=(
        exists().where(QueuedRunRow.run_id == JobRow.run_id),
        exists().where(FailedTaskRow.run_id == JobRow.run_id, FailedTaskRow.state == "open"),
        exists().where(IdempotencyKeyRow.run_id == JobRow.run_id, IdempotencyKeyRow.expires_at > func.now()),
    ),
    organization=JobRow.organization_id,
)
_alert_messages = Rule(
    "alert_messages",
    OpsMessageRow,
    OpsMessageRow.created_at,
    90,
    in_use=(
        exists().where(OpsAlertRow.message_id == OpsMessageRow.id),
        exists().where(OpsDeliveryRow.message_id == OpsMessageRow.id, OpsDeliveryRow.delivered_at.is_(None)),
    ),
)
_alerts = Rule(
    "alerts",
    OpsAlertRow,
    OpsAlertRow.created_at,
    90,
    in_use=(
        OpsAlertRow.message_id.is_(None),
        exists().where(OpsDeliveryRow.message_id == OpsAlertRow.message_id, OpsDeliveryRow.delivered_at.is_(None)),
    ),
)


def _of_import(column: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    """The value of `column` in a reject's import."""
    query = select(column).where(ImportRow.id == ImportRejectRow.import_row_id)
    return query.correlate(ImportRejectRow).scalar_subquery()


_import_rejects = Rule(
    "import_rejects",
    ImportRejectRow,
    _of_import(ImportRow.begun_at),
    30,
    in_use=(
        exists().where(
            ImportRow.id == ImportRejectRow.import_row_id,
            JobRow.run_id == ImportRow.run_id,
            JobRow.finished_at.is_(None),
        ),
    ),
    organization=_of_import(ImportRow.organization_id),
)
_imports = Rule(
    "imports",
    ImportRow,
    ImportRow.begun_at,
    400,
    in_use=(
        *unfinished(ImportRow.run_id),
        # A replay must find the record, or it would load the import again.
        exists().where(FailedTaskRow.run_id == ImportRow.run_id, FailedTaskRow.state == "open"),
    ),
    organization=ImportRow.organization_id,
    cascades=True,
)


RULES = (
    _job_records,
    _resolved_letters,
    _open_letters,
    Rule("task_metrics", TaskMetricRow, TaskMetricRow.recorded_at, 400),
    Rule("step_outputs", StepOutputRow, StepOutputRow.created_at, 30, in_use=unfinished(StepOutputRow.run_id)),
    Rule("step_waits", StepWaitsRow, StepWaitsRow.updated_at, 30, in_use=unfinished(StepWaitsRow.run_id)),
    Rule(
        "model_conversations",
        ModelConversationRow,
        ModelConversationRow.updated_at,
        30,
        # The id of a conversation's message is that of its run.
        in_use=unfinished(cast(ModelConversationRow.message_id, Text)),
    ),
    _alert_messages,
    _alerts,
    _import_rejects,
    _imports,
    Rule("retention_tallies", RetentionTallyRow, RetentionTallyRow.updated_at, 90),
    _deleted_organizations,
)
"""In the order of their application: rows before the rows that keep them in use, so that a run matches its preview."""

DEFAULT_DAYS = {rule.name: rule.days for rule in RULES} | {RUN_HISTORY: RUN_HISTORY_DAYS}
BY_ORGANIZATION = frozenset(rule.name for rule in RULES if rule.organization is not None)
