"""Start the command line with `python -m buster_jobs.cli`."""

from buster_jobs.cli import main

main()
