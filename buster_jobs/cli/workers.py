"""`buster-jobs workers`: a machine's workers in the foreground, for where no webserver or daemon runs beside them."""

import os
import sys

import click

from buster_jobs.runtime.start import pool_command


@click.command()
def workers() -> None:
    """Work on runs until Ctrl-C or SIGTERM. Servers elsewhere then run with BUSTER_LOCAL_WORKERS=false."""
    reading, writing = os.pipe()
    # The pool ends when the writing end closes: it is this very process's, and so ends with it.
    for end in (reading, writing):
        os.set_inheritable(end, True)
    os.execv(sys.executable, pool_command(reading))  # noqa: S606 - signals reach the pool itself
