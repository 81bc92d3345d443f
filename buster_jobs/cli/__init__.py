"""The command line. Its modules turn arguments into calls and answers into text; nothing is worked out here."""

from buster_jobs.cli.main import main

__all__ = ["main"]
