"""The demonstration: what it leaves, what it replaces, what it leaves alone."""

import json
import shutil
from pathlib import Path

import pytest

from cli import main
from cli.demo import folder
from tests.cli.conftest import Ask

GOLDEN = Path(__file__).parent.parent / "histories" / "suining-board.json"
EARLY = ("--until", "2017-10-31")


@pytest.fixture(scope="module")
def early(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Play the first two months once."""
    home = tmp_path_factory.mktemp("early") / "demo"
    assert main(["demo", "--out", str(home), *EARLY]) == 0
    return home


def test_a_demonstration_leaves_all_its_files(early: Path) -> None:
    held = {path.name for path in early.iterdir()}

    assert {*folder.FILES, folder.DATABASE, folder.NOTICES, folder.MARKER} <= held
    assert "<svg" in (early / "wall.svg").read_text("utf-8")
    assert "notices/index.html" in (early / "index.html").read_text("utf-8")
    trail = (early / "trail.jsonl").read_text("utf-8").splitlines()
    assert json.loads((early / "checkpoint.json").read_text("utf-8"))["size"] == len(trail)


def test_the_board_as_data_holds_no_clock_and_no_chance(early: Path) -> None:
    board = json.loads((early / "board.json").read_text("utf-8"))

    assert sorted(board) == [
        "cadences", "coverage", "notices", "on", "played", "programme", "projects",
    ]  # fmt: skip
    assert [row["stage"] for row in board["projects"]] == ["agency_recruitment"] * 8
    assert board["on"] == "2017-10-31"


def test_the_report_tells_board_notices_targets_and_trail(shidian: Ask, tmp_path: Path) -> None:
    answer = shidian("demo", "--out", tmp_path / "demo", "--until", "2017-09-04")

    assert answer.code == 0
    for word in ("示例·春和社区", "提醒", "无法判断：全市城市社区数未登记", "完整", "先看"):
        assert word in answer.out
    assert answer.err.splitlines() == [
        "2017-08-31  办理 8 步，通知 0 份",
        "2017-09-04  办理 48 步，通知 0 份",
    ]


def test_a_quiet_demonstration_names_its_start_page_only(shidian: Ask, tmp_path: Path) -> None:
    answer = shidian("demo", "--out", tmp_path / "demo", "--until", "2017-09-01", "--quiet")

    assert answer.err == ""
    assert answer.out == f"{tmp_path / 'demo' / 'index.html'}\n"


def test_what_an_earlier_demonstration_left_is_replaced(
    shidian: Ask, early: Path, tmp_path: Path
) -> None:
    home = tmp_path / "demo"
    shutil.copytree(early, home)
    (home / "notices" / "old.html").write_text("old", "utf-8")

    answer = shidian("demo", "--out", home, "--until", "2017-08-31", "--quiet", "--lang", "en")

    assert answer.code == 0
    assert not (home / "notices" / "old.html").exists()
    assert json.loads((home / "board.json").read_text("utf-8"))["on"] == "2017-08-31"


def test_a_demonstration_without_its_marker_is_known_by_its_clock(
    shidian: Ask, early: Path, tmp_path: Path
) -> None:
    home = tmp_path / "demo"
    shutil.copytree(early, home)
    (home / folder.MARKER).unlink()

    assert shidian("demo", "--out", home, "--until", "2017-08-31", "--quiet").code == 0


@pytest.mark.parametrize("name", ["thesis.docx", "notices/thesis.docx", "index.html"])
def test_a_folder_with_anything_else_is_left_alone(shidian: Ask, tmp_path: Path, name: str) -> None:
    home = tmp_path / "mine"
    (home / name).parent.mkdir(parents=True)
    (home / name).write_text("years of work", "utf-8")

    answer = shidian("demo", "--out", home, *EARLY)

    assert answer.code == 2
    assert "--out" in answer.err
    assert (home / name).read_text("utf-8") == "years of work"
    assert not (home / folder.DATABASE).exists()


def test_a_stranger_among_the_files_of_a_demonstration_is_left_alone(
    shidian: Ask, early: Path, tmp_path: Path
) -> None:
    home = tmp_path / "demo"
    shutil.copytree(early, home)
    (home / "thesis.docx").write_text("years of work", "utf-8")

    assert shidian("demo", "--out", home).code == 2
    assert (home / folder.DATABASE).exists()


def test_a_database_with_real_time_is_left_alone(shidian: Ask, tmp_path: Path) -> None:
    home = tmp_path / "real"
    home.mkdir()
    assert shidian("db", "upgrade", "--db", home / folder.DATABASE).code == 0
    (home / folder.MARKER).touch()

    answer = shidian("demo", "--out", home)

    assert answer.code == 2
    assert "真实时间" in answer.err
    assert (home / folder.DATABASE).exists()


def test_a_file_in_the_place_of_the_folder_is_wrong_usage(shidian: Ask, tmp_path: Path) -> None:
    (tmp_path / "demo").touch()

    assert shidian("demo", "--out", tmp_path / "demo").code == 2


def test_a_day_outside_the_example_is_wrong_usage(shidian: Ask, tmp_path: Path) -> None:
    answer = shidian("demo", "--out", tmp_path / "demo", "--until", "2016-01-01")

    assert answer.code == 2
    assert "2017-08-31" in answer.err
    assert not (tmp_path / "demo").exists()


@pytest.mark.slow
def test_the_whole_programme_ends_as_the_golden_board_says(shidian: Ask, tmp_path: Path) -> None:
    answer = shidian("demo", "--out", tmp_path / "demo", "--quiet")

    assert answer.code == 0
    found = json.loads((tmp_path / "demo" / "board.json").read_text("utf-8"))
    assert found == json.loads(GOLDEN.read_text("utf-8"))
    notices = list((tmp_path / "demo" / "notices").glob("P*.txt"))
    assert len(notices) == sum(counts["ready"] for counts in found["notices"].values())
