"""The warm workers as their users meet them: real `dagster dev`, real processes, real kills."""
