"""Reading a data source's URL. No message quotes it, because it holds a password."""

from dataclasses import dataclass, field
from ipaddress import ip_address

from sqlalchemy.engine import URL, make_url

from buster_jobs.packages.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class ParsedUrl:
    """The parts of a URL; each of `options` is allowed and occurs once."""

    host: str | None
    port: int | None
    username: str | None
    database: str | None
    options: dict[str, str]
    password: str | None = field(repr=False)


def parse_url(url: str, scheme: str, allowed: frozenset[str]) -> ParsedUrl:
    """Read a URL of `scheme`, whatever driver it names. Raises `InvalidInput` for an option that is not `allowed`."""
    parsed = _parse(url, scheme)
    options = {key: _one(key, value) for key, value in parsed.query.items()}
    if refused := sorted(set(options) - allowed):
        listed = ", ".join(sorted(allowed)) or "none"
        raise InvalidInput(f"Remove {', '.join(refused)} from the data source's URL: allowed there: {listed}.")
    return ParsedUrl(parsed.host, parsed.port, parsed.username, parsed.database, options, parsed.password)


def is_this_machine(host: str) -> bool:
    """Whether a host's name says that it is this machine, by a socket's path or by the loopback address."""
    if host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _parse(url: str, scheme: str) -> URL:
    found, _, rest = url.strip().partition("://")
    try:
        # The plain scheme: the driver is our choice, whatever the URL says.
        return make_url(f"{scheme}://{rest}" if found else url)
    except Exception:  # noqa: BLE001, its messages quote the URL and with it the password
        raise InvalidInput(
            f"The data source's URL is malformed: write it as {scheme}://user:password@host:port/database, "
            "with special characters percent-encoded."
        ) from None


def _one(key: str, value: str | tuple[str, ...]) -> str:
    if isinstance(value, str):
        return value
    raise InvalidInput(f"The data source's URL says {key} more than once: say it once.")
