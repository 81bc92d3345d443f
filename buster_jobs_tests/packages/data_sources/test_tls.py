"""A server with an untrusted certificate is not told our password, unless the URL gives verification up."""

import contextlib
import datetime
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.data_sources.mysql.address import parse_address as mysql_address
from buster_jobs.packages.errors import ConfigurationError, InvalidInput, Unavailable

SECRET = "s3cr3t-w0rd"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for "localhost" that signs itself, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


def _postgres(client: socket.socket) -> None:
    client.recv(8)
    client.sendall(b"S")


def _mysql(client: socket.socket) -> None:
    flags = 0x008FFFFF
    greeting = b"\x0a8.0.36\0" + struct.pack("<I", 1) + b"a" * 8 + b"\0" + struct.pack("<H", flags & 0xFFFF)
    greeting += b"\x2d" + struct.pack("<HH", 2, flags >> 16) + b"\x15" + b"\0" * 10 + b"a" * 12 + b"\0"
    greeting += b"mysql_native_password\0"
    client.sendall(struct.pack("<I", len(greeting))[:3] + b"\0" + greeting)
    client.recv(36)


class Impostor:
    """A server that speaks as far as TLS, and keeps what it is told after that."""

    def __init__(self, certificate: Path, greet: Callable[[socket.socket], None]) -> None:
        self.heard = b""
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate)
        self._greet = greet
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            client, _ = self.listener.accept()
            with client:
                client.settimeout(60)
                self._greet(client)
                with self._context.wrap_socket(client, server_side=True) as secure:
                    self.heard = secure.recv(4096)


@pytest.fixture(params=[("postgresql", "sslmode", "sslrootcert", _postgres), ("mysql", "ssl_mode", "ssl_ca", _mysql)])
def impostor(request: pytest.FixtureRequest, certificate: Path) -> Generator[tuple[Impostor, str, str, str]]:
    scheme, mode, authority, greet = request.param
    made = Impostor(certificate, greet)
    yield made, f"{scheme}://ada:{SECRET}@localhost:{made.port}/shop", mode, authority
    made.listener.close()


Asked = tuple[Impostor, str, str, str]


def _verifying(mode: str) -> str:
    return "verify-full" if mode == "sslmode" else "verify_identity"


def test_an_untrusted_certificate_is_refused(impostor: Asked) -> None:
    server, url, mode, _ = impostor
    with pytest.raises(ConfigurationError, match="certificate") as refused:
        connect(f"{url}?{mode}={_verifying(mode)}").test_connection()
    server.thread.join(60)
    assert server.heard == b""
    assert SECRET not in refused.value.message


def test_the_authority_that_the_url_names_is_trusted(impostor: Asked, certificate: Path) -> None:
    server, url, mode, authority = impostor
    with pytest.raises((Unavailable, ConfigurationError)):
        connect(f"{url}?{mode}={_verifying(mode)}&{authority}={certificate}").test_connection()
    server.thread.join(60)
    assert server.heard != b""


def test_verification_can_be_given_up_in_words(impostor: Asked) -> None:
    server, url, mode, _ = impostor
    required = "require" if mode == "sslmode" else "required"
    with pytest.raises((Unavailable, ConfigurationError)):
        connect(f"{url}?{mode}={required}").test_connection()
    server.thread.join(60)
    assert server.heard != b""


def test_mysql_is_verified_off_this_machine_without_a_word() -> None:
    assert mysql_address("mysql://ada@db.example.org/shop").ssl_mode == "verify_identity"
    assert mysql_address("mysql://ada@127.0.0.1/shop").ssl_mode == "disabled"
    with pytest.raises(InvalidInput, match="ssl_mode"):
        mysql_address("mysql://ada@db.example.org/shop?ssl_mode=prefer")
    with pytest.raises(InvalidInput, match="unix_socket"):
        connect("mysql://ada@localhost/shop?unix_socket=/tmp/x")
