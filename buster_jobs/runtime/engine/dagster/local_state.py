"""What Dagster keeps on disk, all of it under our state folder, whichever folder or process it is opened from."""

import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# Dagster offers no public names for what these classes must subclass and take.
from dagster._core.execution.compute_logs import redirect_to_file  # pyright: ignore[reportUnknownVariableType]
from dagster._core.storage.compute_log_manager import CapturedLogContext
from dagster._core.storage.local_compute_log_manager import IO_TYPE_EXTENSION, LocalComputeLogManager
from dagster._core.storage.root import LocalArtifactStorage
from dagster._serdes import ConfigurableClassData

from buster_jobs.packages.settings import get_settings
from buster_jobs.runtime.engine.dagster.plugins import ConfigFreeMixin


class ComputeLogs(ConfigFreeMixin, LocalComputeLogManager):
    """stdout and stderr of runs. `dagster dev` throws its own home away, so the place must not depend on it.

    With several hosts, put BUSTER_STATE_DIR on a folder that they share.
    """

    @contextmanager
    def capture_logs(self, log_key: Sequence[str]) -> Generator[CapturedLogContext]:
        """Send both streams to their files. The stock manager also copies them to the terminal.

        For that it starts four processes, two of them Pythons, which takes longer than a whole run.
        """
        out, err = (self.get_captured_local_path(log_key, kind) for kind in IO_TYPE_EXTENSION.values())
        Path(out).parent.mkdir(parents=True, exist_ok=True)
        with redirect_to_file(sys.stdout, out), redirect_to_file(sys.stderr, err):
            yield CapturedLogContext(log_key)
        Path(self.complete_artifact_path(log_key)).touch()  # pyright: ignore[reportUnknownMemberType]

    @classmethod
    def from_config_value(
        cls,
        inst_data: ConfigurableClassData | None,
        config_value: Any,  # noqa: ARG003 - Dagster's signature
    ) -> "ComputeLogs":
        """Open the folder of logs; it is made when first written to."""
        return cls(base_dir=str(get_settings().state_dir / "compute_logs"), inst_data=inst_data)


class Artifacts(ConfigFreeMixin, LocalArtifactStorage):
    """Whatever else Dagster writes to disk."""

    @classmethod
    def from_config_value(
        cls,
        inst_data: ConfigurableClassData | None,
        config_value: Any,  # noqa: ARG003 - Dagster's signature
    ) -> "Artifacts":
        """Open the folder; it is made when first written to."""
        return cls(base_dir=str(get_settings().state_dir / "artifacts"), inst_data=inst_data)
