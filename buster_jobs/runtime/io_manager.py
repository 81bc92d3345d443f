"""Step outputs as JSON in our database, so that another process or host can go on from any step."""

import dagster as dg


class StepOutputs(dg.IOManager):
    """Stores what the step wrapper has already turned into JSON values."""

    def handle_output(self, context: dg.OutputContext, obj: object) -> None:
        """Store one output; storing it again replaces it."""
        from buster_jobs.packages.database.runs.steps import save_step_output  # SQLAlchemy

        save_step_output(run_id=context.run_id, step_key=context.step_key, output_name=context.name, value=obj)

    def load_input(self, context: dg.InputContext) -> object:
        """The JSON value of the upstream output. Raises `NotFound` when it was never stored."""
        from buster_jobs.packages.database.runs.steps import load_step_output  # SQLAlchemy

        upstream = context.upstream_output
        if upstream is None:
            raise dg.DagsterInvariantViolationError(f"Input {context.name} has no upstream step.")
        return load_step_output(run_id=upstream.run_id, step_key=upstream.step_key, output_name=upstream.name)


@dg.io_manager(config_schema={}, description="Keeps step outputs as JSON in the database.")
def step_output_io_manager() -> StepOutputs:
    """The empty config schema is what refuses anything sent for this resource in run config."""
    return StepOutputs()
