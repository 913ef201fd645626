"""A request with a key acts once, however often it arrives."""

import pytest

from bootstrap import Desk
from engine.core.commands import Act, Paper, Submit, Target
from engine.core.errors import RefusalError
from engine.services.lifecycle import Ask
from tests.houses import a_running_project, actor, again, an_opening, do
from tests.storage.tampering import dump, query


def submit(slot: str = "roadmap", doc_no: str = "甲") -> Submit:
    """Return the request to hand in a paper."""
    return Submit(Target(slot), None, Paper(doc_no))


def test_the_same_request_is_answered_five_times_and_done_once(desk: Desk) -> None:
    a_running_project(desk)

    receipts = [do(desk, "P01", "R11", submit(), key="k") for _ in range(5)]

    assert len(set(receipts)) == 1
    assert len(desk.audit.history("P01")) == 2


def test_the_answer_outlives_the_process(desk: Desk) -> None:
    a_running_project(desk)
    first = do(desk, "P01", "R11", submit(), key="k")
    other = again(desk)

    second = do(other, "P01", "R11", submit(), key="k")

    assert second == first
    other.close()


def test_the_answer_is_given_although_the_project_has_moved_on(desk: Desk) -> None:
    a_running_project(desk)
    first = do(desk, "P01", "R11", submit(), key="k", expected_version=1)
    do(desk, "P01", "R11", submit("timetable"))

    second = do(desk, "P01", "R11", submit(), key="k", expected_version=1)

    assert second == first


def test_another_request_under_the_same_key_is_refused(desk: Desk) -> None:
    a_running_project(desk)
    a_running_project(desk, code="P02")
    do(desk, "P01", "R11", submit(), key="k")
    before = dump(desk.house.database)

    others = [("P01", submit("timetable")), ("P01", submit(doc_no="乙")), ("P02", submit())]
    for code, command in others:
        with pytest.raises(RefusalError, match="key_reused"):
            do(desk, code, "R11", command, key="k")
    with pytest.raises(RefusalError, match="key_reused"):
        do(desk, "P01", "R11", submit(), on="2017-08-30", key="k")

    assert dump(desk.house.database) == before


def test_a_key_belongs_to_its_person(desk: Desk) -> None:
    a_running_project(desk, "approval")
    do(desk, "P01", "R01", Act("return_plan", "duty_unclear"), key="k")

    receipt = do(desk, "P01", "R11", submit(), key="k")

    assert receipt.deed == "roadmap"


def test_a_request_without_a_key_is_done_each_time(desk: Desk) -> None:
    a_running_project(desk, "implementation")
    for _ in range(2):
        do(desk, "P01", "R31@A01", submit("five_site"))

    assert query(desk.house.database, "SELECT count(*) FROM idempotency") == [(0,)]


def test_a_refused_request_can_be_asked_again(desk: Desk) -> None:
    a_running_project(desk)
    with pytest.raises(RefusalError):
        do(desk, "P01", "R11", Act("submit"), key="k")
    for task in ("needs_survey", "work_plan", "timetable", "roadmap", "responsibility_list"):
        do(desk, "P01", "R11", submit(task))

    receipt = do(desk, "P01", "R11", Act("submit"), key="k")

    assert receipt.stage == "approval"


def test_an_opening_with_a_key_is_done_once(desk: Desk) -> None:
    receipts = [do(desk, "P01", "R01", an_opening(), key="k") for _ in range(2)]

    assert receipts[0] == receipts[1]
    assert len(desk.audit.history("P01")) == 1


def test_a_key_of_a_rehearsal_is_not_used_up(desk: Desk) -> None:
    a_running_project(desk)
    ask = Ask(submit(), actor(desk, "R11"), key="k")
    desk.lifecycle.act("P01", ask, dry_run=True)

    receipt = desk.lifecycle.act("P01", ask)

    assert receipt.seq == 2
    assert not receipt.is_dry_run
