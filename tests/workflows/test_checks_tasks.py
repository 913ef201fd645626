"""What a task says of itself fits together."""

import pytest

from tests.workflows.small_workflow import Swap, said

GATE = "gate: {seals: {of: consent}}"


PARTIES = ("seal:\n          parties:", "seal:\n          {}\n          parties:")


def seal(line: str, *swaps: Swap) -> list[str]:
    """Return what is said of a seal rule with one more line, without the way to it."""
    found = said((PARTIES[0], PARTIES[1].format(line)), *swaps)
    return [fault.replace("stages.draft.tasks.consent.", "") for fault in found]


def test_rungs_rise_strictly() -> None:
    assert said(("days: 2", "days: -1")) == [
        '18:44 ladders.default.late.days: must be more than the -1 of "early"'
    ]


def test_floors_of_grades_descend_strictly() -> None:
    assert said(('from: "0"', 'from: "60.0"')) == [
        '21:39 grades.bad.from: must be less than the 60 of "good"'
    ]


def test_a_deadline_that_would_climb_no_ladder_is_refused() -> None:
    message = "has a due day but no ladder, and there is no ladder called default"

    assert said(
        ("  default:", "  other:"), ("opens: raised", "strength: should\n    opens: raised")
    ) == [
        f"28:3 stages.draft: {message}",
        f"70:3 tracks.report: {message}",
    ]


def test_a_raised_task_needs_raisers_and_only_such_a_one_has_them() -> None:
    assert said(("    raisers: [chief]\n", "")) == [
        "62:3 tracks.issue: opens by being raised, but has no raisers"
    ]
    assert said(("counters: [clerk]}", "counters: [clerk]}\n    raisers: [chief]")) == [
        "62:14 tracks.heads.raisers: only a task that opens by being raised has raisers"
    ]


def test_a_due_day_is_given_only_to_what_is_raised() -> None:
    assert said(("gates: [send]", "due: {from: given}")) == [
        "33:88 stages.draft.tasks.paper.due.from: a day is given only to what is raised"
    ]
    assert said(("date:finish", "given")) == [
        "31:17 stages.draft.due.from: a stage has no given day"
    ]


def test_a_track_cannot_open_with_its_stage() -> None:
    assert said(('"stage:check"', "stage")) == [
        "73:12 tracks.report.opens: belongs to no stage; name one as stage:<key>"
    ]


def test_what_recurs_and_only_that_is_due_from_the_end_of_its_period() -> None:
    fault = "tracks.report.due.from: what recurs, and only that, is due from period_end"

    assert said(("from: period_end", "from: opened")) == [f"75:17 {fault}"]
    assert said(("    cadence: {every: month}\n", "")) == [f"74:17 {fault}"]
    assert said(("    due: {from: period_end}\n", "")) == [
        "69:3 tracks.report: recurs, so it needs a due day from period_end"
    ]


def test_what_is_raised_does_not_recur() -> None:
    assert said(("{from: given}", "{from: period_end}\n    cadence: {every: year}")) == [
        "69:5 tracks.issue.cadence: what is raised does not recur by itself"
    ]


def test_only_a_record_or_a_raised_task_carries_values() -> None:
    assert said(
        ("counters: [clerk]}", "counters: [clerk]}\n    fields: {n: {name: {zh: 记, en: N}}}")
    ) == ["62:5 tracks.heads.fields: only a record or a raised task carries values"]


def test_a_choice_has_choices_and_nothing_else_has() -> None:
    field = "due: {{from: given}}\n    fields: {{size: {{name: {{zh: 大小, en: Size}}, {}}}}}"

    assert said(("due: {from: given}", field.format("type: choice"))) == [
        "69:14 tracks.issue.fields.size: is a choice without choices"
    ]
    assert said(("due: {from: given}", field.format("choices: [S, L]"))) == [
        "69:56 tracks.issue.fields.size.choices: only a field of type choice has choices"
    ]


def test_a_party_needs_somebody_who_seals_or_enters() -> None:
    assert said((", role: chief}", "}")) == [
        "40:13 stages.draft.tasks.consent.seal.parties.boss: needs a role that seals, or enterers"
    ]


@pytest.mark.parametrize("count", ["", "count: 3"])
def test_counted_seals_need_a_count_that_the_parties_can_reach(count: str) -> None:
    line = f"mode: count\n          {count}".rstrip()

    assert seal(line) == ["38:9 seal: mode count needs a count from 1 to 2"]


def test_a_count_under_another_mode_is_refused() -> None:
    assert seal("count: 1") == ["39:18 seal.count: mode all counts nothing"]


def test_grouped_seals_need_a_group_for_each_party_and_others_have_none() -> None:
    group = ("role: chief}", "role: chief, group: top}")

    assert seal("mode: per_group", group) == [
        "42:13 seal.parties.board: needs a group under mode per_group"
    ]
    assert seal("mode: any", group) == ["41:67 seal.parties.boss.group: mode any has no groups"]


@pytest.mark.parametrize(
    ("condition", "column", "message"),
    [
        ("{quota: {of: paper}}", 86, '"paper" is a deliverable, not a quota'),
        ("{seals: {of: panel}}", 86, '"panel" is a review, not a seal'),
        ("{grade: {of: paper, at_least: good}}", 86, '"paper" is a deliverable, not a review'),
        ("{issues: {of: paper, open: 0}}", 87, '"paper" is not a task that is raised'),
    ],
)
def test_a_guard_looks_at_tasks_of_its_own_kind(condition: str, column: int, message: str) -> None:
    guard = condition[1:].partition(":")[0]

    assert said((GATE, f"gate: {condition}")) == [
        f"48:{column} stages.draft.actions.send.gate.{guard}.of: {message}"
    ]


def test_a_task_may_not_bear_the_key_of_a_stage() -> None:
    assert said(("  heads:", "  check:")) == ["57:3 tracks.check: is also the key of a stage"]


def test_a_role_may_not_be_called_holder() -> None:
    assert said(("  clerk: {", "  holder: {name: {zh: 人, en: Man}}\n  clerk: {")) == [
        "10:3 roles.holder: means whoever owes the task; call the role otherwise"
    ]


def test_a_role_may_not_be_called_like_an_administrator() -> None:
    role = "  audit_admin: {name: {zh: 人, en: Man}}\n  clerk: {"
    assert said(("  clerk: {", role)) == [
        "10:3 roles.audit_admin: is an administrator of the product, who takes no part; call it "
        "otherwise"
    ]
