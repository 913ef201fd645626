"""The auditor's questions: who did what when, what was true then, and what was known then."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bootstrap import Desk
from engine.core.commands import Act, Paper, Seal, Submit, Target
from engine.core.context import parties
from engine.core.errors import RefusalError, UnknownObjectError
from engine.core.lamps import Light
from engine.core.rows import Part, TaskRow
from engine.core.state import Draft, State
from engine.services.audit import facts_line, is_late_entry
from engine.storage.ledger import Search
from tests.houses import a_running_project, actor, do, go_to, moment, state_of, suining

PAPERS = ("needs_survey", "work_plan", "timetable", "roadmap", "responsibility_list")


@pytest.fixture
def told(desk: Desk) -> Desk:
    """A house in which the consents of 2017 were told as they were: the local one late."""
    for code in ("P01", "P02"):
        a_running_project(desk, code=code)
        go_to(desk, "2017-09-04" if code == "P01" else "2017-09-05")
        for paper in PAPERS:
            do(desk, code, "R11", Submit(Target(paper), None, Paper("安民〔2017〕1号")))
        do(desk, code, "R11", Act("submit"))
    go_to(desk, "2017-09-18")
    do(desk, "P01", "R01", Seal(Target("consent"), ("city_bureau",), "consent"))
    go_to(desk, "2017-09-21")
    with pytest.raises(RefusalError):
        do(desk, "P01", "R11", Act("approve"))
    go_to(desk, "2017-09-22 10:00")
    local = Seal(
        Target("consent"), ("local_party", "local_government"), "consent", Paper("安委1号")
    )
    do(desk, "P01", "R11", local, on="2017-09-20")
    return desk


SEARCHES: dict[str, tuple[Callable[[], Search], Callable[[Any], bool]]] = {
    "project": (lambda: Search(stream="project:P01"), lambda e: e.stream == "project:P01"),
    "kind of stream": (lambda: Search(prefix="project:"), lambda e: e.stream[:8] == "project:"),
    "unit": (lambda: Search(org="O01"), lambda e: e.org == "O01"),
    "post": (lambda: Search(post="R11"), lambda e: e.post == "R11"),
    "person": (lambda: Search(actor="R01"), lambda e: e.actor == "R01"),
    "action": (lambda: Search(kind="task.sealed"), lambda e: e.kind == "task.sealed"),
    "deed": (lambda: Search(deed="roadmap"), lambda e: e.deed == "roadmap"),
    "refused": (lambda: Search(outcome="denied"), lambda e: e.outcome == "denied"),
    "recorded since": (
        lambda: Search(since=moment("2017-09-18 09:00")),
        lambda e: e.recorded_at >= moment("2017-09-18 09:00"),
    ),
    "recorded until": (
        lambda: Search(until=moment("2017-09-18 09:00")),
        lambda e: e.recorded_at <= moment("2017-09-18 09:00"),
    ),
    "happened from": (
        lambda: Search(from_on=date(2017, 9, 20)), lambda e: e.effective_on >= date(2017, 9, 20),
    ),
    "happened to": (
        lambda: Search(to_on=date(2017, 9, 20)), lambda e: e.effective_on <= date(2017, 9, 20),
    ),
    "all at once": (
        lambda: Search(prefix="project:", post="R11", outcome="ok", from_on=date(2017, 9, 5)),
        lambda e: e.stream[:8] == "project:" and e.post == "R11" and e.outcome == "ok"
        and e.effective_on >= date(2017, 9, 5),
    ),
    "nobody": (lambda: Search(actor="nobody"), lambda _: False),
    "a prefix with signs": (lambda: Search(prefix="project_%"), lambda _: False),
}  # fmt: skip


@pytest.mark.parametrize(("search", "fits"), SEARCHES.values(), ids=SEARCHES.keys())
def test_the_log_is_filtered(
    told: Desk, search: Callable[[], Search], fits: Callable[[Any], bool]
) -> None:
    everything = told.audit.log(Search()).entries

    found = told.audit.log(search())

    assert found.entries == [entry for entry in everything if fits(entry)]
    assert found.total == len(found.entries)


def test_the_log_is_told_in_the_order_of_recording(told: Desk) -> None:
    found = told.audit.log(Search()).entries

    assert found == sorted(found, key=lambda e: (e.recorded_at, e.stream, e.seq))


def test_the_log_comes_in_pages_that_miss_and_repeat_nothing(told: Desk) -> None:
    whole = told.audit.log(Search(prefix="project:"))

    pages = [
        told.audit.log(Search(prefix="project:"), limit=4, offset=start)
        for start in range(0, whole.total + 4, 4)
    ]

    assert [entry for page in pages for entry in page.entries] == whole.entries
    assert {page.total for page in pages} == {whole.total}


def test_an_export_is_the_canonical_text_of_what_was_found(told: Desk) -> None:
    lines = list(told.audit.export(Search(stream="project:P01")))

    assert lines == [entry.canon for entry in told.audit.history("P01")]


def sealed(state: State, on: date) -> set[str]:
    """Return the parties whose seals a state shows as given by a day."""
    return {
        part.key for part in state.rows(Part)
        if part.kind == "seal" and part.on is not None and part.on <= on
    }  # fmt: skip


def test_what_was_known_differs_from_what_was_true(told: Desk) -> None:
    on = date(2017, 9, 21)

    known = told.audit.asof("P01", on, moment("2017-09-21 18:00"))
    true = told.audit.asof("P01", on)

    assert sealed(known.state, on) == {"city_bureau"}
    assert sealed(true.state, on) == {"city_bureau", "local_party", "local_government"}
    assert "consent" in {row.key for row in known.view.owed}
    assert "consent" not in {row.key for row in true.view.owed}


def test_what_happened_later_is_not_true_before(told: Desk) -> None:
    true = told.audit.asof("P01", date(2017, 9, 19))

    assert sealed(true.state, date(2017, 9, 19)) == {"city_bureau"}
    assert "consent" in {row.key for row in true.view.owed}


def test_a_late_entry_is_marked_so(told: Desk) -> None:
    late = [e.seq for e in told.audit.history("P01") if is_late_entry(e, "Asia/Shanghai")]

    assert late == [told.audit.history("P01")[-1].seq]


def test_a_late_entry_is_judged_by_the_day_of_the_office(desk: Desk) -> None:
    a_running_project(desk)
    go_to(desk, "2017-09-05 00:30")  # still the fourth in Greenwich
    do(desk, "P01", "R11", Submit(Target("roadmap"), None, Paper("甲")), on="2017-09-05")
    do(desk, "P01", "R11", Submit(Target("timetable"), None, Paper("甲")), on="2017-09-04")

    entries = desk.audit.history("P01")[1:]

    assert [is_late_entry(entry, "Asia/Shanghai") for entry in entries] == [False, True]


def test_a_past_day_shows_the_stage_of_that_day(told: Desk) -> None:
    before = told.audit.asof("P01", date(2017, 9, 3))
    after = told.audit.asof("P01", date(2017, 9, 4))

    assert (before.view.stage, after.view.stage) == ("plan", "approval")
    assert {*PAPERS} <= {row.key for row in before.view.owed}


def test_a_past_day_has_the_lamp_of_that_day(told: Desk) -> None:
    go_to(told, "2017-10-20")

    assert told.audit.asof("P01", date(2017, 9, 10)).lamp.light is Light.NORMAL
    assert told.audit.asof("P02", date(2017, 9, 29)).lamp.light is Light.DUE_SOON
    assert told.audit.asof("P02", date(2017, 10, 12)).lamp.light is Light.OVERDUE


def test_nothing_was_known_before_the_opening(told: Desk) -> None:
    with pytest.raises(UnknownObjectError):
        told.audit.asof("P01", known=moment("2017-08-30 09:00"))
    with pytest.raises(UnknownObjectError):
        told.audit.asof("P99")


def test_the_answer_says_how_many_entries_it_rests_on(told: Desk) -> None:
    known = told.audit.asof("P01", known=moment("2017-09-18 09:00"))

    assert known.entries == len(
        [e for e in told.audit.history("P01") if e.recorded_at <= moment("2017-09-18 09:00")]
    )


def test_asking_about_now_gives_the_present_rows(told: Desk) -> None:
    found = told.audit.asof("P01")

    assert found.state.tables == state_of(told, "P01").tables
    assert parties(Draft(found.state))["community"] == "S01"


def test_asking_writes_nothing(told: Desk) -> None:
    size = told.audit.log(Search()).total
    told.audit.asof("P01", date(2017, 9, 21))
    told.proof.verify()
    told.proof.checkpoint()
    told.queries.board(date(2017, 9, 21))
    told.lifecycle.options("P01", actor(told, "R11"))

    assert told.audit.log(Search()).total == size


def test_the_facts_of_an_entry_leave_out_what_was_not_said(told: Desk) -> None:
    opened = told.audit.history("P01")[0]

    assert facts_line(opened) == {
        "name": suining().projects[0].name, "workflow": "pilot_project", "version": 1,
    }  # fmt: skip


def test_every_task_row_of_the_past_is_one_that_was_owed(told: Desk) -> None:
    found = told.audit.asof("P01", date(2017, 9, 21), moment("2017-09-21 18:00"))

    for row in found.view.owed:
        assert isinstance(row, TaskRow)
        assert row.opened_on is not None
        assert row.opened_on <= date(2017, 9, 21)
