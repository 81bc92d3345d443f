"""From a PostgreSQL URL to libpq parameters that shut out our own files and environment. Opens no connection."""

from dataclasses import dataclass, field
from pathlib import Path

from buster_jobs.packages.data_sources.url import is_this_machine, parse_url
from buster_jobs.packages.errors import InvalidInput

# libpq's other parameters read files, run code, or override our own options (service, passfile, sslkey, options, …).
ALLOWED_PARAMETERS = frozenset(
    {"host", "port", "sslmode", "sslrootcert", "sslnegotiation", "channel_binding", "target_session_attrs"}
)
# Set, because libpq would otherwise look for our own credentials in PG* variables and in the home folder.
_NOTHING_OF_OURS = {"passfile": "/dev/null/none", "sslcertmode": "disable", "gssencmode": "disable"}
_VERIFYING = ("verify-ca", "verify-full")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a PostgreSQL server is, and who we are there. `shown` is safe to print."""

    shown: str
    user: str
    database: str
    parameters: dict[str, str] = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)


def parse_address(url: str) -> Address:
    """Read a URL such as `postgresql://user:password@host:5432/database?sslmode=verify-full`.

    TLS without `sslmode`: `prefer` on this machine, elsewhere `verify-full` against the authorities that this machine
    trusts, or those of `sslrootcert`. Raises `InvalidInput`.
    """
    parsed = parse_url(url, "postgresql", ALLOWED_PARAMETERS)
    host = parsed.host or parsed.options.get("host") or ""
    port = str(parsed.port or parsed.options.get("port") or 5432)
    if not (host and parsed.username and parsed.database):
        raise InvalidInput("The data source's URL must name a user, a host and a database.")
    password = parsed.password or ""
    parameters = {
        **_tls(host, parsed.options),
        **_NOTHING_OF_OURS,
        "host": host,
        "port": port,
        "user": parsed.username,
        "password": password,
        "dbname": parsed.database,
        "application_name": "buster",
        "client_encoding": "utf8",
    }
    shown = f"{parsed.database} on {host}:{port}"
    return Address(shown, parsed.username, parsed.database, parameters, (password,) if password else ())


def _tls(host: str, options: dict[str, str]) -> dict[str, str]:
    # An authority that is named wants to be used, also on this machine.
    is_trusted = is_this_machine(host) and "sslrootcert" not in options
    chosen = {"sslmode": "prefer" if is_trusted else "verify-full", **options}
    if chosen["sslmode"] in _VERIFYING and "sslrootcert" not in chosen:
        chosen["sslrootcert"] = trusted_authorities()
    return chosen


def trusted_authorities() -> str:
    """The file with the authorities that this machine trusts. libpq's own `system` knows only where it was built."""
    import ssl

    import certifi

    own = (ssl.get_default_verify_paths().cafile, "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/cert.pem")
    return next((path for path in own if path and Path(path).is_file()), certifi.where())
