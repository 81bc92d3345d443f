"""What every test may ask for: an embedded PostgreSQL of the test session's own, and clean databases on it."""

import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from psycopg.errors import ObjectInUse
from sqlalchemy import URL, Engine, create_engine, delete, text
from sqlalchemy.exc import OperationalError

from buster_jobs.packages.database.migrate import migrate
from buster_jobs.packages.database.models import Base
from buster_jobs.packages.database.people.chats import create_chat
from buster_jobs.packages.database.people.organizations import add_member, create_organization, create_user
from buster_jobs.packages.database.server import embedded, engine
from buster_jobs.packages.database.server.embedded import EmbeddedServer
from buster_jobs.packages.database.sources.data_sources import StoredDataSource, create_data_source
from buster_jobs.packages.settings import Settings, get_settings
from buster_jobs_tests.support import properties
from buster_jobs_tests.support.polling import until

__all__ = ["properties"]  # whose import sets how examples are made

pytest_plugins = [
    "buster_jobs_tests.support.services",
    "buster_jobs_tests.support.small_shop",
    "buster_jobs_tests.support.small_warehouse",
]


# In the background of a shell SIGINT is ignored, and so it would be by every process that the tests start and stop.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def state_dir() -> Generator[Path]:
    """The session's state folder, in the environment, so that subprocesses use it too and never the developer's.

    No BUSTER_* variable or key of the developer's reaches a test.
    """
    # Not pytest's tmp_path: that is mode 0700, and then root's PostgreSQL would be put under /var/lib.
    folder = Path(tempfile.mkdtemp(prefix="buster-tests-"))
    folder.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        for name in _our_variables():
            patch.delenv(name, raising=False)
        patch.setenv("BUSTER_STATE_DIR", str(folder))
        get_settings.cache_clear()
        yield folder
        engine.reset_engine()
        embedded.stop()
    get_settings.cache_clear()
    shutil.rmtree(folder)


@pytest.fixture(autouse=True)
def _fresh_settings() -> Generator[None]:
    """Settings that a test changed end with it, and so does the engine that was made from them."""
    before = get_settings()
    yield
    if get_settings() != before:
        engine.reset_engine()
    get_settings.cache_clear()


@pytest.fixture
def configure(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`configure(BUSTER_DATABASE_URL="…", OPENAI_API_KEY=None)`: settings for this test; None removes a variable."""

    def set_variables(**variables: str | None) -> None:
        for name, value in variables.items():
            if value is None:
                monkeypatch.delenv(name, raising=False)
            else:
                monkeypatch.setenv(name, value)
        get_settings.cache_clear()
        engine.reset_engine()
        get_settings()

    return set_variables


@pytest.fixture(scope="session")
def postgres(state_dir: Path) -> EmbeddedServer:
    """The session's server, running."""
    return embedded.ensure_running()


@pytest.fixture(scope="session")
def _migrated(postgres: EmbeddedServer) -> None:
    migrate()


@pytest.fixture
def database(_migrated: None) -> Engine:
    """The app's database, migrated and without a row in our tables. The engine is the process's own."""
    # DELETE, not TRUNCATE: on tables with a few rows it is twenty times as fast.
    own = engine.get_engine()  # another than the last test's, if that changed settings
    with own.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(delete(table))
    return own


@pytest.fixture
def scratch_database(postgres: EmbeddedServer) -> Generator[Callable[[], URL]]:
    """A factory of empty databases on the same server; each is dropped at the end, whoever is still connected."""
    made: list[str] = []
    server = create_engine(postgres.url("postgres"), isolation_level="AUTOCOMMIT")

    def make() -> URL:
        name = f"scratch_{uuid4().hex[:12]}"
        with server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} STRATEGY wal_log"))
        made.append(name)
        return postgres.url(name)

    yield make
    for name in made:
        until(partial(_dropped, server, name), f"nobody uses {name} any more")
    server.dispose()


def _dropped(server: Engine, database: str) -> bool:
    """PostgreSQL gives who is still connected five seconds to go, and on a busy machine that is not enough."""
    try:
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {database} WITH (FORCE)"))
    except OperationalError as error:
        if not isinstance(error.orig, ObjectInUse):
            raise
        return False
    return True


@dataclass(frozen=True, slots=True)
class OrganizationWithChat:
    """Ids of an organization, a user who is its member, and a chat of theirs."""

    organization_id: UUID
    user_id: UUID
    chat_id: UUID

    def add_data_source(self, url: URL | str, *, name: str = "warehouse", type: str = "postgresql") -> StoredDataSource:
        clear = url if isinstance(url, str) else url.render_as_string(hide_password=False)
        return create_data_source(organization_id=self.organization_id, name=name, type=type, connection_url=clear)


@pytest.fixture
def new_organization(database: Engine) -> Callable[[], OrganizationWithChat]:
    """A factory, for tests that need more than one."""

    def make() -> OrganizationWithChat:
        organization = create_organization(name=f"Organization {uuid4().hex[:6]}")
        user = create_user(email=f"{uuid4().hex[:12]}@example.com", name="A User")
        add_member(organization_id=organization.id, user_id=user.id)
        chat = create_chat(organization_id=organization.id, user_id=user.id, title="A chat")
        return OrganizationWithChat(organization_id=organization.id, user_id=user.id, chat_id=chat.id)

    return make


@pytest.fixture
def organization(new_organization: Callable[[], OrganizationWithChat]) -> OrganizationWithChat:
    """One organization with a member and a chat."""
    return new_organization()


def _our_variables() -> list[str]:
    named = [field.validation_alias for field in Settings.model_fields.values()]
    return [name for name in os.environ if name.startswith("BUSTER_") or name in named]
