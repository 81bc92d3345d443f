"""Set the demo up with a progress bar, for the commands `demo` and `dev`."""

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from buster_jobs.demo.rows import DemoRows
from buster_jobs.demo.setup import set_up_demo


def set_up_with_progress(database: str) -> DemoRows:
    """Start the database, migrate it and load the flights, where that is missing; show a progress bar on stderr."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with console.status("Starting PostgreSQL …") as status, Progress(*columns, console=console) as bar:
        loading = bar.add_task("Loading 336,776 flights", visible=False)

        def show(done: int, total: int) -> None:
            status.stop()
            bar.update(loading, completed=done, total=total, visible=True)
            if done == total:
                bar.update(loading, description="Indexing 336,776 flights")

        return set_up_demo(database, show)
