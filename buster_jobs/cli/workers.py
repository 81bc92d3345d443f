"""`buster-jobs workers`: a machine's workers in the foreground, for machines without a webserver or daemon."""

import os
import sys

import click

from buster_jobs.runtime.start import pool_command


@click.command()
def workers() -> None:
    """Execute queued runs until Ctrl-C or SIGTERM.

    Webservers and daemons on other machines then run with BUSTER_LOCAL_WORKERS=false.
    """
    reading, writing = os.pipe()
    # The pool ends when the writing end closes. This process becomes the pool, so the end closes with it.
    for end in (reading, writing):
        os.set_inheritable(end, True)
    os.execv(sys.executable, pool_command(reading))  # noqa: S606 - signals reach the pool itself
