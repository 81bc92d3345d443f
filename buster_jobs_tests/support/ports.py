"""Ports for servers that tests start, and for addresses where nobody listens."""

import socket
from random import SystemRandom

_PORTS = range(20_000, 32_000)
"""Below those that the kernel gives to whoever connects: one of these could be taken before our server listens."""


def free_port() -> int:
    """A port on loopback that nobody uses."""
    while True:
        port = SystemRandom().choice(_PORTS)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
