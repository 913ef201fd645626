"""A workflow of another trade, zone and language goes through every service unchanged."""

import json
from datetime import UTC, date, datetime

import pytest

from bootstrap import Desk
from engine.core.commands import (
    Act,
    AskExtension,
    Conclude,
    Correct,
    DecideExtension,
    Paper,
    ProposeWaiver,
    Raise,
    Record,
    Reopen,
    Score,
    Submit,
    Target,
    Void,
)
from engine.core.errors import RefusalError
from engine.core.lamps import Light
from engine.core.rows import TaskRow
from engine.services.audit import is_late_entry
from engine.services.lifecycle import Ask
from engine.storage.ledger import Search
from tests.houses import a_running_project, a_trial, actor, do, go_to, moment, state_of
from tests.services.lifting import advance
from tests.storage.tampering import dump

BERLIN = "Europe/Berlin"
NEED = Submit(Target("request"), "need", Paper("H-17"))


def test_a_trial_goes_through_every_service(desk: Desk) -> None:
    a_running_project(desk, opening=a_trial())
    receipt = do(desk, "T1", "HW1", NEED, key="k")
    assert do(desk, "T1", "HW1", NEED, key="k") == receipt

    advance(desk, "T1", "begin")
    assert state_of(desk, "T1").project.stage == "trial"
    do(desk, "T1", "H4", Act("hold", "risk_found"))
    assert desk.queries.board()[0].lamp.light is Light.PAUSED
    go_to(desk, "2017-10-04")
    do(desk, "T1", "H1", Act("release"))
    do(desk, "T1", "HW2", Raise("incident", "I1", "跌落", days=1))
    swept = _sweep_until(desk, "2017-10-12")
    assert swept == {"page": 1, "stop_use": 1}, "each is told by the highest rung that is theirs"
    do(desk, "T1", "H1", Record(Target("incident", ref="I1"), {"harm": "minor"}))
    do(desk, "T1", "H4", Reopen(Target("incident", ref="I1"), "再次发生"))
    do(desk, "T1", "H1", Record(Target("incident", ref="I1"), {"harm": "none"}))
    do(desk, "T1", "HW1", AskExtension(Target("trial"), 30, "假期"))
    do(desk, "T1", "H1", DecideExtension(Target("trial"), granted=True, days=14))
    advance(desk, "T1", "assess")
    for judge in range(2, 7):
        do(desk, "T1", f"HW{judge}", Score(Target("assessment"), "60"))
    do(desk, "T1", "H1", Conclude(Target("assessment")))
    do(desk, "T1", "H5", Act("try_again", note="再试一次"))
    advance(desk, "T1", "assess")
    advance(desk, "T1", "adopt")

    project = state_of(desk, "T1").project
    assert (project.stage, project.closed_on is not None) == ("adopted", True)
    assert desk.queries.board()[0].lamp.light is Light.CLOSED
    assert desk.sweep.run().failed == []
    assert desk.proof.verify(json.loads(json.dumps(desk.proof.checkpoint()))).verdict == "sound"


def _sweep_until(desk: Desk, until: str) -> dict[str, int]:
    """Sweep once at a later day and return the rungs that came."""
    go_to(desk, moment(f"{until} 12:00", BERLIN))
    rungs = desk.sweep.run().rungs
    return {key: count for key, count in rungs.items() if key in ("page", "stop_use")}


def test_the_office_of_a_trial_opens_by_its_own_clock(desk: Desk) -> None:
    a_running_project(desk, opening=a_trial())

    due = next(row for row in state_of(desk, "T1").rows(TaskRow) if row.key == "request")

    assert due.due == date(2017, 9, 14)
    assert due.next_at == datetime(2017, 9, 7, 5, 30, tzinfo=UTC)


def test_the_day_of_an_entry_is_that_of_berlin(desk: Desk) -> None:
    a_running_project(desk, opening=a_trial())
    go_to(desk, moment("2017-09-04 23:30", BERLIN))
    do(desk, "T1", "HW1", NEED)

    entry = desk.audit.history("T1")[-1]

    assert entry.effective_on == date(2017, 9, 4)
    assert not is_late_entry(entry, BERLIN)
    assert is_late_entry(entry, "Asia/Shanghai")


def test_what_the_trial_does_not_know_is_refused(desk: Desk) -> None:
    a_running_project(desk, opening=a_trial())

    with pytest.raises(RefusalError, match="no_waivers"):
        do(desk, "T1", "H1", ProposeWaiver(Target("request"), "不需要"))
    with pytest.raises(RefusalError, match="wrong_stage"):
        do(desk, "T1", "H1", Act("hold", "risk_found"))


def test_a_slip_in_a_trial_is_put_right(desk: Desk) -> None:
    a_running_project(desk, opening=a_trial())
    first = do(desk, "T1", "HW1", NEED)
    do(desk, "T1", "H1", Correct(first.seq, {"doc_no": "H-18"}, "写错"))
    do(desk, "T1", "H1", Void(first.seq, "误交"))

    parts = state_of(desk, "T1").tables["part"].values()

    assert [(getattr(p, "doc_no", None), getattr(p, "void", None)) for p in parts] == [
        ("H-18", True)
    ]
    assert desk.proof.verify().verdict == "sound"


def test_both_workflows_live_in_one_house(desk: Desk) -> None:
    a_running_project(desk, "approval")
    a_running_project(desk, "trial", opening=a_trial())
    before = dump(desk.house.database)

    results = desk.lifecycle.act_on_all(
        ("P01", "T1"), Ask(Act("approve"), actor(desk, "R11")), dry_run=True
    )

    assert [type(result.error) for result in results] == [RefusalError, RefusalError]
    assert dump(desk.house.database) == before
    assert [row.workflow.key for row in desk.queries.board()] == [
        "pilot_project",
        "equipment_trial",
    ]
    assert desk.audit.log(Search(stream="project:T1")).total == len(desk.audit.history("T1"))
    assert {owed.workflow.key for owed in desk.queries.owed()} == {
        "pilot_project", "equipment_trial",
    }  # fmt: skip
    assert desk.queries.owed("HW1") != []
    asof = desk.audit.asof("T1", date(2017, 9, 1))
    assert asof.view.stage == "apply"
