"""Secrets at rest: keys, rotation, the embedded default's own key."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from buster_jobs.packages.database.sources.encryption import decrypt, encrypt, rotate
from buster_jobs.packages.errors import ConfigurationError
from buster_jobs_tests.packages.database.conftest import Python

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_what_is_encrypted_comes_back(secret: str) -> None:
    assert decrypt(encrypt(secret)) == secret


def test_the_token_does_not_show_the_secret() -> None:
    assert "hunter2" not in encrypt("hunter2")
    assert encrypt("hunter2") != encrypt("hunter2")


def test_the_first_key_encrypts_and_every_key_decrypts(configure: Callable[..., None]) -> None:
    configure(BUSTER_ENCRYPTION_KEY=OLD)
    old_token = encrypt("hunter2")
    configure(BUSTER_ENCRYPTION_KEY=f" {NEW} , {OLD}")
    assert decrypt(old_token) == "hunter2"
    assert Fernet(NEW).decrypt(encrypt("x")) == b"x"


def test_after_rotation_the_old_key_can_go(configure: Callable[..., None]) -> None:
    configure(BUSTER_ENCRYPTION_KEY=OLD)
    token = encrypt("hunter2")
    configure(BUSTER_ENCRYPTION_KEY=f"{NEW},{OLD}")
    rotated = rotate(token)
    configure(BUSTER_ENCRYPTION_KEY=NEW)
    assert decrypt(rotated) == "hunter2"


@pytest.mark.parametrize("use", [decrypt, rotate])
def test_a_wrong_key_is_a_sentence(use: Callable[[str], str], configure: Callable[..., None]) -> None:
    configure(BUSTER_ENCRYPTION_KEY=OLD)
    token = encrypt("hunter2")
    configure(BUSTER_ENCRYPTION_KEY=NEW)
    with pytest.raises(ConfigurationError, match="cannot be decrypted with the present keys: add the key") as raised:
        use(token)
    assert raised.value.__suppress_context__


@pytest.mark.parametrize(
    "keys", ["no-key", " ", ",", f"{OLD},no-key"], ids=["a word", "a space", "a comma", "a key and a word"]
)
def test_what_is_no_key_is_a_sentence_that_does_not_repeat_it(keys: str, configure: Callable[..., None]) -> None:
    configure(BUSTER_ENCRYPTION_KEY=keys)
    with pytest.raises(
        ConfigurationError, match="BUSTER_ENCRYPTION_KEY holds something that is no Fernet key"
    ) as raised:
        encrypt("x")
    assert "no-key" not in str(raised.value)
    assert OLD not in str(raised.value)


def test_a_database_of_ones_own_wants_a_key_of_ones_own(configure: Callable[..., None]) -> None:
    configure(BUSTER_DATABASE_URL="postgresql://u:p@localhost/d")
    with pytest.raises(ConfigurationError, match=r"make a key with `python -c .*Fernet\.generate_key"):
        encrypt("x")


def test_the_embedded_default_makes_a_private_key_file(tmp_path: Path, configure: Callable[..., None]) -> None:
    configure(BUSTER_STATE_DIR=str(tmp_path / "state"))
    token = encrypt("hunter2")
    key = tmp_path / "state" / "encryption.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert Fernet(key.read_text()).decrypt(token) == b"hunter2"
    assert list(key.parent.iterdir()) == [key]


def test_processes_that_make_the_key_at_once_get_one(
    tmp_path: Path, python: Python, configure: Callable[..., None]
) -> None:
    configure(BUSTER_STATE_DIR=str(tmp_path / "state"))
    code = "from buster_jobs.packages.database.sources.encryption import encrypt; print(encrypt('hunter2'))"
    processes = [python(code) for _ in range(3)]
    tokens = [process.communicate()[0].strip() for process in processes]
    assert [decrypt(token) for token in tokens] == ["hunter2"] * 3


def test_a_key_file_that_cannot_be_made_is_a_sentence(configure: Callable[..., None]) -> None:
    configure(BUSTER_STATE_DIR="/dev/null/state")
    with pytest.raises(ConfigurationError, match=r"encryption\.key cannot be used"):
        encrypt("x")
