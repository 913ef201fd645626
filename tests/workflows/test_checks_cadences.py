"""How often something recurs, what its first period is, and what suspensions do to it."""

import pytest

from engine.core.recurrence import Every, Interval, SuspendedPeriod
from tests.workflows.small_workflow import Swap, changed, refusal, said
from workflows.reader import read_workflow

EVERY = "every: month"
RAISERS: Swap = ("cadence: {every: month}", "raisers: [chief]\n    cadence: {every: ad_hoc}")
BINDERS: Swap = ("openers: [chief]\n", "openers: [chief]\nbinders: [chief]\n")
HERE = "tracks.report.cadence"


def interval(*swaps: Swap) -> Interval:
    """Return how often the report of a changed file recurs."""
    cadence = read_workflow(changed(*swaps), "x").tasks["report"].cadence
    assert cadence is not None
    return cadence.interval


@pytest.mark.parametrize("word", ["month", "quarter", "half_year", "year"])
def test_a_cadence_recurs_by_a_period_of_the_calendar(word: str) -> None:
    assert interval((EVERY, f"every: {word}")) == Interval(Every(word))


def test_a_cadence_recurs_by_runs_of_days() -> None:
    assert interval((EVERY, "every: {days: 45}")) == Interval(Every.DAYS, 45)


@pytest.mark.parametrize("days", ["0", "3661", "-1"])
def test_a_run_has_at_least_a_day_and_an_end(days: str) -> None:
    assert said((EVERY, f"every: {{days: {days}}}")) == [
        f'74:29 {HERE}.every.days: must be from 1 to 3660, not "{days}"'
    ]


def test_a_run_knows_no_other_key() -> None:
    assert said((EVERY, "every: {weeks: 2}")) == [
        f"74:15 {HERE}.every.days: is missing",
        f'74:23 {HERE}.every.weeks: unknown key "weeks"',
    ]


def test_days_that_people_name_need_people() -> None:
    assert interval(RAISERS) == Interval(Every.AD_HOC)
    assert said((EVERY, "every: ad_hoc")) == [
        f"74:22 {HERE}.every: opens on days that people name, but has no raisers"
    ]


def test_days_that_people_name_have_no_start_and_none_is_skipped() -> None:
    more = (RAISERS[0], RAISERS[1].replace("}", ", starts: finish, suspended: skipped}"))

    assert said(more) == [
        f"75:38 {HERE}.starts: people name every day, so there is no start",
        f"75:57 {HERE}.suspended: people name every day, so none is skipped",
    ]


def test_an_interval_may_be_left_to_each_project() -> None:
    assert interval(BINDERS, (EVERY, "every: unset")) == Interval(Every.UNSET)


def test_an_interval_left_open_needs_somebody_to_choose_it() -> None:
    assert said((EVERY, "every: unset")) == [
        f"74:22 {HERE}.every: is left to each project, but the file has no binders who could choose"
    ]


def test_who_may_name_days_may_stand_where_the_interval_is_left_open() -> None:
    text = changed(BINDERS, (RAISERS[0], RAISERS[1].replace("ad_hoc", "unset")))

    assert refusal(text) == []


def test_runs_of_days_begin_with_the_start_so_that_none_is_cut() -> None:
    assert said((EVERY, "every: {days: 45}, first: full")) == [
        f"74:41 {HERE}.first: only periods of the calendar can have begun before the start"
    ]


@pytest.mark.parametrize("rule", SuspendedPeriod)
def test_a_file_says_whether_a_suspended_period_is_owed(rule: SuspendedPeriod) -> None:
    text = changed((EVERY, f"every: month, suspended: {rule}"))

    cadence = read_workflow(text, "x").tasks["report"].cadence
    assert cadence is not None
    assert cadence.suspended is rule


def test_a_misspelt_rule_for_suspended_periods_is_told_with_the_nearest() -> None:
    (fault,) = said((EVERY, "every: month, suspended: skiped"))

    assert 'must be one of owed, skipped, skipped_if_wholly, not "skiped"' in fault
    assert 'did you mean "skipped"?' in fault


def test_what_runs_on_while_suspended_has_no_suspended_periods() -> None:
    rule = "while_suspended: true\n    cadence: {every: month, suspended: skipped}"

    (fault,) = said(("cadence: {every: month}", rule))
    assert fault.endswith(
        "suspended: its clock runs on (while_suspended), so no period is suspended"
    )
