"""A name that nothing defines is refused wherever it is mentioned."""

import pytest

from tests.workflows.small_workflow import said

GATE = "gate: {seals: {of: consent}}"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("holder: clerk\n    due", "holder: clrek\n    due", "30:13 stages.draft.holder"),
        ("holder: clerk\n    quota", "holder: clrek\n    quota", "60:13 tracks.heads.holder"),
        ("openers: [chief]", "openers: [clrek]", "22:11 openers"),
        ("correctors: [chief]", "correctors: [clrek]", "23:14 correctors"),
        ("correctors: [chief]", "correctors: [chief]\nbinders: [clrek]", "24:11 binders"),
        ("counters: [clerk]", "counters: [clrek]", "61:52 tracks.heads.quota.counters"),
        ("raisers: [chief]", "raisers: [chief, clrek]", "67:22 tracks.issue.raisers"),
        (
            "raisers: [chief]",
            "reopeners: [clrek]\n    raisers: [chief]",
            "67:17 tracks.issue.reopeners",
        ),
        ("judges: chief", "judges: clrek", "46:26 stages.draft.tasks.panel.review.judges"),
        ("[chief], pass_at", "[clrek], pass_at", "46:55 stages.draft.tasks.panel.review.concludes"),
        ("role: chief}", "role: clrek}", "40:53 stages.draft.tasks.consent.seal.parties.boss.role"),
        (
            "enterers: [clerk]",
            "enterers: [clrek]",
            "41:59 stages.draft.tasks.consent.seal.parties.board.enterers",
        ),
        ("roles: [clerk]", "roles: [clrek]", "48:59 stages.draft.actions.send.roles"),
        (
            "roles: [chief], reason: free",
            "roles: [clrek], reason: free",
            "25:74 standing.pause.roles",
        ),
        (
            "gates: [send]",
            "accepted_by: [clrek]",
            "33:90 stages.draft.tasks.paper.accepted_by",
        ),
        (
            "due: {from: given}",
            "steps: {one: {name: {zh: 甲, en: A}, roles: [clrek]}}",
            "68:49 tracks.issue.steps.one.roles",
        ),
        (
            "correctors: [chief]",
            "correctors: [chief]\nextension: {askers: [clrek], deciders: [chief]}",
            "24:22 extension.askers",
        ),
        (
            "correctors: [chief]",
            "correctors: [chief]\nwaiver: {proposers: [chief], confirmers: [clrek]}",
            "24:43 waiver.confirmers",
        ),
    ],
)
def test_an_unknown_role_is_refused_wherever_it_is_named(old: str, new: str, fault: str) -> None:
    assert said((old, new)) == [f'{fault}: unknown role "clrek"; did you mean "clerk"?']


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "initial: draft",
            "initial: darft",
            '8:10 initial: unknown stage "darft"; did you mean "draft"?',
        ),
        (
            "to: check",
            "to: chekc",
            '48:44 stages.draft.actions.send.to: unknown stage "chekc"; did you mean "check"?',
        ),
        (
            '"stage:check"',
            '"stage:chekc"',
            '73:12 tracks.report.opens: unknown stage "chekc"; did you mean "check"?',
        ),
        (
            "reason: free}",
            "reason: free, stages: [darft]}",
            '25:105 standing.pause.stages: unknown stage "darft"; did you mean "draft"?',
        ),
        (
            "gates: [send]",
            "gates: [sned]",
            '33:84 stages.draft.tasks.paper.gates: unknown action "sned"; did you mean "send"?',
        ),
        (
            "gates: [send]",
            "gates: [pause]",
            '33:84 stages.draft.tasks.paper.gates: unknown action "pause"',
        ),
        (
            "party: office",
            "party: ofice",
            '10:45 roles.clerk.party: unknown party "ofice"; did you mean "office"?',
        ),
        (
            "per: [office]",
            "per: [ofice]",
            '61:32 tracks.heads.quota.per: unknown party "ofice"; did you mean "office"?',
        ),
        (
            "due: {from: given}",
            "binds: ofice",
            '68:12 tracks.issue.binds: unknown party "ofice"; did you mean "office"?',
        ),
        (
            "date:finish",
            "date:finsh",
            '31:17 stages.draft.due.from: unknown date "finsh"; did you mean "finish"?',
        ),
        (
            "every: month",
            "every: month, starts: finsh",
            '74:37 tracks.report.cadence.starts: unknown date "finsh"; did you mean "finish"?',
        ),
        (
            "final: true",
            "final: true, ladder: steep",
            '55:76 stages.closed.ladder: unknown ladder "steep"',
        ),
        (
            "due: {from: given}",
            "ladder: defualt",
            '68:13 tracks.issue.ladder: unknown ladder "defualt"; did you mean "default"?',
        ),
        (
            "[holder, chief]",
            "[holder, boss]",
            '18:60 ladders.default.late.to: unknown recipient "boss"',
        ),
        (
            'spread_alarm: "20"',
            'spread_alarm: "20", reopens: [papre]',
            (
                "46:108 stages.draft.tasks.panel.review.reopens: "
                'unknown task "papre"; did you mean "paper"?'
            ),
        ),
        (
            "due: {from: given}",
            'due: {from: "task:papre"}',
            '68:17 tracks.issue.due.from: unknown task "papre"; did you mean "paper"?',
        ),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest_known_one(
    old: str, new: str, fault: str
) -> None:
    assert said((old, new)) == [fault]


@pytest.mark.parametrize(
    ("condition", "fault"),
    [
        ("{seals: {of: consnet}}", '86 seals.of: unknown task "consnet"; did you mean "consent"?'),
        ("{tasks: {of: [papre]}}", '87 tasks.of: unknown task "papre"; did you mean "paper"?'),
        (
            "{grade: {of: panel, at_least: godo}}",
            '103 grade.at_least: unknown grade "godo"; did you mean "good"?',
        ),
        (
            "{date: {not_before: finsh}}",
            '93 date.not_before: unknown date "finsh"; did you mean "finish"?',
        ),
        (
            '{date: {after: "task:papre", working_days: 3}}',
            '88 date.after: unknown task "papre"; did you mean "paper"?',
        ),
        (
            "{distinct: {parties: [office, pnael]}}",
            '103 distinct.parties: unknown party "pnael"; did you mean "panel"?',
        ),
        (
            "{all: [{not: {cited: {of: papre}}}]}",
            '99 all.not.cited.of: unknown task "papre"; did you mean "paper"?',
        ),
    ],
)
def test_an_unknown_name_in_a_gate_is_refused(condition: str, fault: str) -> None:
    column, _, rest = fault.partition(" ")

    assert said((GATE, f"gate: {condition}")) == [
        f"48:{column} stages.draft.actions.send.gate.{rest}"
    ]


def test_names_of_another_workflow_are_not_looked_up() -> None:
    assert said((GATE, "gate: {children: {workflow: other, stage: far, at_least: 3}}")) == []
