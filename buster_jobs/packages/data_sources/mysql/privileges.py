"""What a user may do besides reading, so that the operator can be warned. See docs/data-sources.md."""

import re

from buster_jobs.packages.data_sources.mysql.connection import Connection
from buster_jobs.packages.data_sources.mysql.session import run

_GRANT = re.compile(r"GRANT (?P<rights>.+?) ON (?P<on>\S+(?:\.\S+)?) TO ", re.IGNORECASE)
_READING = frozenset({"USAGE", "SELECT", "SHOW VIEW", "SHOW DATABASES"})
_REACHES_FILES = "FILE"


def write_warnings(connection: Connection) -> tuple[str, ...]:
    """A sentence for each grant beyond reading."""
    grants = [str(row[0]) for row in run(connection, "SHOW GRANTS FOR CURRENT_USER()")]
    return tuple(sentence for grant in grants if (sentence := _warning(grant)))


def _warning(grant: str) -> str | None:
    found = _GRANT.match(grant)
    if found is None:
        # A role or a proxy: SHOW GRANTS does not list its rights.
        return (
            None
            if grant.startswith(("GRANT PROXY", "SET DEFAULT ROLE"))
            else "The user has roles: check what they may do."
        )
    # The columns of a right stand in parentheses, with commas of their own.
    rights = {part.strip().upper() for part in re.sub(r"\([^)]*\)", "", found["rights"]).split(",")}
    beyond = sorted(rights - _READING)
    if not beyond:
        return None
    where = found["on"].replace("`", "")
    reach = (
        " It can read and write files of the server."
        if {_REACHES_FILES, "ALL PRIVILEGES"} & set(beyond) and where == "*.*"
        else ""
    )
    return f"The user has more than SELECT on {where}: {', '.join(beyond[:5]).lower()}.{reach}"
