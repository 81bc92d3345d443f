"""What operators' webhook has received, as evidence. The server itself is support/loopback.py."""

import base64
import json
import secrets

from buster_jobs_tests.support.loopback import Got, Loopback


def settings(receiver: Loopback) -> dict[str, str]:
    """What makes it the operators' webhook."""
    return {
        "BUSTER_OPS_WEBHOOK_URL": f"{receiver.url}/ops",
        "BUSTER_OPS_WEBHOOK_SECRET": f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}",
    }


def received(receiver: Loopback) -> set[str]:
    """The ids of messages that it has taken, and of the runs that they name: at most fifty in each."""
    return {name for got in list(receiver.taken) for name in _names(got)}


def _names(got: Got) -> set[str]:
    data = json.loads(got.body)["data"]
    return {got.headers["webhook-id"].removeprefix("msg_"), *data["run_ids"]}
