"""Each fault of form is told once, at its place, with what would be right."""

import pytest

from tests.workflows.small_workflow import changed, refusal, said

GATE = "gate: {seals: {of: consent}}"


def gate(condition: str) -> list[str]:
    """Return what is said of a gate, without the way to it."""
    found = said((GATE, f"gate: {condition}"))
    return [line.replace(" stages.draft.actions.send.gate", " gate") for line in found]


def test_an_unknown_key_is_refused_with_the_nearest_known_one() -> None:
    assert said(("  check:\n    name", "  check:\n    nmae")) == [
        "49:3 stages.check.name: is missing",
        '50:5 stages.check.nmae: unknown key "nmae"; did you mean "name"?',
    ]


def test_a_missing_key_is_told_at_the_mapping_that_lacks_it() -> None:
    assert said(('opens_at: "09:00"\n', "")) == ["1:1 opens_at: is missing"]


def test_a_text_needs_both_languages() -> None:
    assert said(("zh: 小流程, en: Small", "de: Klein")) == [
        "3:1 name.en: is missing",
        "3:1 name.zh: is missing",
    ]


def test_a_text_must_say_something() -> None:
    assert said(("zh: 小流程", "zh: ' '")) == ['3:12 name.zh: must be text, not "" in quotes']
    assert said(("zh: 小流程", "zh: null")) == ["3:12 name.zh: must be text, not nothing"]


def test_a_language_must_be_a_tag() -> None:
    assert said(("en: Small", "en: Small, EN: Small")) == ['3:32 name.EN: unknown language "EN"']


def test_a_key_must_look_like_a_key() -> None:
    assert said(("  clerk: {name", "  Clerk: {name")) == [
        '10:3 roles.Clerk: "Clerk" is no key; a key is a-z, then a-z, 0-9 and _'
    ]


def test_text_for_a_number_is_refused_even_in_quotes() -> None:
    message = "2:10 version: must be a whole number without quotes, not "

    assert said(("version: 1", "version: one")) == [message + '"one"']
    assert said(("version: 1", 'version: "1"')) == [message + '"1" in quotes']


def test_a_number_out_of_its_range_is_refused() -> None:
    assert said(("due_soon_days: 3", "due_soon_days: 900")) == [
        '7:16 due_soon_days: must be from 0 to 366, not "900"'
    ]


def test_a_review_needs_a_panel() -> None:
    assert said(("panel: 3", "panel: 0")) == [
        '46:40 stages.draft.tasks.panel.review.panel: must be from 1 to 1000, not "0"'
    ]


def test_only_true_and_false_are_truth_values() -> None:
    assert said(("final: true", "final: yes")) == [
        '55:62 stages.closed.final: must be true or false without quotes, not "yes"'
    ]


def test_a_word_outside_an_enumeration_is_refused_with_the_nearest() -> None:
    assert said(("kind: quota", "kind: qouta")) == [
        (
            "58:11 tracks.heads.kind: must be one of deliverable, seal, review, record, quota, "
            'not "qouta"; did you mean "quota"?'
        )
    ]


def test_a_task_of_no_kind_is_still_read_to_its_end() -> None:
    assert said(("kind: quota\n    name: {zh: 人数, en: Heads}", "nmae: x\n    due: 3")) == [
        "57:3 tracks.heads.kind: is missing",
        "57:3 tracks.heads.name: is missing",
        '58:5 tracks.heads.nmae: unknown key "nmae"; did you mean "name"?',
        '59:10 tracks.heads.due: must be a mapping, not "3"',
    ]


def test_a_key_of_another_kind_of_task_is_refused() -> None:
    assert said(("kind: quota", "accepted_by: [chief]\n    kind: quota")) == [
        '58:5 tracks.heads.accepted_by: unknown key "accepted_by"'
    ]


def test_a_single_value_is_no_list() -> None:
    assert said(("openers: [chief]", "openers: chief")) == [
        '22:10 openers: must be a list, not "chief"'
    ]


def test_nothing_where_something_must_be_is_refused() -> None:
    assert said(("openers: [chief]", "openers:")) == ["22:9 openers: must be a list, not nothing"]


def test_a_list_that_must_not_be_empty_is_refused_empty() -> None:
    assert said(("openers: [chief]", "openers: []")) == ["22:10 openers: needs at least 1 entry"]


def test_a_name_listed_twice_is_refused_at_the_second() -> None:
    assert said(("openers: [chief]", "openers: [chief, chief]")) == [
        '22:18 openers: "chief" is listed twice'
    ]


def test_an_action_without_roles_is_refused() -> None:
    assert said(("roles: [clerk], gate", "gate")) == [
        "48:7 stages.draft.actions.send.roles: is missing"
    ]


def test_a_time_of_day_has_two_digits_twice() -> None:
    assert said(('"09:00"', "9:00")) == [
        '5:11 opens_at: must be a time of day such as "09:00", not "9:00"'
    ]


def test_a_decimal_must_be_one() -> None:
    assert said(('pass_at: "60"', 'pass_at: "6O"')) == [
        (
            "46:72 stages.draft.tasks.panel.review.pass_at: "
            'must be a decimal such as "60" or "82.5", not "6O" in quotes'
        )
    ]


def test_an_anchor_must_be_well_formed() -> None:
    assert said(('from: "date:finish"', 'from: "day:finish"')) == [
        (
            "31:17 stages.draft.due.from: must be opened, entered, period_end, given, "
            'date:<name> or task:<key>, not "day:finish" in quotes'
        )
    ]


def test_an_opening_must_be_well_formed() -> None:
    assert said(('"stage:check"', "check")) == [
        (
            "73:12 tracks.report.opens: must be start, stage, raised, stage:<key> or task:<key>, "
            'not "check"'
        )
    ]


def test_a_cadence_recurs_by_a_known_period() -> None:
    assert said(("every: month", "every: week")) == [
        (
            "74:22 tracks.report.cadence.every: "
            "must be one of month, quarter, half_year, year, ad_hoc, unset, or {days: <number>}, "
            'not "week"'
        )
    ]


def test_a_full_width_colon_in_place_of_a_mapping_is_named() -> None:
    assert said(("{zh: 小流程, en: Small}", "zh：小流程")) == [
        (
            '3:7 name: must be a text by language {zh: …, en: …}, not "zh：小流程"; '
            '"：" is a full-width colon, write ":" and a space'
        )
    ]


def test_a_file_that_is_no_mapping_is_refused_with_all_that_is_missing() -> None:
    found = refusal("- a\n- b\n")

    assert found == ["1:1 file: must be a mapping, not a list"]


def test_faults_of_form_and_unknown_names_are_listed_together() -> None:
    found = refusal(
        changed(("version: 1", "version: x"), ("to: check", "to: chekc"), ("en: Small", "fr: P"))
    )

    assert [line.partition(": ")[0] for line in found] == [
        "2:10 version",
        "3:1 name.en",
        "48:44 stages.draft.actions.send.to",
    ]


def test_names_are_not_doubted_while_their_definitions_cannot_be_read() -> None:
    assert said(("roles:\n  clerk", "rolls:\n  clerk")) == [
        "1:1 roles: is missing",
        '9:1 rolls: unknown key "rolls"; did you mean "roles"?',
    ]


def test_an_unknown_guard_is_refused_with_the_nearest() -> None:
    assert gate("{selas: {of: consent}}") == [
        '48:74 gate.selas: unknown guard "selas"; did you mean "seals"?'
    ]


@pytest.mark.parametrize("condition", ["{}", "{seals: {of: consent}, cited: {of: consent}}"])
def test_a_gate_holds_exactly_one_guard(condition: str) -> None:
    assert gate(condition) == [
        (
            "48:67 gate: must hold exactly one of all, any, not, tasks, quota, seals, grade, "
            "issues, children, cited, date, distinct"
        )
    ]


def test_all_and_any_take_a_list_that_is_not_empty() -> None:
    assert gate("{any: []}") == ["48:79 gate.any: needs at least 1 entry"]
    assert gate("{all: {cited: {of: consent}}}") == [
        "48:74 gate.all: must be a list, not a mapping"
    ]


def test_not_takes_a_single_condition() -> None:
    assert gate("{not: [{cited: {of: consent}}]}") == [
        "48:79 gate.not: must be a mapping with one guard, not a list"
    ]


def test_a_guard_takes_its_own_arguments_only() -> None:
    assert gate("{seals: {off: consent}}") == [
        "48:74 gate.seals.of: is missing",
        '48:82 gate.seals.off: unknown key "off"; did you mean "of"?',
    ]


@pytest.mark.parametrize("more", ["", ", open: 1, overdue: 1"])
def test_issues_counts_either_the_open_or_the_overdue(more: str) -> None:
    assert gate(f"{{issues: {{of: issue{more}}}}}") == [
        "48:74 gate.issues: needs exactly one of overdue and open"
    ]


def test_a_date_guard_names_a_date_or_days_after_a_task() -> None:
    assert gate("{date: {before: finish}}") == [
        "48:74 gate.date: needs exactly one of not_before and after"
    ]
    assert gate("{date: {after: paper, working_days: 1}}") == [
        '48:88 gate.date.after: must be task:<key>, not "paper"'
    ]


def test_distinct_compares_at_least_two() -> None:
    assert gate("{distinct: {parties: [office]}}") == [
        "48:94 gate.distinct.parties: needs at least 2 entries"
    ]
