"""A programme is imported whole or not at all, and every fault of its book is told at once."""

from dataclasses import replace
from pathlib import Path

import pytest

from bootstrap import SYSTEM, Desk
from engine.core.errors import RefusalError, UnknownObjectError
from engine.core.plan import Plan
from engine.services.programme import PlayError
from tests.houses import suining
from tests.services.books import a_plan, faults
from tests.storage.tampering import dump, query


def with_parties(plan: Plan, code: str, **parties: str) -> Plan:
    """Return a plan with one project bound to other orgs."""
    projects = [
        replace(p, parties={**p.parties, **parties}) if p.code == code else p for p in plan.projects
    ]
    return replace(plan, projects=tuple(projects))


def test_an_import_writes_register_programme_and_projects(desk: Desk) -> None:
    done = desk.programmes.enter(suining(), desk.actor("R01"), ("W1",))

    assert (done.projects, done.waves, done.targets) == (8, 3, 3)
    assert [row.project.code for row in desk.queries.board()] == [f"P0{n}" for n in range(1, 9)]
    assert [wave.code for wave in desk.queries.waves()] == ["W1", "W2A", "W2B"]
    assert desk.queries.programmes()[0].issuer == "遂宁市民政局"
    assert desk.proof.verify().verdict == "sound"


def test_an_import_without_waves_opens_nothing(desk: Desk) -> None:
    assert desk.programmes.enter(suining(), SYSTEM).projects == 0
    assert desk.queries.board() == []


def test_a_book_whose_second_project_is_wrong_leaves_the_database_without_it(desk: Desk) -> None:
    before = dump(desk.house.database)
    wrong = with_parties(suining(), "P02", community="S99")

    with pytest.raises(RefusalError, match="unknown_org"):
        desk.programmes.enter(wrong, desk.actor("R01"), ("W1",))

    assert dump(desk.house.database) == before


def test_a_book_put_right_can_be_imported_by_the_same_process(desk: Desk) -> None:
    renamed = tuple(
        replace(post, name=f"{post.name}（更名）") if post.code == "R11" else post
        for post in suining().posts
    )
    wrong = replace(with_parties(suining(), "P02", community="S99"), posts=renamed)
    with pytest.raises(RefusalError):
        desk.programmes.enter(wrong, desk.actor("R01"), ("W1",))

    done = desk.programmes.enter(suining(), desk.actor("R01"), ("W1",))

    assert done.projects == 8
    with desk.house.database.read() as cursor:
        assert "更名" not in desk.house.directory(cursor).posts["R11"].name
    assert desk.proof.verify().verdict == "sound"


def test_an_import_by_somebody_who_may_not_open_leaves_nothing(desk: Desk) -> None:
    before = dump(desk.house.database)

    with pytest.raises(RefusalError, match="role_missing"):
        desk.programmes.enter(suining(), desk.actor("R51"), ("W1",))

    assert dump(desk.house.database) == before


def test_an_import_of_an_unknown_workflow_leaves_nothing(desk: Desk) -> None:
    before = dump(desk.house.database)
    projects = (suining().projects[0], replace(suining().projects[1], workflow="nowhere"))

    with pytest.raises(UnknownObjectError):
        desk.programmes.enter(replace(suining(), projects=projects), desk.actor("R01"), ("W1",))

    assert dump(desk.house.database) == before


def test_a_second_import_of_the_same_projects_leaves_what_was_there(desk: Desk) -> None:
    desk.programmes.enter(suining(), desk.actor("R01"), ("W1",))
    before = dump(desk.house.database)

    with pytest.raises(RefusalError, match="already_open"):
        desk.programmes.enter(suining(), desk.actor("R01"), ("W2A", "W1"))

    assert dump(desk.house.database) == before


def test_importing_again_without_projects_changes_nothing(desk: Desk) -> None:
    desk.programmes.enter(suining(), SYSTEM)
    before = dump(desk.house.database)

    desk.programmes.enter(suining(), SYSTEM)

    assert dump(desk.house.database) == before


def test_an_amended_target_is_one_entry_of_the_programme(desk: Desk) -> None:
    desk.programmes.enter(suining(), SYSTEM)
    targets = (replace(suining().targets[0], count=9), *suining().targets[1:])

    desk.programmes.enter(replace(suining(), targets=targets), SYSTEM)

    counts = query(desk.house.database, "SELECT count FROM target WHERE code = 'T1'")
    assert counts == [(9,)]
    assert desk.proof.verify().verdict == "sound"


def test_a_step_that_should_be_refused_and_is_not_is_told_with_its_place(desk: Desk) -> None:
    opens = next(play for play in suining().plays if play.codes == ("P01",))

    with pytest.raises(PlayError, match=r"open W1 \(line \d+\) in P01 .*should have been refused"):
        desk.programmes.play(replace(opens, expects="role_missing"))


def test_a_step_that_is_refused_unexpectedly_is_told_with_its_reasons(desk: Desk) -> None:
    opens = next(play for play in suining().plays if play.codes == ("P01",))

    with pytest.raises(PlayError, match="role_missing") as failed:
        desk.programmes.play(replace(opens, by="R51"))

    assert failed.value.project == "P01"
    assert failed.value.play.line == opens.line


def test_a_step_expected_to_be_refused_gives_no_receipt(desk: Desk) -> None:
    opens = next(play for play in suining().plays if play.codes == ("P01",))

    assert desk.programmes.play(replace(opens, by="R51", expects="role_missing")) == []


BOOK_FAULTS = {
    "unknown key": ("issuer: ", "isuer: ", "isuer"),
    "unknown workflow": ("workflow: pilot_project", "workflow: pilot_projekt", "workflow"),
    "no such day": ("from: 2017-08-31", "from: 2017-02-31", "from"),
    "unknown place": ('org: "{org}"', 'org: "{orgg}"', "org"),
    "unknown role": ("funds: [city_finance]", "funds: [city_finanze]", "grants"),
    "unknown party": ("sponsor: O01, region", "sponser: O01, region", "parties"),
    "unknown date": ("planned_end: {words", "planed_end: {words", "dates"),
    "unknown step": ("{do: bind, party: agency, note", "{do: bnd, party: agency, note", "do"),
    "unknown task": ("task: hub, title", "task: hubb, title", "task"),
    "unknown action": ("do: act, action: approve, note", "do: act, action: aprove, note", "action"),
    "unknown step key": ("{do: record, task: call, note", "{do: record, task: call, nota", "nota"),
    "unknown post": ("by: R52}", "by: R59}", "by"),
    "unknown project": ("projects: [P07]\n", "projects: [P77]\n", "projects"),
    "missing task": ("{do: submit, task: platform, title", "{do: submit, title", "task"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key"), BOOK_FAULTS.values(), ids=BOOK_FAULTS.keys())
def test_a_fault_of_a_book_is_told_with_its_place(
    tmp_path: Path, old: str, new: str, key: str
) -> None:
    found = faults(tmp_path, (old, new))

    line = 1 + _text(tmp_path).split(new)[0].count("\n")
    assert any(fault.key == key and abs(fault.line - line) <= 12 for fault in found), found
    assert all(fault.where in ("book.yaml", "scenario.yaml") for fault in found)
    assert all(fault.line > 0 and fault.column > 0 and fault.message for fault in found)


def _text(folder: Path) -> str:
    return (folder / "book.yaml").read_text("utf-8")


def test_every_fault_of_a_book_is_told_at_once(tmp_path: Path) -> None:
    names = ("unknown key", "no such day", "unknown step", "unknown post", "unknown project")

    found = faults(tmp_path, *[BOOK_FAULTS[name][:2] for name in names])

    assert {BOOK_FAULTS[name][2] for name in names} <= {fault.key for fault in found}


def test_a_slip_is_answered_with_what_was_meant(tmp_path: Path) -> None:
    found = faults(tmp_path, BOOK_FAULTS["unknown action"][:2])

    assert any('did you mean "approve"' in fault.message for fault in found), found


SCENARIO_FAULTS = {
    "no such day": ("occurred: '2017-09-20'", "occurred: '2017-09-31'", "occurred"),
    "no such project": ("'project:P01', kind: started", "'project:P91', kind: started", "scope"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "key"), SCENARIO_FAULTS.values(), ids=SCENARIO_FAULTS.keys()
)
def test_a_fault_of_the_scenario_is_told_at_its_record(
    tmp_path: Path, old: str, new: str, key: str
) -> None:
    found = faults(tmp_path, scenario=(old, new))

    text = (tmp_path / "scenario.yaml").read_text("utf-8")
    line = 1 + text.split(new)[0].count("\n")
    assert [(fault.where, fault.line, fault.key) for fault in found] == [
        ("scenario.yaml", line, key)
    ]


def test_a_project_of_no_wave_is_told_at_its_record(tmp_path: Path) -> None:
    found = faults(tmp_path, ("batch: 1\n", "batch: 7\n"))

    of_projects = [fault for fault in found if fault.key == "batch"]
    text = (tmp_path / "scenario.yaml").read_text("utf-8").splitlines()
    assert len(of_projects) == 8
    assert {fault.where for fault in of_projects} == {"scenario.yaml"}
    assert all("id: P0" in text[fault.line - 1] for fault in of_projects)


def test_a_fault_is_told_once(tmp_path: Path) -> None:
    found = faults(tmp_path, BOOK_FAULTS["unknown task"][:2])

    assert len(found) == len(set(found)) == 1


def test_a_scenario_that_is_missing_is_told(tmp_path: Path) -> None:
    found = faults(tmp_path, ("scenario: scenario.yaml", "scenario: gone.yaml"))

    assert found


def test_a_changed_book_still_makes_a_plan(tmp_path: Path) -> None:
    plan = a_plan(tmp_path, ("to: 2018-10-31", "to: 2018-11-30"))

    assert plan.ends_on.isoformat() == "2018-11-30"
