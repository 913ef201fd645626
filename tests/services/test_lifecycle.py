"""Asking something of a project: a receipt, a refusal that stays on record, or a dry run."""

from collections.abc import Callable

import pytest

from bootstrap import Desk
from engine.core.commands import Act, Paper, Record, Seal, Submit, Target
from engine.core.errors import (
    RefusalError,
    StaleVersionError,
    TrailError,
    UnknownObjectError,
    UsageError,
)
from engine.core.rows import Part, TaskRow
from engine.services.audit import Found
from engine.services.lifecycle import Ask
from engine.storage.ledger import Search
from tests.houses import a_running_project, actor, an_opening, do, go_to, state_of
from tests.storage.tampering import dump

ROADMAP = Submit(Target("roadmap"), None, Paper("安民（示例）〔2017〕1号"))


def test_a_receipt_names_the_record_and_where_the_project_stands(desk: Desk) -> None:
    a_running_project(desk)

    receipt = do(desk, "P01", "R11", ROADMAP)

    assert (receipt.stream, receipt.seq, receipt.version) == ("project:P01", 2, 2)
    assert (receipt.deed, receipt.stage, receipt.standing) == ("roadmap", "plan", "active")
    assert not receipt.is_dry_run


def test_an_act_is_one_entry_with_the_cells_it_changed(desk: Desk) -> None:
    a_running_project(desk)

    receipt = do(desk, "P01", "R11", ROADMAP, reason="首报", batch="B1")

    entry = desk.audit.history("P01")[receipt.seq - 1]
    assert (entry.kind, entry.outcome, entry.post) == ("task.submitted", "ok", "R11")
    assert entry.body["reason"] == "首报"
    assert entry.body["batch"] == "B1"
    assert {cell["t"] for cell in entry.body["cells"]} == {"part", "task"}


def test_an_action_moves_the_project(desk: Desk) -> None:
    a_running_project(desk, "approval")

    project = state_of(desk, "P01").project

    assert (project.stage, project.visit) == ("approval", 2)


def test_a_refusal_lists_every_reason_and_stays_on_record(desk: Desk) -> None:
    a_running_project(desk)

    with pytest.raises(RefusalError) as refused:
        do(desk, "P01", "R21@S02", Act("submit"))

    codes = [reason.code for reason in refused.value.reasons]
    assert codes == ["role_missing"] + ["paper_missing"] * 5
    entry = desk.audit.history("P01")[-1]
    assert (entry.kind, entry.outcome, entry.seq) == ("attempt.denied", "denied", 2)
    assert refused.value.seq == 2
    assert [reason["code"] for reason in entry.body["reasons"]] == codes
    assert entry.body["cells"] == []


def test_a_refusal_makes_no_open_form_stale(desk: Desk) -> None:
    a_running_project(desk)
    with pytest.raises(RefusalError):
        do(desk, "P01", "R11", Act("submit"))

    receipt = do(desk, "P01", "R11", ROADMAP, expected_version=1)

    assert (receipt.seq, receipt.version) == (3, 2)


def test_a_refused_day_does_not_stand_in_the_trail(desk: Desk) -> None:
    a_running_project(desk)

    with pytest.raises(RefusalError, match="in_the_future"):
        do(desk, "P01", "R11", ROADMAP, on="2099-01-01")

    assert desk.audit.history("P01")[-1].effective_on.isoformat() == "2017-08-31"


def test_a_refused_opening_is_on_record_in_the_register(desk: Desk) -> None:
    with pytest.raises(RefusalError) as refused:
        do(desk, "P01", "R51", an_opening())

    entry = desk.audit.log(Search(stream="register")).entries[-1]
    assert (entry.kind, entry.seq) == ("attempt.denied", refused.value.seq)
    assert entry.body["facts"] == {"asked": "open", "project": "P01"}
    with pytest.raises(UnknownObjectError):
        desk.audit.history("P01")


def test_a_project_is_opened_once(desk: Desk) -> None:
    a_running_project(desk)

    with pytest.raises(RefusalError, match="already_open"):
        do(desk, "P01", "R01", an_opening())


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    a_running_project(desk)
    before = dump(desk.house.database)
    ask = Ask(ROADMAP, actor(desk, "R11"), key="k1")

    receipt = desk.lifecycle.act("P01", ask, dry_run=True)

    assert receipt.is_dry_run
    assert (receipt.seq, receipt.version, receipt.stage) == (2, 2, "plan")
    assert dump(desk.house.database) == before


def test_a_dry_run_refuses_with_the_same_reasons_and_writes_nothing(desk: Desk) -> None:
    a_running_project(desk)
    before = dump(desk.house.database)
    ask = Ask(Act("submit"), actor(desk, "R11"))

    with pytest.raises(RefusalError) as rehearsed:
        desk.lifecycle.act("P01", ask, dry_run=True)

    assert dump(desk.house.database) == before
    assert rehearsed.value.seq is None
    with pytest.raises(RefusalError) as refused:
        desk.lifecycle.act("P01", ask)
    assert refused.value.reasons == rehearsed.value.reasons


def test_a_dry_opening_writes_nothing(desk: Desk) -> None:
    before = dump(desk.house.database)

    receipt = desk.lifecycle.act("P01", Ask(an_opening(), actor(desk, "R01")), dry_run=True)

    assert (receipt.seq, receipt.stage) == (1, "plan")
    assert dump(desk.house.database) == before


def test_a_dry_run_says_who_was_first(desk: Desk) -> None:
    a_running_project(desk)
    do(desk, "P01", "R11", ROADMAP)
    ask = Ask(Act("submit"), actor(desk, "R11"), expected_version=1)

    with pytest.raises(StaleVersionError) as stale:
        desk.lifecycle.act("P01", ask, dry_run=True)

    assert (stale.value.winner, stale.value.deed) == ("R11", "roadmap")


def test_a_stale_version_names_the_winner_and_the_deed(desk: Desk) -> None:
    a_running_project(desk, "approval")
    version = state_of(desk, "P01").version
    consent = Seal(Target("consent"), ("city_bureau",), "consent")
    do(desk, "P01", "R01", consent, expected_version=version)

    with pytest.raises(StaleVersionError) as stale:
        do(desk, "P01", "R11", Act("approve"), expected_version=version)

    assert (stale.value.winner, stale.value.deed) == ("R01", "consent")
    assert (stale.value.expected, stale.value.actual) == (version, version + 1)
    entry = desk.audit.history("P01")[-1]
    assert (entry.kind, entry.outcome) == ("attempt.denied", "denied")
    assert entry.body["reasons"][0]["code"] == "stale_version"


def test_the_sweep_makes_no_open_form_stale(desk: Desk) -> None:
    a_running_project(desk)
    go_to(desk, "2017-09-29")
    assert desk.sweep.run().notices == 1

    receipt = do(desk, "P01", "R11", ROADMAP, expected_version=1)

    assert (receipt.seq, receipt.version) == (3, 2)


def test_an_unknown_project_is_answered_with_near_names(desk: Desk) -> None:
    for code in ("P01", "P02"):
        a_running_project(desk, code=code)

    for ask in (lambda: do(desk, "P0", "R11", ROADMAP), lambda: desk.audit.history("P0")):
        with pytest.raises(UnknownObjectError) as unknown:
            ask()
        assert set(unknown.value.near) == {"P01", "P02"}
    with pytest.raises(UnknownObjectError):
        desk.lifecycle.options("P0", actor(desk, "R11"))


@pytest.mark.parametrize("code", ["P\x00", "P\ud800"], ids=["nul", "lone surrogate"])
def test_a_name_that_no_database_holds_is_no_crash(desk: Desk, code: str) -> None:
    questions: list[Callable[[], object]] = [
        lambda: do(desk, code, "R11", ROADMAP),
        lambda: desk.lifecycle.options(code, actor(desk, "R11")),
        lambda: desk.audit.history(code),
        lambda: desk.audit.asof(code),
        lambda: desk.queries.project(code),
        lambda: desk.audit.log(Search(actor=code)),
    ]
    answers = []

    for question in questions:
        try:
            answers.append(question())
        except (UnknownObjectError, UsageError):
            continue

    assert all(isinstance(found, Found) and found.total == 0 for found in answers)


def test_an_unknown_post_is_answered_with_near_names(desk: Desk) -> None:
    with pytest.raises(UnknownObjectError) as unknown:
        actor(desk, "R1")

    assert set(unknown.value.near) <= {"R01", "R11", "R12", "R31", "R41", "R51"}
    assert unknown.value.near


def test_an_unknown_workflow_is_answered_with_those_there_are(desk: Desk) -> None:
    with pytest.raises(UnknownObjectError) as unknown:
        do(desk, "P01", "R01", an_opening(workflow="pilot_projekt"))

    assert unknown.value.near == ("equipment_trial", "pilot_project")


def test_many_projects_answer_one_by_one(desk: Desk) -> None:
    for code in ("P01", "P03"):
        a_running_project(desk, code=code)
    a_running_project(desk, "approval", code="P02")

    results = desk.lifecycle.act_on_all(
        ("P01", "P02", "P99", "P03"), Ask(ROADMAP, actor(desk, "R11"), batch="B7")
    )

    assert [result.stream for result in results] == ["P01", "P02", "P99", "P03"]
    assert [type(result.error) for result in results] == [
        type(None), RefusalError, UnknownObjectError, type(None),
    ]  # fmt: skip
    assert [result.receipt is not None for result in results] == [True, False, False, True]
    assert desk.audit.history("P03")[-1].body["batch"] == "B7"


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"], ids=["nul", "lone surrogate"])
def test_text_that_no_trail_can_hold_is_refused_and_nothing_written(desk: Desk, text: str) -> None:
    a_running_project(desk)
    before = dump(desk.house.database)

    with pytest.raises(TrailError):
        do(desk, "P01", "R11", Submit(Target("roadmap"), None, Paper(text)))
    with pytest.raises((TrailError, UsageError)):
        do(desk, "P01", "R11", ROADMAP, key=text)

    assert dump(desk.house.database) == before


def test_an_entry_that_is_too_long_is_refused_and_nothing_written(desk: Desk) -> None:
    a_running_project(desk)
    before = dump(desk.house.database)

    with pytest.raises(TrailError, match="at most 65536"):
        do(desk, "P01", "R11", Submit(Target("roadmap"), None, Paper(title="长" * 30_000)))

    assert dump(desk.house.database) == before


def test_text_comes_back_as_it_was_written(desk: Desk) -> None:
    a_running_project(desk)
    odd = "'; DROP TABLE event; -- %s {0} \\ \"“”\r\n\t\u200b\u202e𠮷👩‍👩‍👧 é e\u0301"

    do(desk, "P01", "R11", Submit(Target("roadmap"), None, Paper(odd)))

    part = list(state_of(desk, "P01").rows(Part))[-1]
    assert part.doc_no == odd
    assert desk.proof.verify().verdict == "sound"


def test_options_and_act_refuse_with_the_same_reasons(desk: Desk) -> None:
    a_running_project(desk, "implementation")
    for post in ("R01", "R11", "R21@S01", "R51"):
        for option in desk.lifecycle.options("P01", actor(desk, post)):
            ask = Ask(Act(option.key, "other", "试"), actor(desk, post))
            if option.reasons:
                with pytest.raises(RefusalError) as refused:
                    desk.lifecycle.act("P01", ask, dry_run=True)
                assert refused.value.reasons == option.reasons
            else:
                desk.lifecycle.act("P01", ask, dry_run=True)


def test_two_entries_never_share_a_number(desk: Desk) -> None:
    a_running_project(desk, "design_review")
    do(desk, "P01", "R11", Record(Target("contract"), {"amount": "120000.00"}, org="A01"))

    numbers = [entry.seq for entry in desk.audit.history("P01")]

    assert numbers == list(range(1, len(numbers) + 1))
    assert all(row.n for row in state_of(desk, "P01").rows(TaskRow))
