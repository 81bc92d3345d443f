"""Refusing our own database as a data source: it holds the data of all organizations.

The database itself is asked, because a URL can name it in more ways than can be compared: by any name or address of its
host, by its socket, through a pooler or a tunnel.
"""

from buster_jobs.packages.errors import InvalidInput

# The catalog, which every role may read. The names are from packages/database, which this package may not import.
IS_OUR_OWN = (
    "SELECT count(*) FROM pg_catalog.pg_class AS t JOIN pg_catalog.pg_namespace AS s ON s.oid = t.relnamespace "
    "WHERE s.nspname = 'buster' AND t.relname = 'data_sources'"
)


class OurOwnDatabase(InvalidInput):
    """A data source's URL leads to the database of a Buster installation."""

    code = "OUR_OWN_DATABASE"

    def __init__(self) -> None:
        super().__init__("This is Buster's own database, with the data of all organizations: name another one.")


def refuse_our_own(tables_of_ours: object) -> None:
    """Raise `OurOwnDatabase` if the answer to `IS_OUR_OWN` is more than 0."""
    if tables_of_ours:
        raise OurOwnDatabase
