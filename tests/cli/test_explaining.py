"""Why a day is that day, and why a notice was or was not sent, from the terminal."""

from pathlib import Path

from tests.cli.conftest import Ask


def test_a_due_day_is_explained_from_the_words_to_the_rungs(shidian: Ask, office: Path) -> None:
    data = shidian("deadline", "explain", "P1", "plan", "--json").data

    assert sorted(data) == [
        "calendar", "counted", "counted_now", "current", "due", "extensions", "kind", "known_on",
        "office", "original_due", "pauses", "project", "provisional", "rule", "rungs", "source",
        "status", "steps", "task", "version",
    ]  # fmt: skip
    assert (data["due"], data["current"], data["office"]) == ("2018-01-31", True, "O1")
    assert data["source"]["date"] == "plan_finish"
    assert (data["source"]["on"], data["source"]["reading"]) == ("2018-01-31", "月末")
    assert data["source"]["chosen_by"] == "R11"
    assert [rung["on"] for rung in data["rungs"]] == [
        "2018-01-26", "2018-02-01", "2018-02-07", "2018-02-13",
    ]  # fmt: skip


def test_the_days_off_and_made_up_that_were_crossed_are_named(shidian: Ask, office: Path) -> None:
    words = ("task", "raise", "P1", "issue", "Q1", "漏水", "--days", "30", "--as", "R11")
    assert shidian(*words).code == 0

    (count,) = [
        step
        for step in shidian("deadline", "explain", "P1", "issue/Q1", "--json").data["steps"]
        if step["step"] == "count"
    ]
    page = shidian("deadline", "explain", "P1", "issue/Q1").out

    assert (count["to"], count["count"], count["unit"]) == ("2018-02-23", 30, "working_day")
    assert count["off"] == ["2018-02-15", "2018-02-16", "2018-02-19", "2018-02-20", "2018-02-21"]
    assert count["work"] == ["2018-02-11"]
    assert "2018-02-11" in page


def test_a_day_is_explained_as_it_was_known(shidian: Ask, office: Path) -> None:
    words = ("task", "raise", "P1", "issue", "Q1", "漏水", "--days", "30", "--as", "R11")
    assert shidian(*words).code == 0

    then = shidian(
        "deadline", "explain", "P1", "issue/Q1", "--known-on", "2017-11-29", "--json"
    ).data

    assert then["known_on"] == "2017-11-29"
    assert then["counted"]["provisional"] is True
    assert then["provisional"] is False
    told = shidian("deadline", "explain", "P1", "issue/Q1", "--known-on", "2017-11-29").out
    assert "2017-11-29" in told
    assert "暂定" in told


def test_a_task_that_is_not_there_is_told_with_the_nearest(shidian: Ask, office: Path) -> None:
    answer = shidian("deadline", "explain", "P1", "pln")

    assert answer.code == 2
    assert "plan" in answer.err


def test_a_notice_says_by_which_rule_it_was_sent_and_to_whom(shidian: Ask, office: Path) -> None:
    shidian("sweep", "--at", "2018-01-26")

    data = shidian("notice", "why", "P1", "1", "--json").data
    page = shidian("notice", "why", "P1", "1").out

    assert (data["cause"].split(":")[0], data["post"], data["nobody"]) == ("rung", "R11", False)
    assert data["rule"]["days"] == -3
    assert data["rule"]["on"] == "2018-01-26"
    assert data["entry"]["kind"] == "clock.ticked"
    assert "3 个工作日" in page
    assert "R11" in page
    assert shidian("notice", "why", "P1", "99").code == 2


def test_a_task_says_what_comes_next_and_why_nobody_is_told_now(shidian: Ask, office: Path) -> None:
    why = ("notice", "why", "--project", "P1", "--task", "plan", "--json")

    early = shidian(*why).data
    late = shidian(*why, "--at", "2018-01-27").data
    shidian("sweep", "--at", "2018-01-26")
    told = shidian(*why).data
    shidian("project", "act", "suspend", "P1", "--as", "R11", "--reason", "force_majeure")
    suspended = shidian(*why).data

    assert [early["silence"], late["silence"], told["silence"], suspended["silence"]] == [
        "not_reached", "not_swept", "not_reached", "suspended",
    ]  # fmt: skip
    assert early["next_at"].startswith("2018-01-26")
    assert [step["passed"] for step in told["steps"]] == [True, False, False, False]
    assert [each["n"] for each in told["steps"][0]["notices"]] == [1]
    assert "2018-01-26" in shidian("notice", "why", "--project", "P2", "--task", "plan").out


def test_what_waits_or_has_no_ladder_says_so(shidian: Ask, office: Path) -> None:
    why = ("notice", "why", "--project", "P1", "--task", "plan", "--json")
    words = ("extension", "ask", "P1", "plan", "5", "--reason", "x", "--as", "R11")
    assert shidian(*words).code == 0

    assert shidian(*why).data["silence"] == "waiting"
    assert "延期" in shidian(*why[:-1]).out


def test_a_notice_or_a_task_must_be_named(shidian: Ask, office: Path) -> None:
    for words in ([], ["P1"], ["--project", "P1"], ["P1", "1", "--task", "plan"]):
        assert shidian("notice", "why", *words).code == 2


def test_a_dry_sweep_lists_what_it_would_send(shidian: Ask, office: Path) -> None:
    data = shidian("sweep", "--dry-run", "--at", "2018-01-26", "--json").data
    page = shidian("sweep", "--dry-run", "--at", "2018-01-26").out

    assert [(n["project"], n["rung"], n["post"]) for n in data["notices"]] == [
        ("P1", "reminder", "R11"), ("P2", "reminder", "R11"),
    ]  # fmt: skip
    assert "P2" in page


def test_every_table_marks_a_due_day_that_is_provisional(shidian: Ask, office: Path) -> None:
    words = ("task", "raise", "P1", "issue", "Q1", "漏水", "--days", "300", "--as", "R11")
    assert shidian(*words).code == 0

    listed = [line for line in shidian("task", "list").out.splitlines() if "Q1" in line]
    shown = [line for line in shidian("project", "show", "P1").out.splitlines() if "Q1" in line]
    (row,) = [r for r in shidian("task", "list", "--json").data if r["ref"] == "Q1"]

    assert all("暂定" in line for line in [*listed, *shown])
    assert row["provisional"] is True
    assert "暂定的时限：1" in shidian("project", "list").out
    assert "暂定" in shidian("deadline", "explain", "P1", "issue/Q1").out
