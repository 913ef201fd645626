"""The reads: each answers a person and, with --json, a program; nothing is changed by asking."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from cli.output import WIDTH
from tests.cli.conftest import Answer, Ask

READS = [
    ["programme", "show"],
    ["programme", "coverage"],
    ["programme", "posts"],
    ["project", "list"],
    ["project", "show", "P1"],
    ["project", "options", "P1", "--as", "R11"],
    ["project", "history", "P1"],
    ["task", "list"],
    ["notice", "list"],
    ["notice", "preview"],
    ["notice", "why", "--project", "P1", "--task", "plan"],
    ["deadline", "explain", "P1", "plan"],
    ["calendar", "show", "2018"],
    ["calendar", "show", "2018-02-24"],
    ["calendar", "show", "--known-on", "2017-11-29", "--org", "O2"],
    ["calendar", "moves"],
    ["workflow", "list"],
    ["workflow", "show", "pilot_project"],
    ["audit", "log"],
    ["audit", "asof", "P1"],
    ["audit", "verify"],
    ["sweep", "--dry-run"],
    ["doctor"],
]


@pytest.mark.parametrize("words", READS, ids=" ".join)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_read_fits_a_hundred_columns(
    shidian: Ask, office: Path, words: list[str], lang: str
) -> None:
    answer = shidian(*words, "--lang", lang)

    assert answer.code == 0, answer.err
    assert answer.out.strip()
    assert answer.err == ""
    for line in answer.out.splitlines():
        assert cell_len(line) <= WIDTH, line


@pytest.mark.parametrize("words", READS, ids=" ".join)
def test_every_read_answers_the_same_as_json_in_both_languages(
    shidian: Ask, office: Path, words: list[str]
) -> None:
    zh, en = (shidian(*words, "--json", "--lang", lang).data for lang in ("zh", "en"))

    assert _shape(zh) == _shape(en)


def _shape(value: object) -> object:
    """Return the keys of a JSON value, all the way down."""
    if isinstance(value, dict):
        return {key: _shape(each) for key, each in value.items()}
    return [_shape(each) for each in value] if isinstance(value, list) else None


def keys(answer: Answer) -> list[str]:
    """Return the keys of an object, or of the first object of a list."""
    data = answer.data
    return sorted(data[0] if isinstance(data, list) else data)


def test_board_as_json_keeps_its_keys(shidian: Ask, office: Path) -> None:
    answer = shidian("project", "list", "--json")

    assert [row["code"] for row in answer.data] == ["P1", "P2"]
    assert keys(answer) == [
        "code", "colour", "due", "holder", "late", "left", "light", "name", "provisional",
        "region", "rung", "stage", "standing", "task", "title", "waited", "wave",
    ]  # fmt: skip
    assert answer.data[0]["due"] == "2018-01-31"


def test_project_as_json_keeps_its_keys(shidian: Ask, office: Path) -> None:
    answer = shidian("project", "show", "P1", "--json")

    assert keys(answer) == [
        "closed_on", "code", "dates", "extensions", "gaps", "intervals", "lamp", "name", "on",
        "opened_on", "parties", "pauses", "region", "stage", "standing", "tasks", "version",
        "visits", "wave", "workflow",
    ]  # fmt: skip
    assert sorted(answer.data["tasks"][0]) == [
        "calendar", "counts_on", "done_on", "due", "extensions_asked", "extensions_granted",
        "holder", "kind", "late", "n", "opened_on", "original_due", "outcome", "period",
        "provisional", "ref", "round", "status", "task", "title", "waiting", "words",
    ]  # fmt: skip


def test_options_as_json_tell_every_reason_with_its_holder_and_what_lifts_it(
    shidian: Ask, office: Path
) -> None:
    found = shidian("project", "options", "P1", "--as", "R11", "--json").data

    submit = found[0]
    assert sorted(submit) == ["action", "kind", "name", "possible", "reasons", "to"]
    assert (submit["action"], submit["possible"]) == ("submit", False)
    assert submit["reasons"][0]["code"] == "paper_missing"
    assert sorted(submit["reasons"][0]) == [
        "code", "facts", "holder", "how", "lift", "sentence", "undecided",
    ]  # fmt: skip


def test_options_name_the_command_that_lifts_a_reason(shidian: Ask, office: Path) -> None:
    answer = shidian("project", "options", "P1", "--as", "R11")

    assert "shidian task submit P1 needs_survey" in answer.out


def test_board_is_narrowed_by_wave_and_lamp(shidian: Ask, office: Path) -> None:
    assert len(shidian("project", "list", "--wave", "W1", "--json").data) == 2
    assert shidian("project", "list", "--wave", "W2", "--json").data == []
    assert shidian("project", "list", "--lamp", "overdue", "--json").data == []
    assert "没有" in shidian("project", "list", "--lamp", "overdue").out


def test_a_read_may_pretend_that_it_is_later(shidian: Ask, office: Path) -> None:
    now = shidian("project", "list", "--json").data[0]
    later = shidian("project", "list", "--at", "2018-02-05", "--json").data[0]

    assert (now["light"], later["light"]) == ("normal", "overdue")
    assert later["late"] == 3


def test_board_of_a_day_shows_the_lamps_of_that_day(shidian: Ask, office: Path) -> None:
    assert shidian("project", "list", "--on", "2018-02-05", "--json").data[0]["late"] == 3


def test_tasks_of_a_post_are_those_its_roles_must_do(shidian: Ask, office: Path) -> None:
    county = shidian("task", "list", "--post", "R11", "--json").data
    judge = shidian("task", "list", "--post", "R51", "--json").data

    assert {row["project"] for row in county} == {"P1", "P2"}
    assert judge == []
    assert shidian("task", "list", "--project", "P1", "--late", "--json").data == []


def test_coverage_says_why_a_target_cannot_be_judged(shidian: Ask, office: Path) -> None:
    answer = shidian("programme", "coverage")
    data = shidian("programme", "coverage", "--json").data

    assert "无法判断：总数未报" in answer.out
    assert [row["met"] for row in data] == [False, None]


def test_posts_are_listed_with_their_roles(shidian: Ask, office: Path) -> None:
    data = shidian("programme", "posts", "--org", "O2", "--json").data

    assert data == [{"code": "R11", "name": "协调员", "org": "O2", "roles": ["county"]}]


def test_chart_is_drawn_as_svg_and_as_page(shidian: Ask, office: Path, tmp_path: Path) -> None:
    for name, head in (("wall.svg", "<svg"), ("wall.html", "<!doctype html")):
        answer = shidian("programme", "chart", "-o", tmp_path / name, "--json")

        assert answer.data == {"file": str(tmp_path / name), "projects": 2}
        assert head in (tmp_path / name).read_text("utf-8").lower()


def test_history_names_the_deeds_and_marks_what_was_entered_late(
    shidian: Ask, office: Path
) -> None:
    shidian("sweep", "--at", "2018-01-12")
    words = ("task", "submit", "P1", "needs_survey", "--as", "R11", "--on", "2018-01-10")
    assert shidian(*words).code == 0

    answer = shidian("project", "history", "P1")

    assert "建立项目" in answer.out
    assert "提交材料：居民需求调查" in answer.out
    assert "2018-01-12 补录" in answer.out


def test_asof_sees_only_what_was_on_record(shidian: Ask, office: Path) -> None:
    shidian("sweep", "--at", "2018-01-12")
    shidian("task", "submit", "P1", "needs_survey", "--as", "R11", "--on", "2018-01-10")

    before = shidian("audit", "asof", "P1", "--on", "2018-01-11", "--known", "2018-01-11", "--json")
    after = shidian("audit", "asof", "P1", "--on", "2018-01-11", "--json")

    owed = [{row["task"] for row in each.data["owed"]} for each in (before, after)]
    assert owed[0] - owed[1] == {"needs_survey"}


def test_log_is_searched_and_paged(shidian: Ask, office: Path) -> None:
    every = shidian("audit", "log", "--json").data
    opened = shidian("audit", "log", "--kind", "project.opened", "--limit", "1", "--json").data

    assert every["total"] == len(every["entries"])
    assert (opened["total"], len(opened["entries"])) == (2, 1)
    assert len(opened["entries"][0]["chain"]) == 64
    assert "共 2 条" in shidian("audit", "log", "--kind", "project.opened", "--limit", "1").out


def test_export_gives_the_canonical_text_of_entries(
    shidian: Ask, office: Path, tmp_path: Path
) -> None:
    path = tmp_path / "P1.jsonl"

    printed = shidian("audit", "export", "--project", "P1").out
    told = shidian("audit", "export", "--project", "P1", "-o", path, "--json").data

    assert path.read_text("utf-8") == printed
    assert told == {"file": str(path), "entries": printed.count("\n")}


def test_calendar_counts_working_days_and_says_what_is_provisional(shidian: Ask) -> None:
    day = shidian("calendar", "show", "2018-02-14", "--after", "1", "--json").data
    year = shidian("calendar", "show", "2090", "--json").data

    assert day["after"] == {"working_days": 1, "date": "2018-02-22", "provisional": False}
    assert year["provisional"] is True
    assert sorted(year) == [
        "months",
        "off",
        "provisional",
        "version",
        "versions",
        "work",
        "working_days",
        "year",
    ]


def test_a_workflow_is_drawn_for_mermaid(shidian: Ask) -> None:
    answer = shidian("workflow", "show", "pilot_project", "--mermaid", "--lang", "en")

    assert answer.out.startswith("stateDiagram-v2\n")
    assert "    plan --> approval: Submit for approval\n" in answer.out
    assert "    approval --> plan: ↩ Return the plan\n" in answer.out


def test_notices_are_listed_shown_and_previewed(shidian: Ask, office: Path) -> None:
    planned = shidian("notice", "preview", "--at", "2018-01-26", "--json").data
    assert shidian("notice", "list", "--json").data == []
    shidian("sweep", "--at", "2018-01-26")

    listed = shidian("notice", "list", "--project", "P1", "--json").data
    shown = shidian("notice", "show", "P1", "1")
    page = shidian("notice", "show", "P1", "1", "--html")

    assert [row["subject"] for row in planned] == [
        row["subject"] for row in shidian("notice", "list", "--json").data
    ]
    assert listed[0]["rung"] == "reminder"
    assert listed[0]["subject"] in shown.out
    assert page.out.lower().startswith("<!doctype html")
    assert "提醒" in shidian("notice", "list").out
