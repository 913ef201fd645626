"""Calendars under open deadlines: whose days count, what would move, and confirming it."""

from datetime import date

import pytest

from bootstrap import SYSTEM, Desk, arrangement
from engine.core.commands import ConfirmCalendar, Raise
from engine.core.errors import RefusalError, UnknownObjectError
from engine.core.opening import label
from engine.core.rows import TaskRow
from engine.services import registers
from engine.services.calendars import Pending
from engine.storage.ledger import Search
from tests.houses import a_running_project, a_trial, do, go_to, state_of

OFF = """\
id: {org}-{year}.1
region: {org}
years: [{year}]
document: null
published_on: {on}
off: {{停电检修: [{days}]}}
"""


def publish(desk: Desk, org: str, on: str, *days: str) -> None:
    """Put days on record on which an org is closed; commits."""
    text = OFF.format(org=org, year=on[:4], on=on, days=", ".join(days))
    with desk.house.database.write() as cursor:
        registers.publish_calendar(desk.house, cursor, arrangement(text, "own")[1], SYSTEM)


def an_issue(desk: Desk, days: int = 5) -> str:
    """Return a project in which an issue was raised today, so many working days given."""
    code = a_running_project(desk, "implementation")
    do(desk, code, "R11", Raise("issue", "Q-1", "about it", days=days))
    return code


def issue(desk: Desk, code: str) -> TaskRow:
    """Return the row of the issue."""
    return next(row for row in state_of(desk, code).rows(TaskRow) if row.ref == "Q-1")


def after(day: date | None, days: int) -> str:
    """Return the day so many calendar days after another, in ISO form."""
    assert day is not None
    return date.fromordinal(day.toordinal() + days).isoformat()


def closed_before(desk: Desk, code: str, org: str) -> TaskRow:
    """Close an org on the day on which the issue falls due; return the issue as it stands."""
    row = issue(desk, code)
    with desk.house.database.read() as cursor:
        today = desk.house.now(cursor).date().isoformat()
    publish(desk, org, today, after(row.due, 0))
    return row


def of_issue(found: tuple[Pending, ...]) -> list[Pending]:
    """Return the moves of the issue."""
    return [each for each in found if each.move.row.ref == "Q-1"]


def test_own_days_of_the_sponsor_move_nothing_until_they_are_confirmed(desk: Desk) -> None:
    code = an_issue(desk)

    before = closed_before(desk, code, "O01")

    (found,) = of_issue(desk.calendars.moves(code))
    assert issue(desk, code) == before
    assert (found.project.code, found.move.was) == (code, before.due)
    assert found.move.now > found.move.was


def test_confirming_moves_and_tells_the_owner_once(desk: Desk) -> None:
    code = an_issue(desk)
    before = closed_before(desk, code, "O01")

    do(desk, code, "R11", ConfirmCalendar())

    row = issue(desk, code)
    told = [n for n in desk.queries.notices(stream=f"project:{code}") if n["template"] == "moved"]
    assert row.due is not None
    assert before.due is not None
    assert row.due > before.due
    assert (row.calendar or "").startswith("O01-")
    assert {n["cause"] for n in told if n["task"] == row.n} == {f"moved:{row.n}:{row.calendar}"}
    assert desk.calendars.moves(code) == ()
    with pytest.raises(RefusalError) as refused:
        do(desk, code, "R11", ConfirmCalendar())
    assert [reason.code for reason in refused.value.reasons] == ["nothing_to_confirm"]
    assert desk.proof.verify().verdict == "sound"


def test_own_days_of_an_org_that_is_not_above_the_sponsor_count_for_nobody(desk: Desk) -> None:
    code = an_issue(desk)

    closed_before(desk, code, "O03")

    assert desk.calendars.moves(code) == ()
    assert (desk.calendars.counting_with("O03"), desk.calendars.counting_with("O01")) == (0, 1)


def test_a_project_counts_with_the_offices_above_its_first_party(desk: Desk) -> None:
    do(desk, "T1", "H1", a_trial())
    go_to(desk, "2017-09-11")

    publish(desk, "H", "2017-09-11", "2017-09-15")

    assert desk.calendars.counting_with("H") == 1
    with desk.house.database.read() as cursor:
        state = desk.house.store(cursor).find("project:T1")
        assert state is not None
        workflow = desk.house.workflow(cursor, state.project.digest)
        assert desk.house.offices(cursor, workflow, {"ward": "HW", "supplier": "HS"})[:2] == (
            "HW", "H",
        )  # fmt: skip


def test_the_sweep_moves_no_stored_day(desk: Desk) -> None:
    code = an_issue(desk)
    before = closed_before(desk, code, "O01")

    desk.sweep.run()

    assert issue(desk, code).due == before.due


def test_an_arrangement_not_on_record_yet_is_previewed(desk: Desk) -> None:
    code = an_issue(desk)
    row = issue(desk, code)
    with desk.house.database.read() as cursor:
        today = desk.house.now(cursor).date().isoformat()
    text = OFF.format(org="O01", year=today[:4], on=today, days=after(row.due, 0))

    found = of_issue(desk.calendars.moves(more=arrangement(text, "own")[0]))

    assert [label(each.move.row) for each in found] == ["issue/Q-1"]
    assert desk.calendars.moves(code) == ()


def test_moves_of_an_unknown_project_are_refused(desk: Desk) -> None:
    with pytest.raises(UnknownObjectError):
        desk.calendars.moves("P99")


def test_a_stored_day_is_explained_with_the_calendar_it_was_counted_with(desk: Desk) -> None:
    code = an_issue(desk)
    before = closed_before(desk, code, "O01")

    found = desk.deadlines.explain(code, "issue/Q-1")

    assert (found.found.due, found.calendar.version) == (before.due, before.calendar)
    assert found.now is not None
    assert found.now.due != before.due
    assert not found.is_current
    assert found.office == "O01"


def test_what_was_recorded_after_its_publication_was_not_counted_with(desk: Desk) -> None:
    code = an_issue(desk)
    row = issue(desk, code)
    publish(desk, "O01", "2017-09-05", after(row.due, 0)[:4] + "-12-29")

    found = desk.deadlines.explain(code, "issue/Q-1")

    assert found.calendar.version == row.calendar


def test_an_outlook_asks_for_next_year_from_november_on(desk: Desk) -> None:
    go_to(desk, "2017-10-31")
    october = desk.calendars.outlook()
    go_to(desk, "2017-11-01")
    november = desk.calendars.outlook()
    go_to(desk, "2017-11-30")

    assert (october.missing, november.missing) == ((), (2018,))
    assert desk.calendars.outlook().missing == ()


def test_an_outlook_counts_what_is_provisional_and_what_waits(desk: Desk) -> None:
    code = an_issue(desk)
    closed_before(desk, code, "O01")

    found = desk.calendars.outlook()

    assert found.unconfirmed >= 1
    assert desk.audit.log(Search(kind="calendar.confirmed")).total == 0
