"""Signatures, against the example of the standard's own documentation."""

import pytest

from buster_jobs.packages.errors import ConfigurationError
from buster_jobs.packages.webhooks.signature import signed_headers


def test_the_standards_example() -> None:
    # https://www.standardwebhooks.com, "Verify signatures"; the same in its reference libraries' tests.
    headers = signed_headers(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert (headers["webhook-id"], headers["webhook-timestamp"]) == ("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330")


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_c2hvcnQ=", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_%%%"])
def test_a_secret_that_is_none_is_refused_without_being_repeated(secret: str) -> None:
    with pytest.raises(ConfigurationError, match=r"must be whsec_ followed by base64") as raised:
        signed_headers(secret, "msg_1", 1, b"")
    assert "c2hvcnQ" not in raised.value.message
