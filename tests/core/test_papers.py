"""Deliverables: papers handed in, accepted or sent back, and whom they wait for."""

from engine.core.commands import Accept
from engine.core.rows import Part, TaskRow
from tests.builders import Story, a_project, a_trial, the
from tests.core.asks import accept, act, ask, day, deny, submit, void


def parts_of(story: Story, row: TaskRow) -> list[tuple[str, bool]]:
    """Return the parts of a task: their slot or kind, and whether they are void."""
    return [(part.key, part.void) for part in story.state.rows(Part) if part.task == row.n]


def handed_in() -> Story:
    """Return a pilot whose agency has handed in the first of the five items."""
    story = a_project("implementation")
    story.do("agency", submit("five_site"), "2018-06-01")
    return story


def test_a_deliverable_without_acceptance_is_done_with_its_last_paper() -> None:
    story = a_project()

    story.do("county", submit("work_plan"), "2017-09-11")

    row = story.row("work_plan")
    assert (row.status, row.done_on, row.next_at) == ("done", day("2017-09-11"), None)


def test_a_missing_paper_names_its_slot_its_holder_and_how_to_hand_it_in() -> None:
    story = a_project("design_review")
    story.do("agency", submit("design", "budget"), "2017-11-06")

    lacks = story.options("agency")["start"].reasons

    (paper,) = [reason for reason in lacks if reason.code == "paper_missing"]
    assert dict(paper.facts) == {"task": "design", "slot": "proposal"}
    assert (paper.holder, paper.lift) == ("agency", "task submit")


def test_a_deliverable_of_several_slots_is_done_when_none_is_empty() -> None:
    story = a_trial()
    story.do("manager", submit("request", "need"), "2018-01-15")
    story.do("manager", submit("request", "offer"), "2018-01-15")
    assert story.row("request").status == "open"

    story.do("manager", submit("request", "declaration"), "2018-01-16")

    assert story.row("request").status == "done"


def test_a_deliverable_is_done_on_the_day_of_its_latest_paper_in_whatever_order_entered() -> None:
    story = a_trial()
    story.do("manager", submit("request", "need"), "2018-01-18")
    story.do("manager", submit("request", "offer"), "2018-01-17", known="2018-01-18")

    story.do("manager", submit("request", "declaration"), "2018-01-15", known="2018-01-18")

    assert story.row("request").done_on == day("2018-01-18")


def test_a_paper_may_be_handed_in_again_while_the_task_is_open() -> None:
    story = a_trial()
    story.do("manager", submit("request", "need"), "2018-01-15")

    story.do("manager", submit("request", "need", doc="W-2"), "2018-01-16")

    papers = [part.doc_no for part in story.state.rows(Part)]
    assert papers == ["W-1", "W-2"]


def test_an_unknown_slot_is_refused_with_those_that_exist() -> None:
    (reason,) = a_trial().refusal("manager", submit("request", "photo"))

    assert reason.code == "unknown_slot"
    assert dict(reason.facts) == {
        "task": "request", "slot": "photo", "near": "need, offer, declaration",
    }  # fmt: skip


def test_one_of_several_slots_must_be_named() -> None:
    assert a_trial().codes("manager", submit("request")) == ["unknown_slot"]


def test_only_the_holder_hands_in() -> None:
    (reason,) = a_project().refusal("lead", submit("work_plan"))

    assert (reason.code, reason.holder) == ("role_missing", "county")


def test_a_paper_of_a_task_that_is_done_is_refused() -> None:
    story = a_project()
    story.do("county", submit("work_plan"))

    (reason,) = story.refusal("county", submit("work_plan"))
    assert dict(reason.facts) == {"task": "work_plan", "ref": None, "status": "done"}
    assert reason.code == "task_closed"


def test_a_complete_deliverable_waits_for_our_own_side() -> None:
    row = handed_in().row("five_site")

    assert (row.status, row.waiting, row.next_at) == ("open", "city_lead", None)


def test_a_gate_that_waits_for_acceptance_names_who_accepts() -> None:
    lacks = handed_in().options("county")["finish"].reasons

    (waiting,) = [reason for reason in lacks if reason.code == "acceptance_missing"]
    assert dict(waiting.facts) == {"task": "five_site", "on": "2018-06-01"}
    assert (waiting.holder, waiting.lift) == ("city_lead", "task accept")


def test_acceptance_makes_it_done_on_the_day_of_acceptance() -> None:
    story = handed_in()

    story.do("lead", accept("five_site"), "2018-06-04")

    row = story.row("five_site")
    assert (row.status, row.done_on, row.waiting) == ("done", day("2018-06-04"), None)


def test_acceptance_cannot_be_earlier_than_the_papers() -> None:
    (reason,) = handed_in().refusal("lead", accept("five_site"), "2018-05-31", known="2018-06-04")

    assert reason.code == "before_step"
    assert dict(reason.facts) == {"task": "five_site", "on": "2018-06-01"}


def test_what_is_incomplete_cannot_be_accepted() -> None:
    codes = a_project("implementation").codes("lead", accept("five_site"))

    assert codes == ["paper_missing"]


def test_what_needs_no_acceptance_cannot_be_accepted() -> None:
    assert a_project().codes("lead", accept("work_plan")) == ["role_missing"]


def test_sending_back_needs_a_note_voids_the_papers_and_starts_the_clock_again() -> None:
    story = a_trial("trial")
    story.do("supplier", submit("data_export"), "2018-03-01")
    assert story.codes("privacy", accept("data_export", yes=False)) == ["reason_missing"]

    story.do("privacy", accept("data_export", "names are legible", yes=False), "2018-03-02")

    row = story.row("data_export")
    assert (row.status, row.waiting) == ("open", None)
    assert row.next_at is not None
    assert parts_of(story, row) == [("paper", True), ("accept", False)]


def test_after_sending_back_a_new_paper_waits_for_a_new_acceptance() -> None:
    story = handed_in()
    story.do("lead", accept("five_site", "no photographs", yes=False), "2018-06-04")
    story.do("agency", submit("five_site", doc="W-2"), "2018-06-08")
    assert story.row("five_site").waiting == "city_lead"

    story.do("lead", accept("five_site"), "2018-06-11")

    assert story.row("five_site").status == "done"


def test_nobody_accepts_their_own_paper_be_it_the_same_post_or_the_same_person() -> None:
    story = a_project("implementation")
    story.do("agency", submit("five_site"), "2018-06-01", person="Zhang")

    assert story.codes("lead", accept("five_site"), person="Zhang") == ["self_approval"]
    assert story.ask("lead", accept("five_site"), person="Li").reasons == ()


def test_voiding_the_paper_ends_the_wait() -> None:
    story = handed_in()

    decision = story.do("county", void(story.state.seq), "2018-06-02")

    assert story.row("five_site").waiting is None
    assert decision.facts["reopened"] == []  # it had not been done


def test_voiding_an_acceptance_waits_for_acceptance_again() -> None:
    story = handed_in()
    story.do("lead", accept("five_site"), "2018-06-04")

    story.do("county", void(story.state.seq), "2018-06-05")

    row = story.row("five_site")
    assert (row.status, row.waiting, row.done_on) == ("open", "city_lead", None)


def test_an_answer_on_more_time_does_not_end_the_wait_for_acceptance() -> None:
    story = a_trial("trial")
    story.do("manager", ask("data_export"), "2018-02-20")
    story.do("supplier", submit("data_export"), "2018-03-01")
    assert story.row("data_export").waiting == "extension"

    story.do("officer", deny("data_export"), "2018-03-02")

    row = story.row("data_export")
    assert (row.waiting, row.next_at) == ("data_protection", None)


def test_sending_back_does_not_end_the_wait_for_an_answer_on_more_time() -> None:
    story = a_trial("trial")
    story.do("supplier", submit("data_export"), "2018-03-01")
    story.do("manager", ask("data_export"), "2018-03-01")

    story.do("privacy", accept("data_export", "unreadable", yes=False), "2018-03-02")

    assert story.row("data_export").waiting == "extension"


def test_an_acceptance_of_a_period_names_the_period() -> None:
    story = a_trial("trial")

    assert story.codes("privacy", Accept(the("usage_log", "2018-02"))) == ["role_missing"]


def test_what_is_open_lapses_with_its_stage() -> None:
    story = a_project("design_review")

    story.do("county", act("recruit_again", "agency_left"), "2017-11-06")

    row = story.row("design")
    assert (row.status, row.done_on, row.next_at) == ("lapsed", day("2017-11-06"), None)
