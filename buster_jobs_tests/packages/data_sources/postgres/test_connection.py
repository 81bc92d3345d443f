"""What a person is told when a data source cannot be reached."""

import socket
import struct
import threading
from collections.abc import Iterator

import pytest

from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.data_sources.postgres.address import parse_address
from buster_jobs.packages.data_sources.postgres.connection import open_connection
from buster_jobs.packages.errors import ConfigurationError, Unavailable
from buster_jobs_tests.support.ports import free_port

SECRET = "s3cr3t-w0rd"


@pytest.fixture
def refusing_server() -> Iterator[int]:
    """Asks for a password and refuses it, as PostgreSQL does, in German."""
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_refuse, args=(listener,), daemon=True).start()
    yield listener.getsockname()[1]
    listener.close()


def _refuse(listener: socket.socket) -> None:
    client, _ = listener.accept()
    client.recv(4096)
    client.sendall(b"R" + struct.pack("!ii", 8, 3))
    client.recv(4096)
    fields = b"SFATAL\0VFATAL\0C28P01\0MPasswort-Authentifizierung schlug fehl\0\0"
    client.sendall(b"E" + struct.pack("!i", len(fields) + 4) + fields)
    client.close()


def test_a_wrong_password_is_one_clear_sentence(refusing_server: int) -> None:
    source = connect(f"postgresql://ada:{SECRET}@127.0.0.1:{refusing_server}/shop?sslmode=disable")
    with pytest.raises(ConfigurationError, match="check user and password") as refused:
        source.test_connection()
    assert SECRET not in refused.value.message


def test_a_missing_database_is_told_by_its_name(shop_url: str) -> None:
    with pytest.raises(ConfigurationError, match="no database 'nowhere'"):
        connect(shop_url.replace("/data_sources_shop", "/nowhere")).test_connection()


def test_a_closed_port_is_unavailable() -> None:
    port = free_port()
    with pytest.raises(Unavailable, match="Nothing answers") as failed:
        connect(f"postgresql://ada:{SECRET}@127.0.0.1:{port}/shop").test_connection()
    assert SECRET not in repr(failed.value)


def test_an_unknown_host_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        connect(f"postgresql://ada:{SECRET}@nowhere.invalid/shop").test_connection()


def test_a_server_that_says_nothing_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = parse_address(f"postgresql://ada:{SECRET}@127.0.0.1:{silent.getsockname()[1]}/shop")
        with pytest.raises(Unavailable, match="in time"):
            open_connection(address, 0.2)


def test_a_name_lookup_that_hangs_is_given_up_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    hung = threading.Event()

    def hang(*_args: object, **_more: object) -> bool:
        return hung.wait()

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    with pytest.raises(Unavailable, match="in time"):
        open_connection(parse_address("postgresql://ada@db.example.org/shop"), 0.2)
    hung.set()
