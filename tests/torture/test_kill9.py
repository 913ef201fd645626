"""The short form of the torture: 40 kills over both databases, and one variant that must fail."""

import random
from pathlib import Path

import pytest

from engine.storage.database import Database
from tests.torture import kill9

KILLS = 20

pytestmark = pytest.mark.slow


def test_kills_at_random_moments_lose_nothing_and_double_nothing(blank_database: Database) -> None:
    seed = random.randrange(2**32)  # noqa: S311  # printed on failure, so that it can be replayed
    url = blank_database.url
    kill9.prepare(url)

    verdict = kill9.run(url, KILLS, seed)

    assert verdict.faults == [], f"seed {seed}"
    assert verdict.rungs > 0


def test_the_harness_catches_a_client_that_repeats_itself_without_a_key(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'careless.db'}"
    kill9.prepare(url)

    verdict = kill9.run(url, 6, 3, keyed=False)

    assert verdict.faults
