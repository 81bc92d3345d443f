"""`buster-jobs tasks`: list the tasks, and describe one with its payload."""

import json

import click
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from buster_jobs.cli.code_location import definitions, find_task, known_tasks
from buster_jobs.runtime.spec import TaskSpec


@click.group(invoke_without_command=True)
@click.pass_context
def tasks(context: click.Context) -> None:
    """List the tasks."""
    if context.invoked_subcommand:
        return
    specs = known_tasks()
    width = max((len(spec.name) for spec in specs), default=0)
    for spec in specs:
        click.echo(f"{spec.name:{width}}  {_first_line(spec)}")


@tasks.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print the payload's JSON Schema.")
def show(name: str, as_json: bool) -> None:
    """Describe a task and the fields of its payload."""
    spec = find_task(name)
    if as_json:
        click.echo(json.dumps(spec.payload.model_json_schema(), indent=2))
        return
    click.echo(f"{spec.name}\n{_description(spec)}\n\nPayload:")
    for field_name, field in spec.payload.model_fields.items():
        click.echo(f"  {field.alias or field_name} ({_kind(field)}): {field.description or ''}")


def _description(spec: TaskSpec) -> str:
    return definitions().resolve_job_def(spec.name).description or ""


def _kind(field: FieldInfo) -> str:
    name = getattr(field.annotation, "__name__", None) or str(field.annotation)
    if field.is_required():
        return f"{name}, required"
    default = field.get_default(call_default_factory=False)
    return f"{name}, optional" if default in (None, PydanticUndefined) else f"{name}, default {default}"


def _first_line(spec: TaskSpec) -> str:
    return _description(spec).partition("\n")[0]
