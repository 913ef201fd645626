"""Whatever is done to a project in whatever order, house and rules agree after each step.

``HYPOTHESIS_PROFILE=deep`` plays thousands of lives; the default plays a few dozen.
"""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from engine.storage.database import Database
from tests.conftest import EVERY_DATABASE, Servers
from tests.model.lives import Lives
from tests.model.playing import a_model_house

PLAYED = {"default": {"sqlite": 25, "other": 6}, "ci": {"sqlite": 60, "other": 20}}
"""How many lives are played, by profile and database; a deep profile says it itself."""

STEPS = {"default": 40, "ci": 50}


def played(kind: str) -> settings:
    """Return how long to play on a database."""
    profile = os.environ.get("HYPOTHESIS_PROFILE", "default")
    held = PLAYED.get(profile)
    lives = settings().max_examples if held is None else held.get(kind, held["other"])
    return settings(
        max_examples=lives, stateful_step_count=STEPS.get(profile, 50), deadline=None,
        suppress_health_check=list(HealthCheck), print_blob=True,
        phases=[phase for phase in Phase if phase is not Phase.explain],
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("kind", EVERY_DATABASE)
def test_house_and_rules_agree_whatever_is_done(
    kind: str, servers: Servers, tmp_path: Path
) -> None:
    class Here(Lives):
        """Lives on one database."""

        @staticmethod
        def make() -> Database:
            """Return a new house's database."""
            return Database(servers.copy(kind, tmp_path, a_model_house))

        @staticmethod
        def drop(database: Database) -> None:
            """Remove it."""
            servers.drop(kind, database.url)
            if kind == "sqlite":
                for name in ("", "-wal", "-shm"):
                    Path(database.url.removeprefix("sqlite:///") + name).unlink(missing_ok=True)

    run_state_machine_as_test(Here, settings=played(kind))
