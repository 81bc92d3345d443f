"""What every connection asks for, so that neither side waits for long for one that has vanished."""

from typing import Any

import psycopg
import pytest
from sqlalchemy import URL, Engine, text

from buster_jobs.packages.database.server.engine import database_url, new_engine
from buster_jobs.runtime.engine.dagster.connections import pooled_engine


@pytest.mark.parametrize(("engine_of", "driver"), [(new_engine, "psycopg"), (pooled_engine, "psycopg2")])
def test_both_sides_give_a_vanished_one_up_soon(engine_of: Any, driver: str, database: Engine) -> None:
    url: URL = database_url(driver).update_query_dict({"options": "-cwork_mem=5MB"})
    engine: Engine = engine_of(url)
    with engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        told = raw.info.get_parameters() if isinstance(raw, psycopg.Connection) else raw.info.dsn_parameters
        assert (told["tcp_user_timeout"], told["keepalives_idle"]) == ("20000", "10")
        assert "-ctcp_user_timeout=20000" in told["options"]
        assert connection.scalar(text("SHOW work_mem")) == "5MB", "what the URL asks for stays"
    engine.dispose()
