"""URLs of the engines behind SQLAlchemy, and the message for a machine that lacks a driver."""

import pytest

from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.data_sources.url import parse_url
from buster_jobs.packages.data_sources.via_sqlalchemy.definitions import DEFINITIONS
from buster_jobs.packages.errors import ConfigurationError, InvalidInput

SECRET = "s3cr3t-w0rd"
GOOD = {
    "snowflake": f"snowflake://ada:{SECRET}@xy12345.eu-central-1/shop/public?warehouse=wh&role=reader",
    "bigquery": f"bigquery://a-project/sales?credentials_base64={SECRET}",
    "redshift": f"redshift://ada:{SECRET}@cluster.example.org/shop",
    "mssql": f"mssql://ada:{SECRET}@db.example.org:1433/shop",
}
EXTRAS = {"snowflake": "snowflake", "bigquery": "bigquery", "redshift": "redshift", "mssql": "sqlserver"}
DIALECTS = {"snowflake": "snowflake", "bigquery": "bigquery", "redshift": "redshift", "mssql": "tsql"}


@pytest.mark.parametrize("scheme", GOOD)
def test_a_missing_driver_is_told_with_the_command_that_installs_it(scheme: str) -> None:
    with pytest.raises(ConfigurationError) as missing:
        connect(GOOD[scheme])
    assert f"pip install 'buster-jobs[{EXTRAS[scheme]}]'" in missing.value.message
    assert SECRET not in missing.value.message


@pytest.mark.parametrize(
    "url",
    [
        f"snowflake://ada:{SECRET}@evil.example.org:8080/shop",
        f"snowflake://ada:{SECRET}@account/shop?host=evil.example.org",
        f"snowflake://ada:{SECRET}@account/shop?private_key_path=/etc/key",
        f"snowflake://ada:{SECRET}@account/shop?authenticator=externalbrowser",
        f"snowflake://:{SECRET}@account/shop",
        "bigquery://a-project/sales",
        "bigquery://a-project/sales?credentials_path=/root/key.json",
        f"bigquery://ada:{SECRET}@a-project/sales?credentials_base64=x",
        f"redshift://ada:{SECRET}@cluster/shop?sslmode=disable",
        f"redshift://ada:{SECRET}@cluster/shop?iam=true",
        f"redshift://ada:{SECRET}@/shop",
        f"mssql://ada:{SECRET}@db/shop?conn_properties=x",
        f"mssql://ada:{SECRET}@db",
    ],
)
def test_a_url_that_reaches_elsewhere_or_uses_what_is_ours_is_refused(url: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        connect(url)
    assert SECRET not in refused.value.message


def test_each_url_becomes_that_of_its_dialect() -> None:
    assert set(DEFINITIONS) == set(DIALECTS.values())
    made = {
        scheme: DEFINITIONS[dialect].url(parse_url(GOOD[scheme], scheme, DEFINITIONS[dialect].options))
        for scheme, dialect in DIALECTS.items()
    }
    assert {scheme: url.render_as_string(hide_password=False) for scheme, url in made.items()} == {
        "snowflake": f"snowflake://ada:{SECRET}@xy12345.eu-central-1/shop/public?role=reader&warehouse=wh",
        "bigquery": f"bigquery://a-project/sales?credentials_base64={SECRET}",
        "redshift": f"redshift+redshift_connector://ada:{SECRET}@cluster.example.org:5439/shop",
        "mssql": f"mssql+pymssql://ada:{SECRET}@db.example.org:1433/shop",
    }
    assert DEFINITIONS["redshift"].connect_args["sslmode"] == "verify-full"
    assert DEFINITIONS["tsql"].connect_args["encryption"] == "require"
