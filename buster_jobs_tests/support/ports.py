"""Free ports on loopback: for servers that tests start, and for addresses without a server."""

import socket
from random import SystemRandom

_PORTS = range(20_000, 32_000)
"""Below the ephemeral ports, of which the kernel could give one to a client before our server listens."""


def free_port() -> int:
    """A port on loopback that is free now."""
    while True:
        port = SystemRandom().choice(_PORTS)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
