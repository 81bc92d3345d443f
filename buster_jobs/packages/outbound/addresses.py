"""Which addresses a customer's URL may lead to. A name is resolved once, checked, and that address is connected to.

Sources: IANA's IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890 and its successors) and multicast (RFC 5771,
RFC 4291); Azure's 168.63.129.16, which is in none of them. `ipaddress.is_global` alone lets several of these through.
"""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from buster_jobs.packages.errors import InvalidInput, Unavailable

_REFUSED = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared address space of carriers
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # Azure's host
        "169.254.0.0/16",  # link-local, and the clouds' metadata services
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # IETF protocols
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
        "::/96",  # unspecified, loopback, IPv4-compatible
        "::ffff:0:0/96",  # IPv4-mapped
        "::ffff:0:0:0/96",  # IPv4-translated
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",  # NAT64, local
        "100::/64",  # discard
        "100:0:0:1::/64",  # dummy prefix
        "2001::/23",  # IETF protocols, Teredo, ORCHID, benchmarks
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
        "fc00::/7",  # unique local
        "fe80::/10",  # link-local
        "fec0::/10",  # site-local, as it once was
        "ff00::/8",  # multicast
    )
)


def resolve(host: str, port: int, *, customers: bool) -> str:
    """An address of `host` to connect to. For a customer's host, all of its addresses must be public ones.

    Raises `InvalidInput` for a refused address, `Unavailable` when the name does not resolve.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unavailable(f"There is no address for {host}: check the name, or try again later.") from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if customers and not all(is_public(address) for address in addresses):
        raise InvalidInput(f"{host} leads to an address that is not public: use a server on the internet.")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an address is on the internet: outside of this machine, this network and all special purposes."""
    parsed: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    return not any(parsed.version == network.version and parsed in network for network in _REFUSED)
