"""Wakes a waiting process: on PostgreSQL's notifications on one channel, and on the request to stop.

Reconnects when PostgreSQL is back.
"""

import math
import os
import select
import signal
import time

import psycopg

from buster_jobs.packages.database.server.engine import own_connection
from buster_jobs.packages.errors import Unavailable

AWAY_SECONDS = 1.0
"""How long a process waits after PostgreSQL could not be used, on top of what its connections wait."""
_TRUST_SECONDS = 15.0
"""How long a connection is trusted to be alive: one whose server has vanished is silent too."""


class Wakeup:
    """Connects when it is first needed. All methods raise `Unavailable` or `ConfigurationError`."""

    def __init__(self, channel: str) -> None:
        self._channel = channel
        self._listened_at = -math.inf
        self._connection: psycopg.Connection | None = None
        self._stop_seen, self._stop_sent = os.pipe()
        self.stopped = False
        """Whether this process was asked to end."""

    def listen(self) -> None:
        """From here on every notification is received."""
        if self._connection is None:
            self._connection = own_connection()
        elif time.monotonic() - self._listened_at < _TRUST_SECONDS:
            return
        self._do(f"LISTEN {self._channel}")
        self._listened_at = time.monotonic()

    def unlisten(self) -> None:
        """While busy: notifications that are not read would pile up in the server."""
        self._listened_at = -math.inf
        self._do(f"UNLISTEN {self._channel}")

    def wait(self, seconds: float) -> None:
        """Return at the first notification, when asked to end, or after that many seconds."""
        if self._connection is None:
            self.listen()
            return
        try:
            if self._heard(self._connection):
                return
            # Not psycopg's own waiting, which wakes ten times a second.
            ready, _, _ = select.select([self._connection, self._stop_seen], [], [], seconds)
            if self._connection in ready:
                self._heard(self._connection)
        except psycopg.Error as error:
            raise self._broken() from error

    def stop_at(self, number: signal.Signals) -> None:
        """From here on this signal asks the process to end: `stopped` is true, and nothing waits any more."""
        signal.signal(number, self._stop)

    def _stop(self, _number: int, _frame: object) -> None:
        self.stopped = True
        os.write(self._stop_sent, b".")

    @staticmethod
    def _heard(connection: psycopg.Connection) -> bool:
        return any(True for _ in connection.notifies(timeout=0, stop_after=1))

    def _do(self, statement: str) -> None:
        if self._connection is None:
            return
        try:
            self._connection.execute(statement.encode())
        except psycopg.Error as error:
            raise self._broken() from error

    def _broken(self) -> Unavailable:
        if self._connection is not None:
            self._connection.close()
        self._connection = None
        return Unavailable("PostgreSQL has closed a connection; it is opened again.")
