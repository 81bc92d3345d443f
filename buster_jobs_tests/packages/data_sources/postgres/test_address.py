"""Reading a URL: what is allowed, and that our own files, environment and secrets stay out of it."""

import pytest

from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.data_sources.postgres.address import parse_address
from buster_jobs.packages.errors import InvalidInput

SECRET = "s3cr3t-w0rd"


@pytest.mark.parametrize(
    ("url", "sslmode"),
    [
        ("postgresql://a@localhost/d", "prefer"),
        ("postgresql://a@127.0.0.1/d", "prefer"),
        ("postgresql://a@[::1]/d", "prefer"),
        ("postgresql://a@/d?host=/run/postgresql", "prefer"),
        ("postgresql://a@db.example.org/d", "verify-full"),
        ("postgresql://a@db.example.org/d?sslmode=require", "require"),
        ("postgresql://a@db.example.org/d?sslmode=verify-full", "verify-full"),
        ("postgresql+psycopg2://a@db.example.org/d?sslmode=disable", "disable"),
    ],
)
def test_tls_is_as_the_url_says_and_verified_of_others(url: str, sslmode: str) -> None:
    assert parse_address(url).parameters["sslmode"] == sslmode


@pytest.mark.parametrize("name", ["options", "service", "passfile", "sslkey", "sslkeylogfile", "hostaddr", "password"])
def test_a_parameter_that_reads_files_or_overrides_ours_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput, match=name):
        connect(f"postgresql://a@localhost/d?{name}=x")


@pytest.mark.parametrize(
    "url",
    [
        f"oracle://ada:{SECRET}@host/d",
        f"ada:{SECRET}@host/d",
        f"postgresql://ada:{SECRET}@host:port/d",
        f"postgresql://ada:{SECRET}@host",
        f"postgresql://ada:{SECRET}@[host/d",
        f"postgresql://:{SECRET}@host/d",
        "",
    ],
)
def test_a_bad_url_is_explained_without_its_password(url: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        connect(url)
    assert SECRET not in repr(refused.value)
    assert (
        "postgresql://" in refused.value.message
        or "must name" in refused.value.message
        or "not a URL" in str(refused.value)
    )


def test_a_password_is_in_no_repr_and_keeps_its_special_characters() -> None:
    url = f"postgresql://ada:{SECRET}%40%2F@localhost/d"
    assert parse_address(url).parameters["password"] == f"{SECRET}@/"
    assert SECRET not in repr(parse_address(url)) + repr(connect(url))


def test_our_own_credentials_are_never_sent() -> None:
    parameters = parse_address("postgresql://ada@localhost/d").parameters
    assert parameters["password"] == ""
    assert parameters["passfile"] == "/dev/null/none"
    assert parameters["sslcertmode"] == "disable"
