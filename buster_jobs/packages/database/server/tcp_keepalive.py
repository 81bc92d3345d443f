"""TCP keepalive between PostgreSQL and every engine of ours: how soon each side notices that the other is gone.

Without it, a query to a host that has vanished hangs for a quarter of an hour, and a client that vanishes in the middle
of a transaction holds its locks for hours.
"""

from typing import Any

from sqlalchemy import URL

CONNECT_SECONDS = 5
_IDLE_SECONDS, _INTERVAL_SECONDS, _PROBES = 10, 5, 3
_UNANSWERED_MILLISECONDS = 20_000


def connect_args(url: URL, application: str) -> dict[str, Any]:
    """libpq's parameters, by which each side notices within half a minute that the other is gone. Empty for sockets.

    The `options` of the URL are kept.
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
