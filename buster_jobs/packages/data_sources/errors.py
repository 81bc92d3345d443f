"""The errors that only a data source can raise. Errors that other packages share are in `packages.errors`."""

from buster_jobs.packages.errors import BusterError, InvalidInput


class QueryRefused(InvalidInput):
    """The guard did not let a query reach the database; the message is its reason."""

    code = "QUERY_REFUSED"


class UnknownTable(QueryRefused):
    """A query names a table that is not in the catalog: a mistake, or a table that was made since it was read."""


class QueryFailed(BusterError):
    """The database could not run the query; the message is the database's own, with its hint and position."""

    code = "QUERY_FAILED"
    retryable = False
