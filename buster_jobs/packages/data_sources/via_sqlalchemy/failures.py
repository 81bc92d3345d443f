"""Why a connection could not be opened: retryable or not. Told by words, since each driver has its own errors."""

import re
from collections.abc import Iterator

from sqlalchemy.exc import OperationalError

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
