"""The rules of time of a workflow file, through the services and on every database."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bootstrap import Desk
from engine.core.commands import (
    Act,
    AskExtension,
    CheckExtension,
    ChooseInterval,
    DecideExtension,
    Paper,
    Submit,
    Target,
)
from engine.core.errors import RefusalError
from engine.core.gaps import gaps
from engine.core.lamps import Light
from engine.core.rows import ChosenInterval, Grant, TaskRow
from engine.core.state import State
from engine.storage.database import Database
from tests.core.ways import PLAN_PAPERS
from tests.houses import a_house, an_opening, do, go_to, moment, state_of
from workflows.reader import shipped

SWAPS = (
    ("workflow: pilot_project", "workflow: paced_project"),
    ('opens_at: "09:00"', 'opens_at: "09:00"\ncloses_at: "17:30"'),
    ('    clauses: [R70, R71]\n    due: {from: "date:plan_finish"}',
     '    clauses: [R70, R71]\n    due: {from: "date:plan_finish", until: close}'),
    ("deciders: [city_lead]}", "checkers: [city_finance], deciders: [city_lead]}"),
    ('    opens: "stage:implementation"\n'
     "    cadence: {every: month, starts: cadence_from, first: half}",
     "    cadence: {every: unset, suspended: skipped}"),
)  # fmt: skip
"""What the file says otherwise than the shipped one."""


@pytest.fixture
def desk(blank_database: Database, tmp_path: Path) -> Iterator[Desk]:
    """A house in which one project of the changed workflow is open; its plan is due on 09-30."""
    text = shipped()["pilot_project"].read_text(encoding="utf-8")
    for old, new in SWAPS:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = tmp_path / "paced_project.yaml"
    path.write_text(text, encoding="utf-8")
    desk = a_house(blank_database, workflows=(path,))
    do(desk, "P01", "R01", an_opening(workflow="paced_project"))
    yield desk
    desk.close()


def row(state: State, key: str) -> TaskRow:
    """Return the newest row of a task."""
    return [row for row in state.rows(TaskRow) if row.key == key][-1]


def test_a_plan_handed_in_after_close_is_late_and_replays(desk: Desk) -> None:
    go_to(desk, "2017-09-30 18:00")
    assert desk.queries.board()[0].lamp.light is Light.OVERDUE
    with pytest.raises(RefusalError, match="asked_after_due"):
        do(desk, "P01", "R11", AskExtension(Target("plan"), 5, "会签未齐"))
    for key in PLAN_PAPERS:
        do(desk, "P01", "R11", Submit(Target(key), None, Paper("文1")))
    do(desk, "P01", "R11", Act("submit"))

    found = desk.queries.project("P01")
    plan = row(found.state, "plan")
    assert (plan.due, plan.done_on, plan.counts_on) == (
        date(2017, 9, 30), date(2017, 9, 30), date(2017, 10, 9),
    )  # fmt: skip
    assert found.late(plan) == 1
    assert desk.audit.asof("P01").state.tables["task"] == state_of(desk, "P01").tables["task"]
    assert desk.proof.verify().verdict == "sound"


def test_what_is_owed_by_close_is_late_from_then_on(desk: Desk) -> None:
    go_to(desk, "2017-09-30 17:29")
    assert desk.queries.board()[0].lamp.light is Light.DUE_SOON
    go_to(desk, "2017-09-30 17:30")

    late = {owed.task.key: owed.late for owed in desk.queries.owed("R11")}
    assert late["plan"] == 1
    assert desk.audit.asof("P01", date(2017, 9, 30)).lamp.light is Light.OVERDUE


def test_an_interval_is_a_gap_until_it_is_chosen_and_then_the_clock_opens_it(desk: Desk) -> None:
    go_to(desk, "2017-09-15")
    desk.sweep.run()
    found = desk.queries.project("P01")
    assert [gap.task for gap in gaps(found.state, found.workflow)] == ["supervision"]

    do(desk, "P01", "R11", ChooseInterval("supervision", "days", 10, "定期"))
    go_to(desk, "2017-10-10")
    desk.sweep.run()

    state = state_of(desk, "P01")
    periods = [held.period for held in state.rows(TaskRow) if held.key == "supervision"][1:]
    assert periods == [
        "2017-09-15..2017-09-24", "2017-09-25..2017-10-04", "2017-10-05..2017-10-14",
    ]  # fmt: skip
    (held,) = state.rows(ChosenInterval)
    assert (held.every, held.days, held.words, held.on) == ("days", 10, "定期", date(2017, 9, 15))
    assert gaps(state, found.workflow) == ()
    assert desk.proof.verify(json.loads(json.dumps(desk.proof.checkpoint()))).verdict == "sound"


def test_a_period_that_a_suspension_touches_lapses_with_the_resumption(desk: Desk) -> None:
    go_to(desk, "2017-09-15")
    do(desk, "P01", "R11", ChooseInterval("supervision", "days", 10))
    desk.sweep.run()
    do(desk, "P01", "R11", Act("suspend", "other"))
    go_to(desk, "2017-09-26")
    do(desk, "P01", "R11", Act("resume", note="继续"))
    go_to(desk, "2017-10-06")
    desk.sweep.run()

    held = [held for held in state_of(desk, "P01").rows(TaskRow) if held.key == "supervision"]
    assert [(one.period, one.status) for one in held[1:]] == [
        ("2017-09-15..2017-09-24", "lapsed"), ("2017-10-05..2017-10-14", "open"),
    ]  # fmt: skip


def test_an_extension_is_asked_checked_and_granted_to_a_day(desk: Desk) -> None:
    go_to(desk, "2017-09-20")
    until = date(2017, 10, 20)
    do(desk, "P01", "R11", AskExtension(Target("plan"), 0, "会签未齐", until))
    with pytest.raises(RefusalError, match="extension_unchecked"):
        do(desk, "P01", "R01", DecideExtension(Target("plan"), granted=True, until=until))
    do(desk, "P01", "R02", CheckExtension(Target("plan"), why="属实"))
    do(desk, "P01", "R01", DecideExtension(Target("plan"), granted=True, until=until))

    state = state_of(desk, "P01")
    (held,) = state.rows(Grant)
    assert (held.wanted_on, held.checked_by, held.check_note) == (until, "R02", "属实")
    assert (row(state, "plan").original_due, row(state, "plan").due) == (date(2017, 9, 30), until)
    go_to(desk, moment("2017-10-17 12:00"))
    assert desk.sweep.run().rungs["reminder"] > 0
