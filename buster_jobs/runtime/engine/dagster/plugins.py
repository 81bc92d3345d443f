"""What a class that dagster.yaml names needs when it takes no configuration there. Not what such a class does."""

from typing import Any, Self

# Dagster offers no public names for what a class in dagster.yaml must subclass and take.
from dagster._serdes import ConfigurableClass, ConfigurableClassData


class WithoutConfig:
    """Comes first among the bases; how the class is made is its own affair."""

    @classmethod
    def config_type(cls) -> dict[str, Any]:
        """Nothing: settings, tasks and callers say what they want, so that no secret can stand in dagster.yaml."""
        return {}


class Unconfigured(WithoutConfig, ConfigurableClass):
    """Comes first among the bases: the others' constructors take nothing."""

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
