"""Alerts operators: `notify_ops` puts an alert into the outbox, `deliver_pending` delivers what is due.

A process of its own calls `deliver_pending` again and again, so an unreachable channel never fails a run.
"""

import logging
from concurrent.futures import ThreadPoolExecutor

from buster_jobs.packages.database.runs import alerts
from buster_jobs.packages.database.runs.alerts import Delivery, NewAlert
from buster_jobs.packages.errors import BusterError
from buster_jobs.packages.ops.channels import Channel, configured_channels
from buster_jobs.packages.outbound.http import RequestRefused
from buster_jobs.packages.redaction import redact

_FIRST_DELAY = 2.0
_LONGEST_DELAY = 300.0


def notify_ops(message: str, *, error: str | None = None, kind: str = "notice", urgent: bool = True) -> None:
    """Alert operators. Alerts of one `kind` may share a message, unless they are `urgent`."""
    text = message if error is None else f"{message}: {error}"
    alerts.save_alert(NewAlert(kind=kind, message=redact(text), urgent=urgent))


def deliver_pending(*, window: float = alerts.WINDOW_SECONDS) -> int:
    """Deliver what is due now, each channel in its own thread. Returns the number of successful deliveries."""
    channels = configured_channels()
    alerts.gather(list(channels), window=window)
    # One thread for each, so that a channel that does not answer delays no other.
    with ThreadPoolExecutor(len(channels), thread_name_prefix="ops") as pool:
        return sum(pool.map(_deliver, channels, channels.values()))


def delay_after(attempt: int, asked: float | None = None) -> float:
    """Seconds to wait after failed attempt number `attempt`: 2 s, doubling, at most 5 min; or `asked`, at most 1 h."""
    return max(min(_LONGEST_DELAY, _FIRST_DELAY * 2 ** min(attempt - 1, 20)), min(asked or 0.0, 3600.0))


def _deliver(name: str, send: Channel) -> int:
    """Deliver through one channel. After a failure the rest waits as long as the failed one: each try may take long."""
    through, away = 0, None
    for delivery in alerts.begin_deliveries(name):
        if away is not None:
            alerts.put_off(delivery, again_after=away)
        elif (error := _failure(send, delivery)) is None:
            alerts.delivered(delivery)
            through += 1
        else:
            delay = _try_again(delivery, error)
            away = None if isinstance(error, RequestRefused) else delay
    return through


def _failure(send: Channel, delivery: Delivery) -> Exception | None:
    try:
        send(delivery)
    except Exception as error:  # noqa: BLE001 - the delivery is retried after any error
        return error
    return None


def _try_again(delivery: Delivery, error: Exception) -> float:
    """Record the failure. Returns the seconds until the next attempt."""
    known = isinstance(error, BusterError)
    sentence = error.message if known else redact(f"{type(error).__name__}: {error}")
    delay = delay_after(delivery.attempt, error.retry_after if known else None)
    alerts.not_delivered(delivery, error=sentence, again_after=delay)
    logging.getLogger(__name__).warning(
        "Message %s did not get through by %s, again in %g s: %s",
        delivery.message_id,
        delivery.channel,
        delay,
        sentence,
    )
    return delay
