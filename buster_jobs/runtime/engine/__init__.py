"""The engine: queue, workers and supervision of runs. Tasks and commands enter it by runtime/start.py."""
