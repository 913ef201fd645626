"""The parts of a due rule: what it counts, whether its first day counts, when its day is over."""

import pytest

from engine.core.definition import CutOff, Unit
from tests.workflows.small_workflow import changed, said
from workflows.reader import read_workflow

STAGE_DUE = 'due: {from: "date:finish"}'
CLOSES = ('opens_at: "09:00"\n', 'opens_at: "09:00"\ncloses_at: "17:30"\n')


def with_due(rule: str) -> tuple[str, str]:
    """Return the swap that gives the first stage another due rule."""
    return (STAGE_DUE, f'due: {{from: "date:finish", {rule}}}')


@pytest.mark.parametrize("unit", [Unit.MONTH_END, Unit.LAST_WORKING_DAY])
def test_a_deadline_may_be_the_last_day_of_a_month(unit: Unit) -> None:
    workflow = read_workflow(changed(with_due(f"count: 1, unit: {unit}")), "x")

    due = workflow.stages["draft"].due
    assert due is not None
    assert (due.unit, due.count) == (unit, 1)


def test_a_misspelt_unit_is_told_with_the_nearest() -> None:
    (fault,) = said(with_due("unit: last_workday"))

    assert "stages.draft.due.unit: must be one of" in fault
    assert 'did you mean "last_working_day"?' in fault


def test_the_first_day_counts_where_the_file_says_so() -> None:
    workflow = read_workflow(changed(with_due("count: 5, counts_start: true")), "x")

    due = workflow.stages["draft"].due
    assert due is not None
    assert due.counts_start


@pytest.mark.parametrize("rule", ["counts_start: true", "count: -3, counts_start: true"])
def test_a_first_day_needs_days_that_follow_it(rule: str) -> None:
    (fault,) = said(with_due(rule))

    assert fault.endswith("due.counts_start: needs a count of at least 1 to be the first day of")


def test_the_end_of_a_month_has_no_first_day() -> None:
    (fault,) = said(with_due("count: 1, unit: month_end, counts_start: true"))

    assert fault.endswith("month_end counts no days, so it has no first one")


def test_a_given_day_is_not_the_end_of_a_month() -> None:
    assert said(("{from: given}", "{from: given, unit: month_end}")) == [
        "68:30 tracks.issue.due.unit: what is given is counted in working days"
    ]


def test_a_deadline_may_end_at_close_of_business() -> None:
    workflow = read_workflow(changed(CLOSES, with_due("until: close")), "x")

    due = workflow.stages["draft"].due
    assert due is not None
    assert (due.until, workflow.closes_at) == (CutOff.CLOSE, "17:30")


def test_close_of_business_needs_an_hour() -> None:
    (fault,) = said(with_due("until: close"))

    assert fault.endswith(
        'due.until: close needs closes_at at the top of the file, such as "17:30"'
    )


@pytest.mark.parametrize("hour", ["09:00", "08:59"])
def test_an_office_closes_after_it_opens(hour: str) -> None:
    assert said((CLOSES[0], CLOSES[1].replace("17:30", hour))) == [
        '6:12 closes_at: must be later than opens_at, "09:00"'
    ]


def test_an_hour_is_written_with_its_minutes() -> None:
    (fault,) = said((CLOSES[0], CLOSES[1].replace("17:30", "5pm")))

    assert "closes_at: must be a time of day" in fault


@pytest.mark.parametrize("unit", [Unit.MONTH_END, Unit.LAST_WORKING_DAY])
def test_more_time_is_no_number_of_last_days(unit: Unit) -> None:
    rule = f"correctors: [chief]\nextension: {{askers: [clerk], deciders: [chief], unit: {unit}}}"

    (fault,) = said(("correctors: [chief]", rule))

    assert "extension.unit: must be one of working_day, calendar_day, month" in fault
