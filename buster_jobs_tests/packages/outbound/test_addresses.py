"""Which addresses a customer's URL may lead to."""

import socket
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buster_jobs.packages.errors import InvalidInput, Unavailable
from buster_jobs.packages.outbound.addresses import is_public, resolve

INTERNAL = (
    "0.0.0.1 10.1.2.3 100.64.0.1 127.0.0.1 127.255.255.254 168.63.129.16 169.254.169.254 172.16.0.1 172.31.255.255 "
    "192.0.0.192 192.168.1.1 198.18.0.1 224.0.0.1 239.255.255.250 255.255.255.255 :: ::1 ::ffff:127.0.0.1 "
    "::ffff:8.8.8.8 ::7f00:1 64:ff9b::7f00:1 64:ff9b:1::1 2001::1 2001:db8::1 2002:7f00:1:: fc00::1 fd12::1 fe80::1 "
    "fe80::1%eth0 fec0::1 ff02::1"
)


@pytest.mark.parametrize("address", INTERNAL.split())
def test_an_internal_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "172.32.0.1", "192.169.0.1", "2606:4700::1111", "2a00::1"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_what_python_calls_private_is_never_public(address: IPv4Address | IPv6Address) -> None:
    if address.is_private or address.is_multicast or address.is_loopback or address.is_link_local:
        assert not is_public(str(address))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.1", "2130706433", "0x7f.1"])
def test_a_customers_host_that_leads_inside_is_refused_however_it_is_written(host: str) -> None:
    with pytest.raises(InvalidInput, match="not public"):
        resolve(host, 80, customers=True)


def test_one_internal_address_among_several_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, 1, 6, "", (address, port)) for address in ("1.1.1.1", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    with pytest.raises(InvalidInput, match="not public"):
        resolve("rebind.example", 443, customers=True)


def test_a_host_of_our_own_settings_may_be_anywhere() -> None:
    assert resolve("127.0.0.1", 80, customers=False) == "127.0.0.1"


def test_a_name_without_an_address_is_a_sentence() -> None:
    with pytest.raises(Unavailable, match="There is no address for no-such-host"):
        resolve("no-such-host.invalid", 80, customers=False)
