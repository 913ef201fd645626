"""The worker warns once a day of what the calendar lacks."""

import logging
from pathlib import Path

import pytest

import bootstrap
import scheduler
from tests.cli.conftest import Ask


def test_a_worker_warns_once_a_day_of_a_year_without_its_notice(
    shidian: Ask, office: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shidian("sweep", "--at", "2018-11-01")

    with bootstrap.open(f"sqlite:///{office}", "simulated") as desk:
        worker = scheduler.Worker(desk)
        with caplog.at_level(logging.WARNING, "shidian.worker"):
            worker.sweep()
            worker.sweep()

    assert [record.getMessage() for record in caplog.records] == [
        "calendar: years (2019,) are missing"
    ]


def test_a_worker_is_silent_while_the_years_are_there(
    office: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with bootstrap.open(f"sqlite:///{office}", "simulated") as desk:
        scheduler.Worker(desk).sweep()

    assert caplog.records == []
