"""Events of a run that is executed here: which are written with the next one, and that none is lost."""

from collections.abc import Generator

import dagster as dg
import pytest
from dagster._core.events import AssetObservationData, DagsterEvent, DagsterEventType, EngineEventData
from dagster._core.execution.plan.inputs import StepInputData
from dagster._core.execution.plan.objects import TypeCheckData
from sqlalchemy import Engine, text

from buster_jobs.runtime.engine.dagster.event_batch import BATCH
from buster_jobs.runtime.start import open_instance

RUN = "00000000-0000-4000-8000-00000000ba7c"
WAIT = [DagsterEventType.RESOURCE_INIT_STARTED, DagsterEventType.RESOURCE_INIT_SUCCESS]
NOW = DagsterEventType.ENGINE_EVENT


@pytest.fixture
def instance(database: Engine) -> Generator[dg.DagsterInstance]:
    with open_instance() as instance:
        yield instance
        instance.event_log_storage.delete_events(RUN)


def report(instance: dg.DagsterInstance, *kinds: DagsterEventType) -> None:
    for kind in kinds:
        instance.report_dagster_event(
            DagsterEvent(kind.value, "echo", event_specific_data=EngineEventData()), run_id=RUN
        )


def written(database: Engine) -> list[str]:
    query = "SELECT dagster_event_type FROM public.event_logs WHERE run_id = :run ORDER BY id"
    with database.connect() as connection:
        return list(connection.scalars(text(query), {"run": RUN}))


def names(*kinds: DagsterEventType) -> list[str]:
    return [kind.value for kind in kinds]


def test_events_that_can_wait_are_written_with_the_next_event_in_order(
    instance: dg.DagsterInstance, database: Engine
) -> None:
    with BATCH.opened():
        report(instance, *WAIT)
        assert written(database) == []
        report(instance, NOW)
        assert written(database) == names(*WAIT, NOW)


def test_the_input_of_a_step_is_written_before_its_code_runs(instance: dg.DagsterInstance, database: Engine) -> None:
    given = StepInputData(input_name="rows", type_check_data=TypeCheckData(success=True, label="rows"))
    event = DagsterEvent(DagsterEventType.STEP_INPUT.value, "echo", event_specific_data=given)
    with BATCH.opened():
        report(instance, *WAIT)
        instance.report_dagster_event(event, run_id=RUN)
        assert written(database) == names(*WAIT, DagsterEventType.STEP_INPUT)


def test_an_event_of_an_asset_is_written_after_the_events_that_waited(
    instance: dg.DagsterInstance, database: Engine
) -> None:
    seen = AssetObservationData(dg.AssetObservation("batched"))
    event = DagsterEvent(DagsterEventType.ASSET_OBSERVATION.value, "echo", event_specific_data=seen)
    with BATCH.opened():
        report(instance, *WAIT)
        instance.report_dagster_event(event, run_id=RUN)
        assert written(database) == names(*WAIT, DagsterEventType.ASSET_OBSERVATION)
    assert instance.fetch_observations(dg.AssetKey("batched"), limit=1).records


def test_an_error_loses_no_event(instance: dg.DagsterInstance, database: Engine) -> None:
    def execute() -> None:
        with BATCH.opened():
            report(instance, *WAIT)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        execute()
    assert written(database) == names(*WAIT)


def test_events_of_runs_executed_elsewhere_are_written_at_once(instance: dg.DagsterInstance, database: Engine) -> None:
    report(instance, *WAIT)
    assert written(database) == names(*WAIT)


def test_events_that_could_not_be_written_wait_for_the_runs_next_event_and_for_no_other_runs(
    instance: dg.DagsterInstance, database: Engine
) -> None:
    with BATCH.opened():
        report(instance, *WAIT)
        with database.begin() as connection:
            connection.execute(text("ALTER TABLE public.event_logs RENAME TO away"))
        with pytest.raises(Exception, match="event_logs"):
            report(instance, NOW)
        with database.begin() as connection:
            connection.execute(text("ALTER TABLE public.away RENAME TO event_logs"))
        report(instance, NOW)
        assert written(database) == names(*WAIT, NOW)
    with BATCH.opened():
        report(instance, NOW)
    assert written(database) == names(*WAIT, NOW, NOW)
