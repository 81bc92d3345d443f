"""A proxy on loopback before a database server, whose connections can fall silent as those of a dead host do."""

import contextlib
import socket
import threading
from collections.abc import Callable, Generator


class Proxy:
    """Passes on the first `passed` connections; later ones are taken and never answered."""

    def __init__(self, dial: Callable[[], socket.socket], passed: int) -> None:
        self._dial = dial
        self._left = passed
        self._ends: list[socket.socket] = []
        self._silent: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    def silence(self) -> None:
        """From now on nothing goes through the connections that there are; none of them is closed."""
        self._silent.update(self._ends)

    def close(self) -> None:
        self._listener.close()
        for end in self._ends:
            # close() alone would leave a thread that waits for the socket waiting.
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self._ends.append(client)
                if self._left:
                    self._left -= 1
                    server = self._dial()
                    self._ends.append(server)
                    for ends in ((client, server), (server, client)):
                        threading.Thread(target=self._pump, args=ends, daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if source not in self._silent:
                    target.sendall(data)
            if source not in self._silent:
                target.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def proxy_before(dial: Callable[[], socket.socket], passed: int = 100) -> Generator[Proxy]:
    """The proxy, until the block ends. `dial` makes a connection to the server."""
    proxy = Proxy(dial, passed)
    try:
        yield proxy
    finally:
        proxy.close()
