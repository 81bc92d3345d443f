"""Which of the drivers' errors may pass. The texts are the drivers' own; none of them is installed here."""

import pytest
from sqlalchemy.exc import DBAPIError, OperationalError

from buster_jobs.packages.data_sources.via_sqlalchemy.failures import may_pass


def _operational(said: str) -> DBAPIError:
    return OperationalError("connect", None, Exception(said))


def _other(*said: object) -> DBAPIError:
    return DBAPIError("connect", None, Exception(*said))


@pytest.mark.parametrize(
    "error",
    [
        _operational("250001: Could not connect to Snowflake backend after 2 attempt(s)."),
        _operational("(20009, b'Unable to connect: Adaptive Server is unavailable or does not exist')"),
        _operational("something that nobody has seen before"),
        _other("communication error", OSError(113, "No route to host")),
        _other("communication error", ConnectionResetError()),
        _other("503 Visibility check was unavailable. ServiceUnavailable"),
        ConnectionRefusedError(),
        TimeoutError(),
    ],
)
def test_what_the_network_or_a_busy_server_did_may_pass(error: Exception) -> None:
    assert may_pass(error)


@pytest.mark.parametrize(
    "error",
    [
        _other("250001 (08001): Failed to connect to DB. Incorrect username or password was specified."),
        _operational("(18456, b\"Login failed for user 'ada'. Unable to connect: Adaptive Server is unavailable\")"),
        _operational("(4060, b'Cannot open database \"shop\" that was requested by the login.')"),
        _other({"S": "FATAL", "C": "28000", "M": "password authentication failed for user"}),
        _other({"S": "FATAL", "C": "3D000", "M": 'database "shop" does not exist'}),
        _operational("certificate verify failed: unable to get local issuer certificate"),
        _other("invalid_grant: Invalid JWT Signature."),
        ValueError("Incorrect padding"),
        FileNotFoundError(),
    ],
)
def test_what_a_person_must_change_does_not_pass(error: Exception) -> None:
    assert not may_pass(error)
