"""The short forms: forty kills over both databases, and the broken variants that must be caught.

The long forms are `make torture`. A failure prints its seed; play it again with
``python -m tests.torture.kill9 --seed SEED``.
"""

import random

import pytest

from tests.torture import all as everything
from tests.torture import clock, kill9, people, race, sweep, watchdog
from tests.torture.harness import Report

pytestmark = pytest.mark.slow

DATABASES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
KILLS = {"kill9": 12, "sweep": 8}
"""Kills a database, in each run of the suite."""


@pytest.fixture
def seed() -> int:
    """A new seed each time; what it finds names it."""
    return random.SystemRandom().randrange(10**6)


@pytest.mark.parametrize("kind", DATABASES)
def test_a_kill_loses_nothing_and_doubles_nothing(kind: str, seed: int) -> None:
    report = kill9.torture(KILLS["kill9"], seed, kind)

    assert not report.faults, report
    assert report.kills == KILLS["kill9"]
    assert report.acts > KILLS["kill9"]


@pytest.mark.parametrize("kind", DATABASES)
def test_workers_that_die_leave_every_rung_told_once(kind: str, seed: int) -> None:
    report = sweep.torture(2, KILLS["sweep"], seed, kind)

    assert not report.faults, report
    assert report.notices == sweep.PROJECTS * len(sweep.RUNGS)


@pytest.mark.parametrize("broken", people.BROKEN)
def test_a_broken_product_is_caught(broken: str, seed: int) -> None:
    report = kill9.torture(60, seed, "sqlite", broken)

    assert report.faults, f"{broken} was not caught; seed {seed}"


def test_a_broken_sweep_is_caught(seed: int) -> None:
    report = sweep.torture(2, 40, seed, "sqlite", "half-commit")

    assert report.faults, f"half-commit was not caught; seed {seed}"


def test_a_short_race_has_one_winner_a_round() -> None:
    report = race.torture(12, 3, "sqlite", processes=3)

    assert not report.faults, report
    assert report.acts == 3


@pytest.mark.parametrize("kind", DATABASES)
def test_a_clock_that_is_set_wrong_makes_nothing_early_double_or_missing(
    kind: str, seed: int
) -> None:
    report = clock.torture(30, seed, kind)

    assert not report.faults, report
    assert report.notices == clock.PROJECTS * 4


def test_a_worker_that_does_not_look_at_its_clock_is_caught(seed: int) -> None:
    report = clock.torture(20, seed, "sqlite", "no-watch")

    assert report.faults, f"no-watch was not caught; seed {seed}"


@pytest.mark.parametrize("kind", DATABASES)
def test_a_worker_that_breaks_inside_recovers_or_ends(kind: str) -> None:
    report = watchdog.torture(1, kind)

    assert not report.faults, report
    assert report.acts == len(watchdog.CASES)


def test_a_worker_without_a_watchdog_is_caught() -> None:
    assert watchdog.torture(1, "sqlite", "no-watchdog").faults


def test_the_summary_names_the_seed_and_what_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [Report("one", 7, 3), Report("two", 7, 4, faults=["lost"])]
    monkeypatch.setattr(everything, "reports", lambda *_: iter(found))
    said: list[str] = []

    code = everything.main(["--seed", "7"], said.append)

    assert code == 1
    assert said[0] == "seed 7\n"
    assert "two: 1 FAULTS; seed 7, 4 kills" in said[2]
    assert said[-1] == "7 kills; 1 tortures found faults\n"


def test_a_broken_variant_that_nobody_catches_is_a_fault() -> None:
    missed = everything._must_be_caught(Report("kill9", 7), "early-ack")

    assert missed.faults == ["a broken variant was not caught: this tests nothing"]
