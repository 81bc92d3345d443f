"""Signs webhooks: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md."""

import base64
import binascii
import hashlib
import hmac

from buster_jobs.packages.errors import ConfigurationError

_PREFIX = "whsec_"


def signed_headers(secret: str, message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers by which a receiver verifies the sender. `timestamp` is in seconds since the epoch.

    Raises `ConfigurationError` for a secret other than `whsec_` and base64 of 24 to 64 bytes.
    """
    signed = f"{message_id}.{timestamp}.".encode() + body
    digest = hmac.new(_key(secret), signed, hashlib.sha256).digest()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


def _key(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not (secret.startswith(_PREFIX) and 24 <= len(key) <= 64):
        raise ConfigurationError(
            "A webhook's secret must be whsec_ followed by base64 of 24 to 64 bytes: "
            "make one with `printf whsec_; head -c 32 /dev/urandom | base64`."
        )
    return key
