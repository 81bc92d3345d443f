"""Encrypts and decrypts secrets that we store, with Fernet: AES-128-CBC with HMAC-SHA256."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from buster_jobs.packages.errors import ConfigurationError
from buster_jobs.packages.settings import get_settings

_MAKE_A_KEY = 'python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"'


def encrypt(plain: str) -> str:
    """Encrypt with the newest key. Raises `ConfigurationError` if there is no usable key."""
    return _fernet().encrypt(plain.encode()).decode()


def decrypt(token: str) -> str:
    """Decrypt with the key that fits. Raises `ConfigurationError` if none does, or the token was changed."""
    try:
        return _fernet().decrypt(token.encode()).decode()
    except InvalidToken:
        raise _no_key_fits() from None


def rotate(token: str) -> str:
    """The same secret, encrypted with the newest key. Raises as `decrypt` does."""
    try:
        return _fernet().rotate(token.encode()).decode()
    except InvalidToken:
        raise _no_key_fits() from None


def _no_key_fits() -> ConfigurationError:
    return ConfigurationError(
        "A stored secret cannot be decrypted with the present keys: add the key that it was encrypted with to "
        "BUSTER_ENCRYPTION_KEY (comma-separated, newest first), or enter the secret again."
    )


def _fernet() -> MultiFernet:
    settings = get_settings()
    if settings.encryption_key is not None:
        return _from_text(settings.encryption_key.get_secret_value(), "BUSTER_ENCRYPTION_KEY")
    if settings.database_url is not None:
        raise ConfigurationError(
            "BUSTER_DATABASE_URL is set and BUSTER_ENCRYPTION_KEY is not: "
            f"make a key with `{_MAKE_A_KEY}` and keep it safe."
        )
    path = settings.state_dir.expanduser() / "encryption.key"
    return _from_text(_own_key(path), str(path))


def _from_text(keys: str, origin: str) -> MultiFernet:
    """`origin` names the source of the keys in messages, which never contain the keys."""
    try:
        return MultiFernet([Fernet(key) for key in (part.strip() for part in keys.split(",")) if key])
    except ValueError:
        raise ConfigurationError(
            f"{origin} holds something that is no Fernet key: make one with `{_MAKE_A_KEY}`."
        ) from None


def _own_key(path: Path) -> str:
    """The key for the embedded server, created at first use. If two processes create it at once, the first wins."""
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_once(path, Fernet.generate_key())
        return path.read_text()
    except OSError as error:
        raise ConfigurationError(
            f"The key file {path} cannot be used ({error.strerror}): make it readable, or set BUSTER_ENCRYPTION_KEY."
        ) from error


def _write_once(path: Path, content: bytes) -> None:
    """Create a complete file of mode 0600 at `path` unless one exists. Linking a finished file is atomic."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".encryption.key.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink()
