"""A day counted across a year without its notice is called provisional wherever it is shown.

Source: DESIGN.md, promise 8; requirements of deadlines: 暂定 in refusals, entries, pages, feeds.
"""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bootstrap import Desk
from cli import deadline_page, telling_page
from cli.words import speech as terminal
from engine.core.commands import AskExtension, Raise, Target
from engine.core.errors import Reason, RefusalError
from engine.core.lamps import Lamp, Light
from engine.core.rows import TaskRow
from engine.services.agenda import Agenda, Due
from engine.services.deadlines import Deadlines
from templates.letters import Letters
from templates.words import words
from tests.houses import a_running_project, do, entered, go_to, moment, state_of
from tests.templates.pilot import pilot
from web.api.shapes import lamp_shown
from web.facing import due_of, original_of
from web.feed import events
from web.words import speech

ISSUE = Target("issue", None, "I1")
MARKS = [("zh", "（暂定）"), ("en", "(provisional)")]


@pytest.fixture
def near_new_year(sqlite_desk: Desk) -> Desk:
    """A house with an issue that falls due on 12 February 2027; no notice for 2027 is out."""
    desk = entered(sqlite_desk.house.database, renderer=Letters())
    go_to(desk, "2026-12-01")
    a_running_project(desk)
    go_to(desk, "2027-01-27")
    do(desk, "P01", "R11", Raise("issue", "I1", "示例问题", days=10))
    return desk


def the(day: str) -> date:
    """Return a day from its ISO form."""
    return date.fromisoformat(day)


def issue(desk: Desk) -> TaskRow:
    """Return the issue's row."""
    return [row for row in state_of(desk, "P01").rows(TaskRow) if row.ref == "I1"][-1]


def facts_of(desk: Desk, kind: str) -> dict[str, Any]:
    """Return the facts of the last entry of a kind."""
    found = [entry for entry in desk.audit.history("P01") if entry.kind == kind][-1]
    facts: dict[str, Any] = found.body["facts"]
    return facts


@pytest.mark.parametrize(("locale", "mark"), MARKS)
def test_a_refusal_marks_every_counted_day_that_it_names(
    near_new_year: Desk, locale: str, mark: str
) -> None:
    with pytest.raises(RefusalError) as refused:
        do(near_new_year, "P01", "R11", AskExtension(ISSUE, 0, "x", the("2027-02-01")))

    (reason,) = [one for one in refused.value.reasons if one.code == "extension_shortens"]
    said = words(locale).reason(reason, pilot())
    assert said.count(mark) == 2  # the day in force, and the first that would be right


@pytest.mark.parametrize(("locale", "mark"), MARKS)
@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("asked_after_due", {"due": "2027-02-12", "on": "2027-02-15"}),
        ("issue_open", {"task": "issue", "ref": "I1", "title": "示例", "due": "2027-02-12",
                        "late": 1}),
        ("too_early", {"task": "publicity", "days": 5, "until": "2027-02-12"}),
    ],
)  # fmt: skip
def test_a_reason_is_marked_exactly_when_its_day_is_provisional(
    code: str, facts: dict[str, Any], locale: str, mark: str
) -> None:
    say = words(locale)

    assert say.reason(Reason(code, {**facts, "provisional": True}), pilot()).count(mark) == 1
    assert mark not in say.reason(Reason(code, facts), pilot())


def test_entries_that_carry_a_counted_day_say_that_it_is_provisional(near_new_year: Desk) -> None:
    raised = facts_of(near_new_year, "task.raised")
    do(near_new_year, "P01", "R11", AskExtension(ISSUE, 5, "示例理由"))
    asked = facts_of(near_new_year, "extension.asked")

    assert (raised["due"], raised["provisional"]) == ("2027-02-12", True)
    assert (asked["due"], asked["provisional"]) == ("2027-02-12", True)


def test_entries_about_a_settled_day_carry_no_mark(near_new_year: Desk) -> None:
    go_to(near_new_year, "2027-01-28")
    do(near_new_year, "P01", "R11", Raise("issue", "I2", "示例问题", due=the("2027-03-01")))

    assert "provisional" not in facts_of(near_new_year, "task.raised")


@pytest.mark.parametrize(("locale", "mark"), MARKS)
def test_the_terminal_marks_the_due_day_its_steps_and_its_rungs(
    near_new_year: Desk, locale: str, mark: str
) -> None:
    found = Deadlines(near_new_year.house).explain("P01", "I1")
    data = deadline_page.data(found)

    assert data["provisional"] is True
    assert [step["provisional"] for step in data["steps"]] == [False, True]
    assert all(rung["provisional"] for rung in data["rungs"])
    assert deadline_page.day(terminal(locale), the("2027-02-12"), True).endswith(
        mark.strip("（）()") if locale == "zh" else mark
    )


def test_why_nothing_is_told_yet_marks_the_days_of_the_rungs(near_new_year: Desk) -> None:
    found = near_new_year.telling.task("P01", "issue/I1")

    assert found.steps
    assert all(step["provisional"] for step in telling_page.watch_data(found)["steps"])


def test_a_rung_that_crosses_new_year_is_provisional_though_its_due_day_is_not(
    sqlite_desk: Desk,
) -> None:
    desk = entered(sqlite_desk.house.database, renderer=Letters())
    go_to(desk, "2026-12-01")
    a_running_project(desk)
    do(desk, "P01", "R11", Raise("issue", "I1", "示例问题", due=the("2026-12-29")))

    steps = desk.telling.task("P01", "issue/I1").steps

    assert issue(desk).provisional is False
    assert [step.is_provisional for step in steps] == [
        step.day is not None and step.day.year == 2027 for step in steps
    ]
    assert {step.is_provisional for step in steps} == {False, True}


@pytest.mark.parametrize(("locale", "mark"), MARKS)
def test_pages_mark_the_present_day_and_the_first_one(
    near_new_year: Desk, locale: str, mark: str
) -> None:
    row, say = issue(near_new_year), speech(locale)

    assert mark in due_of(say, row)
    assert mark in original_of(say, row)


@pytest.mark.parametrize(("locale", "mark"), MARKS)
def test_the_calendar_feed_marks_the_event(near_new_year: Desk, locale: str, mark: str) -> None:
    state, row = state_of(near_new_year, "P01"), issue(near_new_year)
    assert row.due is not None
    rows = (row, replace(row, provisional=False))
    dues = tuple(Due(state.project, pilot(), one, row.due, 1, True) for one in rows)

    unsure, settled = events(speech(locale), "house", Agenda(moment("2027-01-27"), dues))

    assert unsure.summary.endswith(mark)
    assert mark not in settled.summary


@pytest.mark.parametrize(("locale", "mark"), MARKS)
def test_the_api_marks_lamps(locale: str, mark: str) -> None:
    lamp = Lamp(Light.DUE_SOON, "issue", "issue/I1", None, the("2027-02-12"), True, 0, 2, "agency")

    shown = lamp_shown(speech(locale), pilot(), lamp)

    assert shown.provisional
    assert mark in shown.sentence
