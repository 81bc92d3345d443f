"""The command line. Its modules turn arguments into calls of packages and runtime, and results into text."""

from buster_jobs.cli.main import main

__all__ = ["main"]
