"""PostgreSQL behind the proxy: its address there, and how to dial it."""

import socket

from buster_jobs.packages.data_sources.postgres.address import Address, parse_address
from buster_jobs_tests.packages.data_sources.proxy import Proxy


def dial(address: Address) -> socket.socket:
    """A connection to the server, on which nothing was said yet."""
    host, port = address.parameters["host"], address.parameters["port"]
    if not host.startswith("/"):
        return socket.create_connection((host, int(port)))
    server = socket.socket(socket.AF_UNIX)
    server.connect(f"{host}/.s.PGSQL.{port}")
    return server


def through(proxy: Proxy, address: Address) -> Address:
    """The same database, by way of the proxy."""
    password = f":{address.parameters['password']}" if address.parameters["password"] else ""
    return parse_address(
        f"postgresql://{address.user}{password}@127.0.0.1:{proxy.port}/{address.database}?sslmode=disable"
    )
