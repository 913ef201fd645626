"""What the terminal says when it is asked wrongly: one sentence, exit code 2, nothing done."""

from pathlib import Path

import pytest

from tests.cli.conftest import Ask

RAISE = ["task", "raise", "P1", "issue", "I1", "x"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["projct", "list"], "project"),
        (["project", "lst"], "list"),
        (["project", "list", "--lmap", "x"], "--lamp"),
        (["project", "list", "--on", "2017-13-01"], "2017-13-01"),
        (["project", "list", "--at", "soon"], "soon"),
        (["project", "list", "--lamp", "purple"], "overdue"),
        (["project", "show"], "CODE"),
        (["project", "show", "P1", "x"], "x"),
        (["project", "show", "--on"], "--on"),
        (["project", "act", "submit", "P1"], "--as"),
        (["project", "act", "submit", "--as", "R11"], "--wave"),
        (["project", "act", "submit", "--wave", "W9", "--as", "R11"], "W1"),
        (["project", "act", "submit", "P1", "--as", "R111"], "R11"),
        (["project", "act", "submit", "P1,P2", "--as", "R11", "--expect-version", "1"], "version"),
        (["project", "bind", "P1", "agency", "--as", "R11"], "--end"),
        (["project", "date", "P1", "plan_finish", "--as", "R11"], "--words"),
        (["project", "show", "P3"], "P1"),
        (["task", "submit", ",", "x", "--as", "R11"], ","),
        (["task", "list", "--post", "R99"], "R99"),
        (["task", "record", "P1", "call", "--data", "x", "--as", "R11"], "x"),
        (["task", "count", "P1", "seed_workers", "agency", "two", "--as", "R11"], "two"),
        (["task", "score", "P1", "review", "--as", "R51"], "--recuse"),
        (["task", "submit", "P1", "x", "--file", "/nowhere", "--as", "R11"], "/nowhere"),
        ([*RAISE, "--days", "1", "--due", "2018-02-01", "--as", "R11"], "--due"),
        (["extension", "decide", "P1", "plan", "maybe", "--as", "R01"], "grant, refuse"),
        (["extension", "decide", "P1", "plan", "grant", "--as", "R01"], "--days"),
        (["notice", "show", "P1", "1"], "0"),
        (["programme", "chart", "-o", "wall.pdf"], ".svg"),
        (["calendar", "show", "2018-02-30"], "2018-02-30"),
        (["workflow", "show", "pilot_projct"], "pilot_project@1"),
        (["audit", "verify", "--checkpoint", "/nowhere"], "/nowhere"),
        (["project", "list", "--db", "mysql://x/y"], "mysql://x/y"),
        (["project", "list", "--db", "/nowhere/x.db"], "shidian db upgrade"),
    ],
)  # fmt: skip
def test_wrong_usage_says_what_would_be_right(
    shidian: Ask, office: Path, words: list[str], said: str
) -> None:
    answer = shidian(*words)

    assert answer.code == 2, answer
    assert said in answer.err
    assert answer.out == ""
    assert "Traceback" not in answer.err


def test_a_missing_database_is_not_made_by_asking(shidian: Ask, tmp_path: Path) -> None:
    path = tmp_path / "none.db"

    answer = shidian("project", "list", "--db", path)

    assert answer.code == 2
    assert not path.exists()


def test_a_file_that_is_no_database_is_told_in_one_line(shidian: Ask, tmp_path: Path) -> None:
    path = tmp_path / "not.db"
    path.write_text("this is no database, and long enough to be read as a header of one\n" * 40)

    answer = shidian("project", "list", "--db", path)

    assert answer.code == 2
    assert answer.err.count("\n") == 1


def test_an_empty_database_says_how_to_fill_it(shidian: Ask, tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()

    answer = shidian("project", "list", "--db", path)

    assert answer.code == 2
    assert "shidian db upgrade" in answer.err


def test_a_malformed_file_is_refused_with_every_place(shidian: Ask, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("workflow: x\nversoin: 1\n", encoding="utf-8")

    answer = shidian("workflow", "check", path)

    assert answer.code == 2
    assert f"{path}:2:1" in answer.err
    assert 'did you mean "version"' in answer.err


def test_a_fault_of_the_program_shows_its_trace_only_when_asked(
    shidian: Ask, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("engine.services.queries.Queries.rows", broken)

    quiet, loud = shidian("project", "list"), shidian("project", "list", "--debug")

    assert quiet.code == loud.code == 70
    assert "--debug" in quiet.err
    assert "Traceback" not in quiet.err
    assert "Traceback" in loud.err


def test_interrupting_ends_with_the_code_of_the_shell(
    shidian: Ask, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("engine.services.queries.Queries.rows", interrupted)

    assert shidian("project", "list").code == 130
