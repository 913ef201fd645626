"""The served desk of the tests: the sample once per session, a copy of it per test."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.storage.database import Database
from tests.conftest import Servers
from tests.web.browsers import CHROMIUM, Room, serving
from tests.web.sample_site import Served, a_sample, a_trial_house, opened

FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]


def _served(servers: Servers, folder: Path, make: object, *, story: bool) -> Iterator[Served]:
    database = Database(servers.copy("sqlite", folder, make))  # type: ignore[arg-type]
    yield Served(opened(database), story=story)
    database.dispose()


@pytest.fixture
def sample(servers: Servers, tmp_path: Path) -> Iterator[Served]:
    """The sample on the day on which its desk opens; the test may change it."""
    yield from _served(servers, tmp_path, a_sample, story=True)


@pytest.fixture(scope="session")
def shared_sample(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The same, for tests that only look."""
    yield from _served(servers, tmp_path_factory.mktemp("shared"), a_sample, story=True)


@pytest.fixture
def blank(servers: Servers, tmp_path: Path) -> Iterator[Served]:
    """A house with a person in every post and nothing opened yet."""
    yield from _served(servers, tmp_path, a_trial_house, story=True)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A browser that is installed here; without one the test is skipped, and fails under CI."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def room(chromium: Any, sample: Served) -> Iterator[Room]:
    """Persons at browsers before a sample that they may change."""
    with serving(sample) as base:
        found = Room(chromium, base, sample)
        yield found
        found.close()


@pytest.fixture(scope="session")
def shared_room(chromium: Any, shared_sample: Served) -> Iterator[Room]:
    """The same, for tests that only look."""
    with serving(shared_sample) as base:
        found = Room(chromium, base, shared_sample)
        yield found
        found.close()
