"""The stages lead from the first to a last one; the standings from active."""

from tests.workflows.small_workflow import said

GATE = "gate: {seals: {of: consent}}"


def test_a_workflow_without_a_final_stage_is_refused() -> None:
    assert said(("final: true", "final: false")) == [
        "27:1 stages: no stage is final, so no project could ever close"
    ]


def test_a_stage_that_cannot_be_reached_is_refused() -> None:
    idle = (
        "  idle:\n    name: {zh: 空, en: Idle}\n    holder: chief\n    actions:\n"
        "      leave: {name: {zh: 走, en: Leave}, to: closed, roles: [chief]}\ntracks:"
    )

    assert said(("tracks:", idle)) == ['56:3 stages.idle: cannot be reached from "draft"']


def test_a_stage_that_only_returns_is_a_dead_end_and_so_is_what_leads_to_it() -> None:
    assert said(("to: closed, roles", "kind: return, to: closed, roles")) == [
        "28:3 stages.draft: is a dead end: no advance leads to a final stage",
        "49:3 stages.check: is a dead end: no advance leads to a final stage",
    ]


def test_the_ways_are_not_judged_while_one_leads_to_an_unknown_stage() -> None:
    assert said(("to: closed", "to: clsoed")) == [
        '53:48 stages.check.actions.accept.to: unknown stage "clsoed"; did you mean "closed"?'
    ]


def test_nothing_can_be_owed_or_done_in_a_final_stage() -> None:
    closed = (
        "holder: chief, final: true, due: {from: entered},"
        " tasks: {last: {kind: record, name: {zh: 末, en: Last}, holder: chief}},"
        " actions: {again: {name: {zh: 再, en: Again}, to: draft, roles: [chief]}}}"
    )

    found = said(("holder: chief, final: true}", closed))

    assert [fault.split(": ")[0].split()[1] for fault in found] == [
        "stages.closed.due",
        "stages.closed.tasks.last",
        "stages.closed.actions.again",
    ]
    assert all("stands in a final stage, which closes the project" in fault for fault in found)


def test_a_standing_must_be_led_to() -> None:
    assert said(("from: [paused]", "from: [paused, stopped]")) == [
        '26:53 standing.go_on.from: no action leads from "active" to "stopped"'
    ]


def test_a_standing_action_must_lead_elsewhere() -> None:
    assert said(("from: [paused]", "from: [paused, active]")) == [
        '26:53 standing.go_on.from: "active" is also where it leads to'
    ]


def test_a_coded_reason_needs_codes() -> None:
    assert said(("reasons: {wrong: {zh: 有误, en: Wrong}}\n", ""), (", reason: none", "")) == [
        "25:3 standing.go_on.reason: asks for a code unless told, but the file has no reasons",
        "53:89 stages.check.actions.back.reason: asks for a code, but the file has no reasons",
    ]


def test_only_a_return_has_a_clock() -> None:
    assert said((GATE, "clock: keep")) == [
        "48:74 stages.draft.actions.send.clock: only a return (kind: return) has a clock"
    ]
