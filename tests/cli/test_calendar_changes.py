"""Own days and papers from the terminal: checked whole, previewed, and confirmed by a person."""

from pathlib import Path

import pytest

from tests.cli.conftest import Ask


@pytest.fixture
def raised(shidian: Ask, office: Path) -> Path:
    """Give an office in which each project has an issue due in five working days."""
    for code in ("P1", "P2"):
        words = ("task", "raise", code, "issue", "Q1", "漏水", "--days", "5", "--as", "R11")
        answer = shidian(*words)
        assert answer.code == 0, answer.err
    return office


def an_own_day(shidian: Ask, *more: str) -> object:
    """Close the sponsor on the day on which the issues fall due, Monday 15 January 2018."""
    words = ("calendar", "add", "--org", "O1", "--off", "2018-01-15", "--reason", "停电检修")
    answer = shidian(*words, "--as", "R01", "--json", *more)
    assert answer.code == 0, answer.err
    return answer.data


def due(shidian: Ask, code: str = "P1") -> str:
    """Return the due day of a project's issue."""
    rows = shidian("task", "list", "--project", code, "--json").data
    return str(next(row["due"] for row in rows if row["task"] == "issue"))


def test_an_own_day_is_previewed_and_then_listed_until_it_is_confirmed(
    shidian: Ask, raised: Path
) -> None:
    dry = an_own_day(shidian, "--dry-run")
    assert shidian("calendar", "moves", "--json").data == []

    told = an_own_day(shidian)

    assert isinstance(dry, dict)
    assert isinstance(told, dict)
    assert dry["moves"] == told["moves"]
    assert (dry["dry_run"], told["dry_run"], told["projects"], told["version"]) == (
        True, False, 2, "O1-2018.1",
    )  # fmt: skip
    found = shidian("calendar", "moves", "--json").data
    assert found == told["moves"]
    assert [(row["project"], row["task"], row["was"], row["now"]) for row in found] == [
        ("P1", "issue/Q1", "2018-01-15", "2018-01-16"),
        ("P2", "issue/Q1", "2018-01-15", "2018-01-16"),
    ]
    assert due(shidian) == "2018-01-15"
    assert "2018-01-16" in shidian("calendar", "moves").out


def test_confirming_one_project_leaves_the_others_waiting(shidian: Ask, raised: Path) -> None:
    an_own_day(shidian)

    assert shidian("calendar", "confirm", "--project", "P1", "--as", "R11").code == 0

    assert (due(shidian, "P1"), due(shidian, "P2")) == ("2018-01-16", "2018-01-15")
    assert [row["project"] for row in shidian("calendar", "moves", "--json").data] == ["P2"]
    (notice,) = shidian("notice", "list", "--project", "P1", "--json").data
    assert (notice["template"], notice["post"]) == ("moved", "nobody:agency")
    shown = shidian("notice", "show", "P1", "1").out
    assert "2018年1月15日" in shown
    assert "2018年1月16日" in shown
    assert "停电检修" in shown


def test_confirming_all_stands_under_one_batch_and_twice_does_nothing(
    shidian: Ask, raised: Path
) -> None:
    an_own_day(shidian)

    dry = shidian("calendar", "confirm", "--all", "--as", "R01", "--dry-run", "--json").data
    assert due(shidian) == "2018-01-15"
    done = shidian("calendar", "confirm", "--all", "--as", "R01", "--json").data
    again = shidian("calendar", "confirm", "--all", "--as", "R01")

    assert [row["done"] for row in dry["results"]] == [row["done"] for row in done["results"]]
    assert due(shidian, "P2") == "2018-01-16"
    entries = shidian("audit", "log", "--kind", "calendar.confirmed", "--json").data["entries"]
    assert len({entry["batch"] for entry in entries}) == 1
    assert len(entries) == 2
    assert "2018-01-15→" in shidian("project", "history", "P1").out
    assert (again.code, "没有待确认" in again.out) == (0, True)
    assert shidian("calendar", "confirm", "--all", "--as", "R01", "--json").data == {"results": []}


def test_who_may_not_correct_may_not_confirm(shidian: Ask, raised: Path) -> None:
    an_own_day(shidian)

    assert shidian("calendar", "confirm", "--all", "--as", "R31").code == 1
    assert due(shidian) == "2018-01-15"


def test_a_second_closure_of_a_year_gets_the_next_number(shidian: Ask, office: Path) -> None:
    words = ("calendar", "add", "--org", "O2", "--reason", "搬迁", "--as", "R01", "--json")

    first = shidian(*words, "--off", "2018-01-22..2018-01-24").data
    second = shidian(*words, "--work", "2018-01-27").data

    assert (first["version"], second["version"]) == ("O2-2018.1", "O2-2018.2")
    assert first["projects"] == 0, "nobody counts with the days of a county that sponsors nothing"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--org", "O9", "--off", "2018-01-22"], "O9"),
        (["--org", "O1"], "--off"),
        (["--org", "O1", "--off", "2018-02-30"], "calendar add:7:"),
        (["--org", "O1", "--work", "2018-01-22"], "is a Monday"),
        (["--org", "O1", "--off", "2018-01-22", "--work", "2018-01-22"], "name it once"),
        (["--org", "O1", "--off", "2018-01-24..2018-01-22"], "is no span"),
    ],
)
def test_own_days_at_fault_are_refused_with_what_is_wrong(
    shidian: Ask, office: Path, words: list[str], said: str
) -> None:
    answer = shidian("calendar", "add", *words, "--reason", "x", "--as", "R01")

    assert (answer.code, said in answer.err) == (2, True), answer.err
    versions = shidian("calendar", "show", "--org", "O1", "--json").data["versions"]
    assert [each["region"] for each in versions] == ["cn"] * len(versions)


def test_projects_or_all_must_be_named(shidian: Ask, office: Path) -> None:
    for words in ([], ["--project", "P1", "--all"]):
        assert shidian("calendar", "confirm", *words, "--as", "R11").code == 2


def test_a_year_is_shown_as_an_org_counts_it_with_its_papers(shidian: Ask, raised: Path) -> None:
    an_own_day(shidian)

    country = shidian("calendar", "show", "2018", "--json").data
    own = shidian("calendar", "show", "2018", "--org", "O1", "--json").data
    below = shidian("calendar", "show", "--org", "O2", "--json").data

    assert country["working_days"] - own["working_days"] == 1
    assert own["versions"][-1] == {
        "id": "O1-2018.1", "region": "O1", "document": None, "known_on": "2018-01-08",
        "counts_from": "2018-01-08", "amends": None,
    }  # fmt: skip
    assert below["version"] == own["version"], "a county counts with the days of the city above"
    assert shidian("calendar", "show", "--org", "O9").code == 2


def test_a_year_is_shown_as_it_was_known(shidian: Ask, office: Path) -> None:
    then = shidian("calendar", "show", "2018", "--known-on", "2017-11-29")
    old = shidian("calendar", "show", "2004", "--json").data

    assert "暂定" in then.out
    assert old["versions"][0]["known_on"] == "unknown"
    assert "不详" in shidian("calendar", "show", "2004").out


def test_the_board_says_what_is_not_known_yet(shidian: Ask, raised: Path) -> None:
    assert "待确认" not in shidian("project", "list").out
    an_own_day(shidian)

    assert "日历变动待确认的时限：2" in shidian("project", "list").out
    assert "2019 年的放假安排还没有公布" in shidian("project", "list", "--at", "2018-11-01").out
    rows = {row["check"]: row for row in shidian("doctor", "--json").data}
    assert (rows["deadlines"]["state"], rows["deadlines"]["facts"]["unconfirmed"]) == ("warn", 2)
