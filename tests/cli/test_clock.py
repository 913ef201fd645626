"""The clock on the terminal: the last sweep below the board, the alarm, and how it is confirmed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import bootstrap
from engine.services import clock_alarm
from engine.services.clock_alarm import Alarm
from tests.cli.conftest import Ask
from tests.storage.tampering import change


@pytest.fixture
def real(shidian: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database on the real clock, which a call without ``--db`` opens."""
    path = tmp_path / "real.db"
    monkeypatch.setenv("SHIDIAN_DB", str(path))
    shidian("db", "upgrade")
    return path


def doctor(shidian: Ask) -> dict[str, str]:
    """Return the state of every check."""
    return {row["check"]: row["state"] for row in shidian("doctor", "--json").data}


def age(path: Path, **ago: int) -> None:
    """Let the last sweep lie back."""
    with bootstrap.open(f"sqlite:///{path}") as desk:
        at = (datetime.now(UTC) - timedelta(**ago)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        change(desk.house.database, "UPDATE worker SET swept_at = ?", [at])


def jump(path: Path) -> None:
    """Leave the alarm of a clock that jumped."""
    with bootstrap.open(f"sqlite:///{path}") as desk:
        at = datetime(2026, 11, 2, 1, tzinfo=UTC)
        with desk.house.database.write() as cursor:
            found = Alarm("jumped", at + timedelta(days=1), at, "w1")
            clock_alarm.sound(desk.house, cursor, found)


def test_the_board_says_when_it_was_last_swept(shidian: Ask, office: Path) -> None:
    assert "最后巡检" not in shidian("project", "list").out, "nobody sweeps a simulation by itself"
    shidian("worker", "--once")

    assert "最后巡检 20" in shidian("project", "list").out
    assert doctor(shidian)["swept"] == "ok"


def test_the_board_and_doctor_warn_when_nothing_was_swept_for_long(
    shidian: Ask, real: Path
) -> None:
    assert "还没有巡检过" in shidian("project", "list").out
    shidian("worker", "--once")
    assert "最后巡检" in shidian("project", "list").out
    age(real, minutes=9)
    assert doctor(shidian)["swept"] == "ok"
    age(real, minutes=11)

    assert doctor(shidian)["swept"] == "warn"
    assert "已经停了" in shidian("project", "list").out


def test_an_alarm_stops_the_sweep_and_shows_on_the_board_and_in_doctor(
    shidian: Ask, real: Path
) -> None:
    jump(real)

    assert shidian("sweep").code == 1
    assert shidian("worker", "--once").code == 1
    assert "时钟跳到 2026-11-03 09:00，应在 2026-11-02 09:00 左右" in shidian("project", "list").out
    assert doctor(shidian)["clock_jumped"] == "fail"
    assert shidian("clock", "show", "--json").data["alarm"]["by"] == "w1"


def test_a_confirmed_alarm_is_gone_and_on_record(shidian: Ask, real: Path) -> None:
    jump(real)
    assert shidian("clock", "confirm", "--dry-run").code == 0
    assert shidian("sweep").code == 1

    assert shidian("clock", "confirm").code == 0

    assert shidian("sweep").code == 0
    assert "confirm_clock" in shidian("audit", "log", "--stream", "register", "--json").out
    assert shidian("clock", "confirm").out.strip() == "时钟没有报警"


def test_the_clock_is_shown_with_its_kind(shidian: Ask, office: Path) -> None:
    data = shidian("clock", "show", "--json").data

    assert (data["kind"], data["alarm"], data["old"]) == ("simulated", None, False)
    assert "现在是 2018-01-08 09:00" in shidian("clock", "show").out
