"""The served desk of the tests: the sample once per session, a copy of it per test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.storage.database import Database
from tests.conftest import Servers
from tests.web.sample_site import Served, a_sample, a_trial_house, opened


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
