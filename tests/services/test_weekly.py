"""The week: what moved, which lamps changed, and that a quiet week is a report."""

from datetime import date, timedelta

from bootstrap import Desk
from engine.core.commands import Paper, Submit, Target
from engine.core.lamps import Light
from engine.core.rows import TaskRow, Visit
from engine.services.weekly import Week
from tests.houses import a_running_project, do, go_to, state_of

TOP = "O01"


def week(desk: Desk, day: str, today: str, org: str = TOP) -> Week:
    """Return the week of a day."""
    return desk.weekly.week(date.fromisoformat(day), date.fromisoformat(today), org)


def test_a_week_begins_on_monday_and_is_seen_on_its_last_day(desk: Desk) -> None:
    found = week(desk, "2017-09-06", "2017-10-01")

    assert (found.monday, found.on) == (date(2017, 9, 4), date(2017, 9, 10))
    assert found.before == date(2017, 9, 3)


def test_a_week_that_goes_on_is_seen_today(desk: Desk) -> None:
    assert week(desk, "2017-09-06", "2017-09-06").on == date(2017, 9, 6)


def test_nothing_is_a_report_too(sqlite_desk: Desk) -> None:
    assert week(sqlite_desk, "2017-09-06", "2017-10-01").is_quiet


def test_a_new_project_and_what_was_done_are_counted(sqlite_desk: Desk) -> None:
    desk = sqlite_desk
    a_running_project(desk)
    do(desk, "P01", "R11", Submit(Target("work_plan"), None, Paper("甲")))

    found = week(desk, "2017-08-31", "2017-09-10")

    assert [(one.row.project.code, one.before) for one in found.changed] == [("P01", None)]
    assert found.entries == {"project.opened": 1, "task.submitted": 1}
    assert not found.is_quiet


def test_a_move_is_told_in_its_week_only(sqlite_desk: Desk) -> None:
    desk = sqlite_desk
    a_running_project(desk, "approval")
    state = state_of(desk, "P01")
    entered = next(v.entered_on for v in state.rows(Visit) if v.stage == "approval")

    assert entered is not None
    found = desk.weekly.week(entered, date(2018, 12, 31), TOP)

    assert [(one.source, one.to, one.on) for one in found.moved] == [("plan", "approval", entered)]
    assert week(desk, "2018-12-03", "2018-12-31").moved == ()


def test_a_lamp_that_turned_is_told_with_what_it_was(sqlite_desk: Desk) -> None:
    desk = sqlite_desk
    a_running_project(desk)
    go_to(desk, "2017-12-01")
    due = min(row.due for row in state_of(desk, "P01").rows(TaskRow) if row.due)
    days = (str(due + timedelta(weeks=n)) for n in range(30))
    weeks = (week(desk, day, "2018-12-01") for day in days)
    found = next(
        one for one in weeks if any(c.row.lamp.light is Light.OVERDUE for c in one.changed)
    )

    one = next(one for one in found.changed if one.row.lamp.light is Light.OVERDUE)
    assert one.before is not None
    assert one.before.light is not Light.OVERDUE
    assert found.counts[Light.OVERDUE] == 1
    assert [row.project.code for row in found.needs] == ["P01"]


def test_a_county_is_told_of_its_own_projects_only(sqlite_desk: Desk) -> None:
    a_running_project(sqlite_desk)

    assert week(sqlite_desk, "2017-08-31", "2017-09-10", "O04").rows == ()
    assert len(week(sqlite_desk, "2017-08-31", "2017-09-10", "O03").rows) == 1
