"""Guards and their combination: every reason, who can lift it, and what cannot be judged yet."""

from dataclasses import replace

import pytest

from engine.core.commands import Bind
from engine.core.errors import Reason
from tests.builders import Story, a_project, a_trial, a_workflow
from tests.core.asks import act, choose, conclude, raised, record, score, seal
from tests.core.gatings import gated, guard
from tests.core.ways import USERS, panel


def reasons(
    story: Story, action: str, by: str = "county", on: str | None = None, **frame: str
) -> list[Reason]:
    """Return what blocks an action."""
    return [*story.options(by, on, **frame)[action].reasons]


def codes(
    story: Story, action: str, by: str = "county", on: str | None = None, **frame: str
) -> list[str]:
    """Return the codes of what blocks an action."""
    return [reason.code for reason in reasons(story, action, by, on, **frame)]


def test_a_gate_lists_every_task_in_the_order_of_the_file_then_its_conditions() -> None:
    story = a_project("agency_recruitment")

    found = reasons(story, "award")

    assert [reason.facts.get("task") for reason in found] == [
        "hub", "platform", "call", "bids", "qualification", "selection", "publicity",
        "award_decision", "publicity",
    ]  # fmt: skip
    assert found[-1].code == "date_undecided"


def test_a_task_that_has_not_begun_is_missing_too() -> None:
    (reason,) = [r for r in reasons(a_trial("trial"), "assess", "officer")
                 if r.code == "task_not_open"]  # fmt: skip

    assert (reason.facts["task"], reason.holder) == ("first_use", "key_user")


def test_a_guard_may_ask_for_tasks_of_which_no_gate_is_said() -> None:
    story = a_trial("trial")
    (before,) = [r for r in reasons(story, "assess", "officer") if r.facts.get("step") == "given"]

    assert (before.code, before.holder) == ("step_missing", "supplier_contact")


def test_evidence_that_only_a_guard_asks_for_is_not_later_than_the_move() -> None:
    story = a_trial("trial")
    story.do("supplier", record("briefing"), "2018-02-05")
    story.do("manager", record("briefing"), "2018-02-09")
    late = [r for r in reasons(story, "assess", "officer", on="2018-02-07", known="2018-02-09")
            if r.code == "before_evidence"]  # fmt: skip

    assert [(r.facts["task"], r.facts["done"]) for r in late] == [("briefing", "2018-02-09")]


def test_consents_that_only_a_guard_asks_for_are_not_later_than_the_move() -> None:
    story = a_trial()
    story.do("medical", seal("physician", task="emergency_order"), "2018-01-24")

    found = codes(story, "begin", "officer", on="2018-01-23", known="2018-01-24")

    assert "before_evidence" in found


def open_issues(story: Story, *days: int) -> Story:
    """Raise issues due after some working days each, on Monday 4 December 2017."""
    for number, due in enumerate(days):
        story.do("county", raised(f"Q-{number}", days=due), "2017-12-04")
    return story


def test_an_overdue_issue_blocks_and_says_how_late_it_is_and_who_closes_it() -> None:
    story = open_issues(a_project("implementation"), 3, 30)

    (issue,) = [r for r in reasons(story, "finish", on="2017-12-11") if r.code == "issue_open"]

    assert dict(issue.facts) == {
        "task": "issue", "ref": "Q-0", "title": "about Q-0", "due": "2017-12-07", "late": 2,
    }  # fmt: skip
    assert (issue.holder, issue.lift) == ("county", "task record issue/Q-0")


def test_an_issue_on_its_due_day_is_not_overdue() -> None:
    story = open_issues(a_project("implementation"), 3)

    assert "issue_open" not in codes(story, "finish", on="2017-12-07")
    assert "issue_open" in codes(story, "finish", on="2017-12-08")


def test_an_issue_closed_later_still_blocks_a_move_of_the_day_before() -> None:
    story = open_issues(a_project("implementation"), 3)
    story.do("county", record("issue", ref="Q-0"), "2017-12-12")
    story.do("county", record("issue", ref="Q-0"), "2017-12-13")

    assert "issue_open" in codes(story, "finish", on="2017-12-12", known="2017-12-13")
    assert "issue_open" not in codes(story, "finish", on="2017-12-13")


def test_as_many_issues_may_be_open_as_the_guard_allows() -> None:
    workflow = gated("finish", guard("issues", of="issue", open=1))
    story = a_project("implementation", workflow=workflow)

    assert codes(open_issues(story, 30), "finish") == []
    story.do("county", raised("Q-9"), "2017-12-04")
    assert codes(story, "finish") == ["issue_open", "issue_open"]


def test_parties_must_be_different_orgs() -> None:
    story = a_project("implementation", parties={"supervisor": "team", "evaluator": "institute"})
    assert "not_independent" not in codes(story, "finish")

    same = a_project("design_review")
    same.do("county", Bind("evaluator", "team"), "2017-10-30")
    (reason,) = [r for r in reasons(same, "start") if r.code == "not_independent"]

    assert dict(reason.facts) == {"party": "evaluator", "other": "supervisor", "org": "The team"}
    assert reason.lift == "project bind"


def test_a_party_that_nobody_is_yet_cannot_be_judged() -> None:
    story = a_project("design_review")
    story.do("county", Bind("agency", None), "2017-10-30")

    (reason,) = [r for r in reasons(story, "start") if r.code == "party_unbound"]

    assert (reason.facts["party"], reason.undecided) == ("agency", True)


def test_five_working_days_of_publicity_are_counted_over_the_national_day() -> None:
    story = a_project("agency_recruitment")
    story.do("county", record("publicity"), "2017-09-28")

    (early,) = [r for r in reasons(story, "award", on="2017-10-10") if r.code == "too_early"]

    # Saturday 30 September is worked and 1 to 8 October are off: 29, 30, 9, 10 and 11.
    assert dict(early.facts) == {"task": "publicity", "days": 5, "until": "2017-10-11"}
    assert "too_early" not in codes(story, "award", on="2017-10-11")


def test_days_are_not_counted_from_a_task_that_lapsed() -> None:
    workflow = gated("start", guard("date", after="task:hub", working_days=0))
    story = a_project("agency_recruitment", workflow=workflow)
    story.do("county", record("publicity"), "2017-10-09")
    story.do("county", act("award"), "2017-10-20")
    assert story.row("hub").status == "lapsed"

    assert codes(story, "start") == ["date_undecided"]


def test_a_move_waits_for_a_named_date_which_may_be_undecided() -> None:
    story = a_trial()
    assert "too_early" in codes(story, "begin", "officer", on="2018-01-31")
    assert "too_early" not in codes(story, "begin", "officer", on="2018-02-01")

    story.do("officer", choose("delivery", None), "2018-02-01")

    (reason,) = [r for r in reasons(story, "begin", "officer") if "date" in r.facts]
    assert (reason.code, reason.undecided) == ("date_undecided", True)


GRADED = [("59.9", ["grade_too_low"]), ("60", []), ("79.9", []), ("80", []), ("89.5", [])]


@pytest.mark.parametrize(("mean", "expected"), GRADED)
def test_the_grade_is_judged_on_the_mean_as_it_is(mean: str, expected: list[str]) -> None:
    story = a_project("evaluation")
    story.go(panel("2018-08-20", mean, mean, mean, task="special_evaluation"))

    found = [code for code in codes(story, "conclude", "lead") if code.startswith("grade")]

    assert found == expected


def test_a_better_grade_may_be_asked_for() -> None:
    workflow = gated("conclude", guard("grade", of="special_evaluation", at_least="good"))
    story = a_project("evaluation", workflow=workflow)
    story.go(panel("2018-08-20", "79.9", "79.9", "79.9", task="special_evaluation"))

    (reason,) = reasons(story, "conclude", "lead")

    assert dict(reason.facts) == {"task": "special_evaluation", "grade": "good", "got": "pass"}


def test_a_grade_cannot_be_judged_before_the_day_it_was_given() -> None:
    story = a_project("evaluation")
    assert "grade_undecided" in codes(story, "conclude", "lead")
    story.go(panel("2018-08-20", "90", "90", "90", task="special_evaluation"))

    found = [r for r in reasons(story, "conclude", "lead", on="2018-08-17", known="2018-08-20")
             if r.code == "before_evidence"]  # fmt: skip

    assert [reason.undecided for reason in found] == [False, True]  # of the gate, of the guard


def test_projects_that_have_come_to_a_stage_are_counted() -> None:
    workflow = gated(
        "promote", guard("children", workflow="pilot_project", stage="promoted", at_least=8)
    )
    here = ("pilot_project", "promoted", "active")
    story = a_project("promotion", workflow=workflow, children={here: 7})

    (reason,) = reasons(story, "promote", "lead")
    assert dict(reason.facts) == {"stage": "promoted", "have": 7, "need": 8}
    assert codes(replace(story, children={here: 8}), "promote", "lead") == []


def test_every_part_of_a_cited_task_needs_its_document() -> None:
    story = a_trial("verdict")
    story.do("medical", seal("medical", task="signatures"), "2018-03-14")

    (reason,) = [r for r in reasons(story, "adopt", "managing") if r.code == "uncited"]

    assert dict(reason.facts) == {"task": "signatures", "part": "medical"}


def test_a_raised_task_that_gates_does_so_in_every_reference() -> None:
    held = a_workflow()
    issue = replace(held.tasks["issue"], gates=("finish",))
    free = gated("finish")
    workflow = replace(free, tasks={**free.tasks, "issue": issue})
    story = a_project("implementation", workflow=workflow)
    assert codes(story, "finish") == []

    open_issues(story, 30, 30)
    story.do("county", record("issue", ref="Q-1"), "2017-12-05")
    story.do("county", record("issue", ref="Q-1"), "2017-12-05")

    assert [r.facts["ref"] for r in reasons(story, "finish")] == ["Q-0", "Q-0"]


def test_a_return_waits_for_its_gate_as_well() -> None:
    story = a_trial("verdict")
    for user in USERS:
        story.do(user, score("90", "assessment"), "2018-03-14")
    assert codes(story, "try_again", "medical") == ["grade_undecided"]

    story.do("officer", conclude("assessment"), "2018-03-15")

    (reason,) = story.refusal("medical", act("try_again", note="one more month"))
    assert (reason.code, reason.facts["guard"]) == ("must_not_hold", "grade")
