"""How long PostgreSQL and we wait for each other before one believes that the other is dead. For every engine of ours.

Without it, a host that vanishes without a word hangs whoever asks it for a quarter of an hour, and one of ours that
vanishes in the middle of a transaction holds its locks for hours.
"""

from typing import Any

from sqlalchemy import URL

CONNECT_SECONDS = 5
_IDLE_SECONDS, _INTERVAL_SECONDS, _PROBES = 10, 5, 3
_UNANSWERED_MILLISECONDS = 20_000


def connect_args(url: URL, application: str) -> dict[str, Any]:
    """What libpq is told: within half a minute either side knows that the other is gone. Nothing of it is for sockets.

    What the URL's own `options` ask for stays.
    """
    return {
        "connect_timeout": CONNECT_SECONDS,
        "application_name": application,
        "keepalives_idle": _IDLE_SECONDS,
        "keepalives_interval": _INTERVAL_SECONDS,
        "keepalives_count": _PROBES,
        "tcp_user_timeout": _UNANSWERED_MILLISECONDS,
        "options": f"{url.query.get('options', '')} {_OF_THE_SERVER}".strip(),
    }


_OF_THE_SERVER = (
    f"-ctcp_keepalives_idle={_IDLE_SECONDS} -ctcp_keepalives_interval={_INTERVAL_SECONDS} "
    f"-ctcp_keepalives_count={_PROBES} -ctcp_user_timeout={_UNANSWERED_MILLISECONDS}"
)
