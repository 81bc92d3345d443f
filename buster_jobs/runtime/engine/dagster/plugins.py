"""What the classes that dagster.yaml names subclass and take. Dagster has no public names for these."""

from typing import Any, Self

from dagster._core.launcher import CheckRunHealthResult, LaunchRunContext, RunLauncher, WorkerStatus
from dagster._core.run_coordinator import RunCoordinator, SubmitRunContext
from dagster._core.workspace.context import BaseWorkspaceRequestContext
from dagster._serdes import ConfigurableClass, ConfigurableClassData

__all__ = [
    "BaseWorkspaceRequestContext",
    "CheckRunHealthResult",
    "ConfigFreeMixin",
    "ConfigFreePlugin",
    "ConfigurableClassData",
    "LaunchRunContext",
    "RunCoordinator",
    "RunLauncher",
    "SubmitRunContext",
    "WorkerStatus",
]


class ConfigFreeMixin:
    """Refuses configuration in dagster.yaml. Comes first among the bases; the class itself says how it is made."""

    @classmethod
    def config_type(cls) -> dict[str, Any]:
        """Empty: settings, tasks and callers say what they want, so that dagster.yaml holds no secret."""
        return {}


class ConfigFreePlugin(ConfigFreeMixin, ConfigurableClass):
    """Comes first among the bases of a class whose other bases' constructors take nothing."""

    def __init__(self, inst_data: ConfigurableClassData | None = None) -> None:
        self._inst_data = inst_data
        super().__init__()

    @property
    def inst_data(self) -> ConfigurableClassData | None:
        """Dagster's own record of where this class was configured."""
        return self._inst_data

    @classmethod
    def from_config_value(
        cls,
        inst_data: ConfigurableClassData | None,
        config_value: Any,  # noqa: ARG003 - Dagster's signature
    ) -> Self:
        """An instance for one Dagster instance."""
        return cls(inst_data)
