"""What a failure of PyMySQL means: retryable or not, in one sentence and without a secret."""

import ssl

import pymysql

from buster_jobs.packages.data_sources.errors import QueryFailed
from buster_jobs.packages.data_sources.mysql.address import Address
from buster_jobs.packages.errors import BusterError, ConfigurationError, TimedOut, Unavailable

# Error numbers, from the MySQL and MariaDB manuals' lists of server errors.
_WRONG_CREDENTIALS = {1044, 1045, 1130, 1131, 1251, 1698, 1862, 4151, 3118, 3955}
_NO_DATABASE = {1049}
_FULL = {1040, 1203, 1226, 1053, 1129}
_TIMED_OUT = {1028, 1205, 1317, 1969, 3024}
_PASSING = {*_FULL, 1213, 1180, 1021, 1041, 1135, 1152, 1153, 1158, 1159, 1160, 1161, 1836}
_LOST = {2003, 2006, 2013, 2014, 2055}
# Words of PyMySQL's own errors, which have no number of the server's.
_TLS_WORDS = ("SSL", "TLS", "certificate")


def connection_failure(error: Exception, address: Address) -> BusterError:
    """Why a connection could not be opened."""
    number, said = _number(error), str(error)
    if number in _NO_DATABASE:
        return ConfigurationError(f"The server has no database {address.database!r}: check the name in the URL.")
    if number in _WRONG_CREDENTIALS:
        return ConfigurationError(
            f"The server of {address.shown} does not let the user {address.user!r} in: check user and password."
        )
    if number in _FULL:
        return Unavailable(f"The server of {address.shown} takes no more connections now: try again later.")
    if isinstance(error, TimeoutError) or "timed out" in said:
        return Unavailable(f"{address.shown} did not answer in time: check host and port, and try again.")
    if _is_tls(error, said):
        return ConfigurationError(
            f"No TLS connection to {address.shown} could be made: check the server's certificate, or say ssl_ca or "
            "ssl_mode in the URL."
        )
    return Unavailable(f"Nothing answers for {address.shown}: check host and port, and that this machine may reach it.")


def query_failure(error: Exception, address: Address) -> BusterError:
    """Why a query failed."""
    number = _number(error)
    if number in _TIMED_OUT:
        return TimedOut("The database stopped the query because it took too long: ask for less data.")
    if number in _LOST or not isinstance(error, pymysql.MySQLError) or isinstance(error, pymysql.InterfaceError):
        return Unavailable(f"The connection to {address.shown} was lost during the query: try again.")
    message = _said(error, address)
    if number in _PASSING:
        return Unavailable(f"The database could not run the query now, try again later: {message}")
    return QueryFailed(f"The database refused the query: {message}")


def _is_tls(error: BaseException | None, said: str) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__ or getattr(error, "original_exception", None)
    return any(word in said for word in _TLS_WORDS)


def _number(error: Exception) -> int:
    first = error.args[0] if error.args else 0
    return first if isinstance(first, int) else 0


def _said(error: Exception, address: Address) -> str:
    said = str(error.args[1] if len(error.args) > 1 else error)
    return said.replace(address.password, "***") if address.password else said
