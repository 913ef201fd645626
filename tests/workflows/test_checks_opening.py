"""Tasks never wait in a circle, and open in time for what waits for them."""

from tests.workflows.small_workflow import said


def test_a_task_that_gates_an_action_of_another_stage_is_refused() -> None:
    assert said(("gates: [send]", "gates: [accept]")) == [
        (
            '33:84 stages.draft.tasks.paper.gates: waits in "check" for "paper", '
            "which is open only in draft"
        )
    ]


def test_a_guard_that_looks_at_a_task_of_another_stage_is_refused() -> None:
    assert said(
        ("to: closed, roles: [chief]", "to: closed, roles: [chief], gate: {cited: {of: paper}}")
    ) == [
        (
            '53:91 stages.check.actions.accept.gate.cited.of: waits in "check" for "paper", '
            "which is open only in draft"
        )
    ]


def test_a_track_may_gate_actions_of_any_stage_that_follows_its_opening() -> None:
    late = ('opens: "stage:check"', 'opens: "stage:check"\n    gates: [send]')
    no_way_back = ("kind: return, to: draft", "kind: return, to: check")

    assert said(late) == []
    assert said(late, no_way_back) == [
        (
            '74:13 tracks.report.gates: waits in "draft" for "report", '
            "which is open only in check, closed"
        )
    ]


def test_what_opens_after_a_task_is_open_where_that_task_is() -> None:
    after = ('opens: "stage:check"', 'opens: "task:panel"\n    gates: [accept]')

    assert said(after) == []


def test_tasks_that_wait_for_one_another_are_refused() -> None:
    assert said(
        ("gates: [send]", 'opens: "task:heads"'),
        ("  heads:", '  heads:\n    opens: "task:report"'),
        ("due: {from: period_end}", 'due: {from: "task:paper"}'),
        ("    cadence: {every: month}\n", ""),
    ) == ["33:83 stages.draft.tasks.paper.opens: waits for itself: paper → heads → report → paper"]


def test_a_task_that_waits_for_itself_is_refused() -> None:
    assert said(("{from: given}", '{from: "task:issue"}')) == [
        "68:17 tracks.issue.due.from: waits for itself: issue → issue"
    ]


def test_what_hangs_on_a_circle_is_not_blamed_for_it() -> None:
    found = said(
        ("{from: given}", '{from: "task:issue"}'), ('opens: "stage:check"', 'opens: "task:issue"')
    )

    assert found == ["68:17 tracks.issue.due.from: waits for itself: issue → issue"]


def test_what_is_raised_may_gate_an_action_of_any_stage() -> None:
    assert said(("opens: raised", "opens: raised\n    gates: [send, accept]")) == []


def test_a_track_from_the_start_is_open_everywhere_and_a_task_of_a_stage_in_the_first_only() -> (
    None
):
    memo = (
        "tasks:\n      memo: {kind: record, name: {zh: 记, en: M}, holder: chief, opens: start,"
        " gates: [accept]}\n    actions:\n      accept"
    )

    assert said(("counters: [clerk]}", "counters: [clerk]}\n    gates: [send, accept]")) == []
    assert [fault.partition(": ")[2] for fault in said(("actions:\n      accept", memo))] == [
        'waits in "check" for "memo", which is open only in draft'
    ]


def test_an_opening_that_cannot_be_told_is_refused_for_that_alone() -> None:
    gated = "\n    gates: [send]"

    assert len(said(('"stage:check"', f'"stage:chekc"{gated}'))) == 1
    assert len(said(('"stage:check"', f'"task:reprot"{gated}'))) == 1
    assert len(said(('"stage:check"', f'"task:report"{gated}'))) == 1
