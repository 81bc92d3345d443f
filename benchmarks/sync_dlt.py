"""Runs dlt as its manual says, in an environment of its own, to be measured beside us. Executed there, imports dlt."""

# pyright: basic, reportMissingImports=false

import sys
import time

import dlt
from dlt.sources.sql_database import sql_database


def main() -> None:
    """source URL, schema, table, backend, destination URL, dataset: load once, print the seconds."""
    source, schema, table, backend, destination, dataset = sys.argv[1:]
    started = time.perf_counter()
    tables = sql_database(source, schema=schema or None, table_names=[table], backend=backend)
    pipeline = dlt.pipeline(
        pipeline_name=dataset, destination=dlt.destinations.postgres(destination), dataset_name=dataset, dev_mode=False
    )
    pipeline.run(tables, write_disposition="replace")
    print(time.perf_counter() - started)


if __name__ == "__main__":
    main()
