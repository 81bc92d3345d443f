"""Sets up everything that the demo needs, in order."""

from buster_jobs.demo.load import Progress, load_flights
from buster_jobs.demo.rows import DemoRows, ensure_rows
from buster_jobs.demo.server import DEFAULT_DATABASE, prepare_server
from buster_jobs.packages.database.migrate import migrate


def set_up_demo(database: str = DEFAULT_DATABASE, progress: Progress = lambda _done, _all: None) -> DemoRows:
    """Migrate, load the flights, and insert the rows. Repeated, it takes a few queries.

    Raises `ConfigurationError` and `Unavailable`.
    """
    migrate()
    server = prepare_server(database)
    load_flights(server, progress)
    return ensure_rows(server)
