"""Hypothesis settings for a busy machine: examples have no deadline, and slow ones are accepted."""

from hypothesis import HealthCheck, settings

SLOW = (HealthCheck.too_slow,)
WITH_FIXTURES = (*SLOW, HealthCheck.function_scoped_fixture)
"""To suppress for a test whose examples may share what its fixtures made."""

settings.register_profile("a busy machine", settings.default, deadline=None, suppress_health_check=SLOW)
settings.load_profile("a busy machine")
