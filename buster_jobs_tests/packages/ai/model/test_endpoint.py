"""Which endpoint the settings name."""

import pytest
from pydantic import SecretStr

from buster_jobs.packages.ai.model.endpoint import DEFAULT_BASE_URL, endpoint_from
from buster_jobs.packages.errors import ConfigurationError
from buster_jobs.packages.settings import Settings


def settings(**values: str) -> Settings:
    return Settings.model_validate({"OPENAI_API_KEY": "", "OPENAI_BASE_URL": "", **values})


@pytest.mark.parametrize("key", ["", "  "])
def test_without_a_key_there_is_no_endpoint(key: str) -> None:
    assert endpoint_from(settings(OPENAI_API_KEY=key)) is None


def test_the_key_is_trimmed_and_an_empty_address_is_the_default() -> None:
    endpoint = endpoint_from(settings(OPENAI_API_KEY=" sk-1234567890\n", OPENAI_MODEL="m"))
    assert endpoint is not None
    assert (endpoint.base_url, endpoint.key, endpoint.model) == (DEFAULT_BASE_URL, SecretStr("sk-1234567890"), "m")
    assert "sk-1234567890" not in repr(endpoint)


@pytest.mark.parametrize("url", ["localhost:1234/v1", "ftp://host/v1", "http://", "http://[x/v1", "http://h:port/v1"])
def test_an_address_that_is_none_is_refused_without_being_shown(url: str) -> None:
    with pytest.raises(ConfigurationError, match="OPENAI_BASE_URL") as caught:
        endpoint_from(settings(OPENAI_API_KEY="sk-1234567890", OPENAI_BASE_URL=url))
    assert url not in caught.value.message


def test_a_key_that_no_header_can_hold_is_refused_without_being_shown() -> None:
    with pytest.raises(ConfigurationError, match="OPENAI_API_KEY") as caught:
        endpoint_from(settings(OPENAI_API_KEY="sk-123\n45"))
    assert "123" not in caught.value.message
