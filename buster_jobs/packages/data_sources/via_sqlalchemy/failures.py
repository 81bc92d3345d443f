"""What a failure means: retryable or not, in one sentence and without a secret.

Each driver has its own errors, so that a failure to connect is told by the words of its message.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from buster_jobs.packages.data_sources.errors import QueryFailed
from buster_jobs.packages.errors import ConfigurationError, Unavailable

# Messages that a person must act on: of the servers, and of the drivers of the four engines.
_NEEDS_A_PERSON = re.compile(
    r"authenticat\w* failed|login failed|incorrect (username|user name) or password|no password supplied"
    r"|invalid_grant|could not deserialize key|no pg_hba\.conf entry|not permitted to log in|is locked"
    r"|(database|role|user) .*(does not exist|not found)|cannot open database|permission denied|access denied"
    r"|certificate|\b28(000|P01)\b|\b3D000\b|Unauthorized|Forbidden",
    re.IGNORECASE,
)
_MAY_PASS = re.compile(
    r"communication error|could not connect|connection (refused|reset|closed|failed|to .* failed)|unable to connect"
    r"|timed? ?out|unreachable|temporar|name resolution|too many (connections|clients|requests)|connection slots"
    r"|starting up|shutting down|Unavailable|TransportError|GatewayTimeout|DeadlineExceeded|InternalServerError",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Server:
    """What messages call a server: its engine's name, and `shown`, which is safe to print. They leave `secrets` out."""

    engine: str
    shown: str
    secrets: tuple[str, ...] = field(repr=False)


def connection_failure(error: Exception, server: Server) -> Unavailable | ConfigurationError:
    """Why a connection could not be opened."""
    said = f"It said: {_said(error, server)}"
    if may_pass(error):
        return Unavailable(f"{server.engine} could not be reached for {server.shown}. {said}")
    return ConfigurationError(f"{server.engine} does not let us in to {server.shown}: check the URL. {said}")


def query_failure(error: SQLAlchemyError, server: Server) -> Unavailable | QueryFailed:
    """Why a query failed."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return Unavailable(f"The connection to {server.shown} was lost during the query: try again.")
    return QueryFailed(f"The database refused the query: {_said(error, server)}")


def _said(error: Exception, server: Server) -> str:
    said = str(error.orig if isinstance(error, DBAPIError) else error)
    for secret in server.secrets:
        said = said.replace(secret, "***")
    return " ".join(said.split())


def may_pass(error: Exception) -> bool:
    """Whether opening may succeed at another time: the network, a time limit, a server that is full or starts."""
    errors = list(_chain(error))
    said = " ".join(f"{type(each).__name__}: {each}" for each in errors)
    if _NEEDS_A_PERSON.search(said):
        return False
    # PEP 249's OperationalError is "not necessarily under the control of the programmer", such as a lost connection.
    return bool(_MAY_PASS.search(said)) or any(map(_is_the_networks, errors))


def _is_the_networks(error: BaseException) -> bool:
    is_a_files = isinstance(error, (FileNotFoundError, PermissionError))
    return isinstance(error, OperationalError) or (isinstance(error, OSError) and not is_a_files)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and its causes, which some drivers give only among the error's arguments."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        yield from (argument for argument in error.args if isinstance(argument, BaseException))
        error = getattr(error, "orig", None) or error.__cause__ or error.__context__
