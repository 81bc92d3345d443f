"""The warm workers as their users meet them: a real `dagster dev`, real processes, real kills."""
