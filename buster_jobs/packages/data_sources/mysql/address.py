"""From a MySQL URL to PyMySQL's arguments. Opens no connection."""

import ssl
from dataclasses import dataclass, field
from pathlib import Path

from buster_jobs.packages.data_sources.url import is_this_machine, parse_url
from buster_jobs.packages.errors import InvalidInput

ALLOWED_PARAMETERS = frozenset({"ssl_mode", "ssl_ca"})
SSL_MODES = ("disabled", "required", "verify_ca", "verify_identity")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a MySQL server is, and who we are there. `shown` is safe to print. `ssl_mode` is in MySQL's own words."""

    shown: str
    user: str
    host: str
    port: int
    database: str
    ssl_mode: str
    ssl_ca: str | None
    password: str = field(repr=False)

    def tls(self) -> ssl.SSLContext | None:
        """How the server's certificate is verified; None for a connection in clear text.

        Raises `OSError` when the CA's file cannot be read.
        """
        if self.ssl_mode == "disabled":
            return None
        context = ssl.create_default_context(cafile=self.ssl_ca)
        context.check_hostname = self.ssl_mode == "verify_identity"
        if self.ssl_mode == "required":
            context.verify_mode = ssl.CERT_NONE
        return context


def parse_address(url: str) -> Address:
    """Read a URL such as `mysql://user:password@host:3306/database?ssl_mode=verify_identity`.

    TLS without `ssl_mode`: none on this machine, elsewhere `verify_identity`. Raises `InvalidInput`.
    """
    parsed = parse_url(url, "mysql", ALLOWED_PARAMETERS)
    host, port = parsed.host or "", parsed.port or 3306
    if not (host and parsed.username and parsed.database):
        raise InvalidInput("The data source's URL must name a user, a host and a database.")
    default = "disabled" if is_this_machine(host) else "verify_identity"
    mode = parsed.options.get("ssl_mode", default).lower().replace("-", "_")
    if mode not in SSL_MODES:
        raise InvalidInput(f"The URL's ssl_mode must be one of {', '.join(SSL_MODES)}.")
    authority = parsed.options.get("ssl_ca")
    if authority is not None and not Path(authority).is_file():
        raise InvalidInput("The URL's ssl_ca must name a file with the certificate of the server's authority.")
    return Address(
        shown=f"{parsed.database} on {host}:{port}",
        user=parsed.username,
        host=host,
        port=port,
        database=parsed.database,
        ssl_mode=mode,
        ssl_ca=authority,
        password=parsed.password or "",
    )
