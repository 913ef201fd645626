"""What every test may rely on: real databases, no network, no skipping under CI, Hypothesis."""

import ipaddress
import os
import socket
import sys
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from bootstrap import Desk
from engine.storage import schema
from engine.storage.database import Database
from tests.houses import a_house, entered
from tests.storage.servers import (
    SERVER_VARIABLE,
    Make,
    Postgres,
    ServerMissingError,
    SQLite,
    embedded,
    given,
)

SLOW_EXAMPLES = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("default", max_examples=100, deadline=None)
settings.register_profile(
    "ci", max_examples=200, deadline=None, suppress_health_check=SLOW_EXAMPLES
)
settings.register_profile(
    "deep", max_examples=5_000, deadline=None, suppress_health_check=SLOW_EXAMPLES
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

POSTGRES = [pytest.param("postgres", marks=pytest.mark.postgres)]
if os.environ.get(SERVER_VARIABLE):
    POSTGRES.append(pytest.param("postgres-server", marks=pytest.mark.postgres))
EVERY_DATABASE = [pytest.param("sqlite"), *POSTGRES]


class Servers:
    """The database servers of one test process, each started when it is first asked for."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._sqlite = SQLite(folder)
        self._stack = stack
        self._running: dict[str, Postgres | str] = {}

    def copy(self, kind: str, folder: Path, make: Make) -> str:
        """Return the URL of a new database as `make` fills it, for one test."""
        if kind == "sqlite":
            return self._sqlite.copy(make, folder)
        return self.postgres(kind).copy(make)

    def blank(self, kind: str, folder: Path) -> str:
        """Return the URL of a new database without a table, for one test."""
        if kind == "sqlite":
            return f"sqlite:///{folder / 'blank.db'}"
        return self.postgres(kind).blank()

    def drop(self, kind: str, url: str) -> None:
        """Remove a database; a SQLite file goes with the folder of its test."""
        if kind != "sqlite":
            self.postgres(kind).drop(url)

    def postgres(self, kind: str) -> Postgres:
        """Return a running server, or skip the test with the reason why there is none."""
        if kind not in self._running:
            self._running[kind] = self._start(kind)
        held = self._running[kind]
        if isinstance(held, str):
            pytest.skip(held)
        return held

    def _start(self, kind: str) -> Postgres | str:
        if kind == "postgres-server":
            server = given()
            assert server is not None  # the parameter exists only when the variable is set
            self._stack.callback(server.close)
            return server
        try:
            return self._stack.enter_context(embedded())
        except ServerMissingError as error:
            return str(error)


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """The database servers of this test process."""
    with ExitStack() as stack:
        yield Servers(tmp_path_factory.mktemp("templates"), stack)


def _opened(servers: Servers, kind: str, url: str) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.dispose()
    servers.drop(kind, url)


@pytest.fixture(params=EVERY_DATABASE)
def database(
    request: pytest.FixtureRequest, servers: Servers, tmp_path: Path
) -> Iterator[Database]:
    """A database with this release's tables and nothing in them: SQLite, then PostgreSQL."""
    url = servers.copy(request.param, tmp_path, schema.upgrade)
    yield from _opened(servers, request.param, url)


@pytest.fixture(params=EVERY_DATABASE)
def blank_database(
    request: pytest.FixtureRequest, servers: Servers, tmp_path: Path
) -> Iterator[Database]:
    """A database without a table: SQLite, then PostgreSQL."""
    yield from _opened(servers, request.param, servers.blank(request.param, tmp_path))


@pytest.fixture
def sqlite_database(servers: Servers, tmp_path: Path) -> Iterator[Database]:
    """A SQLite database with this release's tables."""
    yield from _opened(servers, "sqlite", servers.copy("sqlite", tmp_path, schema.upgrade))


@pytest.fixture(params=POSTGRES)
def postgres_database(
    request: pytest.FixtureRequest, servers: Servers, tmp_path: Path
) -> Iterator[Database]:
    """A PostgreSQL database with this release's tables."""
    url = servers.copy(request.param, tmp_path, schema.upgrade)
    yield from _opened(servers, request.param, url)


@pytest.fixture(params=EVERY_DATABASE)
def desk(request: pytest.FixtureRequest, servers: Servers, tmp_path: Path) -> Iterator[Desk]:
    """A house with everything published and nothing opened: SQLite, then PostgreSQL."""
    for database in _opened(servers, request.param, servers.copy(request.param, tmp_path, a_house)):
        yield entered(database)


@pytest.fixture
def sqlite_desk(servers: Servers, tmp_path: Path) -> Iterator[Desk]:
    """A house with everything published and nothing opened, on SQLite."""
    for database in _opened(servers, "sqlite", servers.copy("sqlite", tmp_path, a_house)):
        yield entered(database)


def _no_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse every socket that would leave this machine; databases and test servers stay."""
    if event == "socket.connect":
        held, address = arguments
        if held.family in (socket.AF_INET, socket.AF_INET6):
            _must_be_here(str(address[0]))
    elif event == "socket.getaddrinfo" and arguments[0]:
        _must_be_here(_text(arguments[0]))
    elif event == "socket.sendto":
        held, address = arguments
        if held.family in (socket.AF_INET, socket.AF_INET6):
            _must_be_here(str(address[0]))


def _text(host: str | bytes) -> str:
    return host.decode() if isinstance(host, bytes) else host


def _must_be_here(host: str) -> None:
    if host in ("localhost", socket.gethostname()):
        return
    try:
        here = ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        here = False
    if not here:
        raise RuntimeError(f"a test reached for the network: {host}")


sys.addaudithook(_no_network)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail what was skipped when CI is set: there, a test that does not run has not passed."""
    report = yield
    if _is_ci() and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Do the same for a file that skips itself whole."""
    report = yield
    if _is_ci() and report.outcome == "skipped":
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longrepr}"
    return report


def _is_ci() -> bool:
    return os.environ.get("CI", "").lower() in ("1", "true")
