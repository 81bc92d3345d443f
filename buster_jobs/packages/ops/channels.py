"""The channels to operators that settings configure, and the format of a message in each."""

import json
import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

from buster_jobs.packages.database.runs.alerts import Delivery
from buster_jobs.packages.messages.email import send_mail
from buster_jobs.packages.outbound.post import post
from buster_jobs.packages.settings import Settings, get_settings
from buster_jobs.packages.webhooks.signature import signed_headers

Channel = Callable[[Delivery], None]

_JSON = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "buster-jobs"}


def configured_channels() -> dict[str, Channel]:
    """The channels by name. The log is always one of them."""
    settings = get_settings()
    channels: dict[str, Channel] = {"log": _log}
    if settings.ops_slack_webhook_url:
        channels["slack"] = lambda delivery: _slack(settings, delivery)
    if settings.ops_email_to:
        channels["email"] = lambda delivery: _email(settings, delivery)
    if settings.ops_webhook_url:
        channels["webhook"] = lambda delivery: _webhook(settings, delivery)
    return channels


def title(content: Mapping[str, Any]) -> str:
    """The message as one line."""
    first = str(content["messages"][0])
    return first if content["count"] == 1 else f"{content['count']} alerts of {content['kind']}, the first: {first}"


def text(content: Mapping[str, Any]) -> str:
    """The whole message as text."""
    lines = [title(content), ""]
    if content["count"] > 1:
        lines += [
            f"From {content['first_at']} to {content['last_at']}.",
            *(f"- {line}" for line in content["messages"]),
        ]
    if content["run_ids"]:
        shown = content["run_ids"][:10]
        more = content["count"] - len(shown)
        lines.append(f"Runs: {', '.join(shown)}" + (f" and {more} more." if more > 0 else "."))
        lines.append("To see them: buster-jobs dead-letters list. To run them again: buster-jobs dead-letters replay.")
    return "\n".join(lines).strip()


def _log(delivery: Delivery) -> None:
    logging.getLogger(__name__).error("For operators: %s", text(delivery.content))


def _slack(settings: Settings, delivery: Delivery) -> None:
    """Slack's incoming webhooks take JSON with `text`, in which &, < and > must be escaped."""
    escaped = text(delivery.content).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    body = json.dumps({"text": escaped[:39_000], "unfurl_links": False}).encode()
    post(_secret(settings.ops_slack_webhook_url), body, _JSON, customers=False)


def _email(settings: Settings, delivery: Delivery) -> None:
    send_mail(
        smtp_url=_secret(settings.smtp_url),
        sender=settings.email_from,
        recipients=settings.ops_email_to,
        subject=f"[buster] {title(delivery.content)}",
        body=text(delivery.content),
        message_id=str(delivery.message_id),
    )


def _webhook(settings: Settings, delivery: Delivery) -> None:
    body = json.dumps({"type": "ops.alert", "data": dict(delivery.content)}, separators=(",", ":")).encode()
    secret = _secret(settings.ops_webhook_secret)
    headers = signed_headers(secret, f"msg_{delivery.message_id}", int(time.time()), body)
    post(_secret(settings.ops_webhook_url), body, _JSON | headers, customers=False)


def _secret(setting: Any) -> str:
    return setting.get_secret_value() if setting else ""
