"""Results of the sample reports in a store, and a desk on them."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

import pytest
from sqlalchemy import create_engine
from starlette.testclient import TestClient

from extract.desk.app import create_app
from extract.desk.ingest import Taking, sync
from extract.desk.model import Person, Role
from extract.desk.settings import DeskSettings
from extract.desk.store import Store, default_url, open_store
from extract.runs.run import Plan, run_sources
from extract.runs.sources import Source
from tests.desk.postgresql import programs, server

HERE = "http://127.0.0.1:8750"
NOW = 1_760_000_000.0
ANN = Person("ann", Role.REVIEWER)
BEN = Person("ben", Role.REVIEWER)
CLEO = Person("cleo", Role.ADMINISTRATOR)
VIEWER = Person("vera", Role.VIEWER)


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: float = NOW) -> None:
        self.now = now

    def __call__(self) -> float:
        """Seconds since 1970."""
        return self.now


def run(folder: Path, out: Path) -> None:
    """Run the rules on a folder of reports; they are called by the same names wherever it lies."""
    sources = tuple(Source(f"{folder.name}/{path.name}", path) for path in sorted(folder.glob("*.txt")))
    run_sources(Plan(sources, out, "rules", 1, 20_000_000), lambda _: None)


@pytest.fixture(scope="session")
def run_once(tmp_path_factory: pytest.TempPathFactory, examples: Path) -> Path:
    """The sample reports and their results, to be copied and never changed."""
    base = tmp_path_factory.mktemp("desk")
    (base / "reports").mkdir()
    for path in examples.glob("*.txt"):
        shutil.copy(path, base / "reports")
    run(base / "reports", base / "out")
    return base


@pytest.fixture
def results(run_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of results of this test's own; the reports lie beside it."""
    shutil.copytree(run_once, tmp_path / "work")
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work" / "out"


@pytest.fixture
def store(results: Path) -> Iterator[Store]:
    """A store with the results in it."""
    opened = open_store(default_url(results))
    sync(opened, Taking(results, NOW))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server."""
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed; `make services` does it as root on Debian")
    with server(found) as url:
        yield url


@pytest.fixture
def new_database(postgresql: str) -> str:
    """The address of an empty database of PostgreSQL."""
    name = f"desk_{token_hex(6)}"
    engine = create_engine(
        postgresql.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return postgresql.removesuffix("postgres") + name


@pytest.fixture(params=["sqlite", "postgresql"])
def any_store(request: pytest.FixtureRequest, results: Path) -> Iterator[Store]:
    """A store of either kind with the results in it."""
    url = default_url(results) if request.param == "sqlite" else request.getfixturevalue("new_database")
    opened = open_store(url)
    sync(opened, Taking(results, NOW))
    yield opened
    opened.close()


@pytest.fixture
def settings(results: Path) -> DeskSettings:
    """A desk on this machine, for one person."""
    return DeskSettings(results, default_url(results), watch=False, processes=1)


@pytest.fixture
def client(settings: DeskSettings, store: Store) -> Iterator[TestClient]:
    """A browser or program on this machine."""
    with TestClient(create_app(settings, store), base_url=HERE, raise_server_exceptions=False) as client:
        yield client
