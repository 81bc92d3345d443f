"""Dagster's storage as dagster.yaml names it: opening it prepares the database and a serving process."""

from typing import Any

from buster_jobs.packages.database.migrate import migrate
from buster_jobs.runtime.engine.dagster.plugins import ConfigurableClassData
from buster_jobs.runtime.engine.dagster.pooled_storage import PooledStorage, storage_url
from buster_jobs.runtime.engine.workers import local_workers
from buster_jobs.runtime.engine.workers.orphans import end_with_dagster_dev


class BusterStorage(PooledStorage):
    """`storage.custom` in dagster.yaml. Takes no configuration: BUSTER_DATABASE_URL, or the embedded PostgreSQL."""

    @classmethod
    def from_config_value(
        cls,
        inst_data: ConfigurableClassData | None,
        config_value: Any,  # noqa: ARG003 - Dagster's signature
    ) -> "BusterStorage":
        """Open the storage. Raises `ConfigurationError` or `DatabaseUnavailable` with a sentence."""
        end_with_dagster_dev()
        migrate()
        storage = cls(storage_url(), inst_data)
        # Here, because a serving process opens its storage first and its launcher only for the first run: too late to
        # have warm workers for it.
        local_workers.start_beside_a_server()
        return storage
