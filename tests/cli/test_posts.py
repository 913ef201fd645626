"""Posts on the terminal: who is there, who stands in, and what reached nobody."""

from pathlib import Path

import pytest

from tests.cli.conftest import Ask


def states(shidian: Ask, *more: str) -> dict[str, str]:
    """Return the state of every post that is listed."""
    return {row["code"]: row["state"] for row in shidian("post", "list", *more, "--json").data}


def test_a_post_is_away_and_back(shidian: Ask, office: Path) -> None:
    assert shidian("post", "absent", "R11", "leave", "--to", "2018-01-12", "--as", "R01").code == 0
    assert states(shidian, "--empty") == {"R11": "leave"}
    assert "请假" in shidian("post", "list").out

    assert shidian("post", "back", "R11", "--as", "R01").code == 0

    assert states(shidian, "--empty") == {}


def test_noting_the_same_again_says_so(shidian: Ask, office: Path) -> None:
    first = shidian("post", "deputy", "R11", "R01", "--as", "R01")
    second = shidian("post", "deputy", "R11", "R01", "--as", "R01")

    assert first.out.strip() == "已记入登记册"
    assert second.out.strip() == "登记册里已经是这样"


def test_a_dry_run_notes_nothing(shidian: Ask, office: Path) -> None:
    answer = shidian("post", "lead", "O1", "R01", "--as", "R01", "--dry-run", "--json")

    assert answer.data == {"changed": True, "dry_run": True}
    assert not any(row["lead"] for row in shidian("post", "list", "--json").data)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("absent", "R11", "ill"), "vacant, leave"),
        (("absent", "R11", "leave", "--from", "2018-02-02", "--to", "2018-02-01"), "2018-02-01"),
        (("absent", "R19", "vacant"), "R19"),
        (("deputy", "R11", "R11"), "不能代理自己"),
        (("lead", "O9", "R01"), "O9"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    shidian: Ask, office: Path, words: tuple[str, ...], said: str
) -> None:
    answer = shidian("post", *words, "--as", "R01")

    assert answer.code == 2
    assert said in answer.err


def test_what_reached_nobody_is_listed(shidian: Ask, office: Path) -> None:
    shidian("post", "absent", "R11", "vacant", "--as", "R01")
    swept = shidian("sweep", "--at", "2018-01-26")
    assert "无人可送" in swept.out

    listed = shidian("notice", "list", "--nobody", "--json").data

    assert {(row["post"], row["via"], row["absent"]) for row in listed} == {
        ("nobody:county", "nobody", "R11")
    }
    assert "无人可送" in shidian("notice", "list", "--nobody").out
    assert "无人可送" in shidian("project", "list").out
