"""Cadences: the first period, the periods to come, what is missed, skipped and ended."""

from dataclasses import replace

import pytest

from engine.core.recurrence import FirstPeriod
from engine.core.rows import TaskRow
from tests.builders import Story, a_project, a_trial, a_workflow
from tests.core.asks import act, ask, choose, day, record, submit
from tests.core.ways import TRIAL

MONTHLY = "supervision"
ALL = (MONTHLY, "quarterly_evaluation", "half_year_summary")


def owed(story: Story, key: str = MONTHLY) -> list[str | None]:
    """Return the periods of a cadence that have been opened, oldest first."""
    return [row.period for row in story.rows(key)]


def started(on: str, until: str, **dates: str | None) -> Story:
    """Return a pilot whose cadences start on a day, as the clock finds it on another."""
    story = a_project("implementation", dates={"cadence_from": on, **dates})
    story.tick(until)
    return story


def test_no_occurrence_is_owed_before_2018_although_the_project_runs_since_2017() -> None:
    story = a_project("implementation")
    assert [owed(story, key) for key in ALL] == [[], [], []]

    story.tick("2017-12-31")
    assert [owed(story, key) for key in ALL] == [[], [], []]

    story.tick("2018-01-01")
    assert [owed(story, key) for key in ALL] == [["2018-01"], ["2018Q1"], ["2018H1"]]


def test_a_visit_of_2017_meets_no_period() -> None:
    story = a_project("implementation")

    assert story.codes("supervisor", record(MONTHLY), "2017-12-20") == ["task_not_open"]


@pytest.mark.parametrize(
    ("on", "first"),
    [
        ("2018-03-01", ["2018-03", "2018Q2", "2018H1"]),  # 31 of 90 days
        ("2018-03-15", ["2018-03", "2018Q2", "2018H1"]),  # 17 of 31, 17 of 90, 108 of 181 days
        ("2018-03-17", ["2018-04", "2018Q2", "2018H1"]),  # 15 of 31 days
        ("2018-02-15", ["2018-02", "2018Q1", "2018H1"]),  # 14 of 28 days are half, 45 of 90 too
        ("2018-02-16", ["2018-03", "2018Q2", "2018H1"]),
        ("2018-06-19", ["2018-07", "2018Q3", "2018H2"]),  # 12 of 30 days
        ("2018-06-16", ["2018-06", "2018Q3", "2018H2"]),  # 15 of 30 days are half
    ],
)
def test_the_period_in_which_a_cadence_begins_is_owed_when_half_of_it_remains(
    on: str, first: list[str]
) -> None:
    story = started(on, "2018-12-31")

    assert [owed(story, key)[0] for key in ALL] == first


def test_a_cadence_that_asks_for_full_periods_leaves_out_a_month_begun() -> None:
    story = a_trial().go(TRIAL["trial"][:-1])
    story.do("officer", act("begin"), "2018-02-02")
    story.tick("2018-04-05")
    on_the_first = a_trial("trial")
    on_the_first.tick("2018-04-05")

    assert owed(story, "usage_log") == ["2018-03", "2018-04"]
    assert owed(on_the_first, "usage_log") == ["2018-02", "2018-03", "2018-04"]


def test_a_cadence_may_ask_for_its_first_period_however_little_is_left_of_it() -> None:
    workflow = a_workflow()
    monthly = workflow.tasks[MONTHLY]
    assert monthly.cadence is not None
    always = replace(monthly, cadence=replace(monthly.cadence, first=FirstPeriod.ALWAYS))
    changed = replace(workflow, tasks={**workflow.tasks, MONTHLY: always})
    story = a_project("implementation", workflow=changed, dates={"cadence_from": "2018-03-31"})
    story.tick("2018-04-01")

    assert owed(story) == ["2018-03", "2018-04"]


def test_every_period_opens_on_its_first_day_and_is_due_at_its_end() -> None:
    story = started("2018-01-01", "2018-06-30")

    ends = {row.period: (row.opened_on, row.due) for row in story.rows(MONTHLY)}
    assert ends == {
        "2018-01": (day("2018-01-01"), day("2018-01-31")),
        "2018-02": (day("2018-02-01"), day("2018-02-28")),
        "2018-03": (day("2018-03-01"), day("2018-03-31")),
        "2018-04": (day("2018-04-01"), day("2018-04-30")),
        "2018-05": (day("2018-05-01"), day("2018-05-31")),
        "2018-06": (day("2018-06-01"), day("2018-06-30")),
    }


def test_a_leap_february_ends_on_its_29th() -> None:
    story = started("2020-01-01", "2020-02-29")

    assert story.row(MONTHLY, "2020-02").due == day("2020-02-29")


def test_days_after_the_period_are_counted_as_the_rule_says() -> None:
    story = started("2018-01-01", "2018-06-30")

    # Ten working days after 31 March, over the tomb-sweeping days of 5 to 7 April.
    assert story.row("quarterly_evaluation", "2018Q1").due == day("2018-04-16")
    assert story.row("half_year_summary", "2018H1").due == day("2018-07-10")


def test_the_cadences_of_one_project_make_eighteen_occurrences_a_year() -> None:
    story = started("2018-01-01", "2018-12-31")

    assert [len(owed(story, key)) for key in ALL] == [12, 4, 2]


def test_a_visit_meets_the_month_in_which_it_happened() -> None:
    story = started("2018-01-01", "2018-05-10")

    story.do("supervisor", record(MONTHLY), "2018-03-20", known="2018-05-10")

    met = {row.period: row.status for row in story.rows(MONTHLY)}
    assert met["2018-03"] == "done"
    assert {status for period, status in met.items() if period != "2018-03"} == {"open"}


def test_a_record_may_name_the_period_it_is_for() -> None:
    story = started("2018-01-01", "2018-04-10")

    story.do("judge1", record("quarterly_evaluation", period="2018Q1", score="88"), "2018-04-10")

    row = story.row("quarterly_evaluation", "2018Q1")
    assert (row.status, row.outcome, row.done_on) == ("done", "88", day("2018-04-10"))


def test_a_second_visit_in_a_month_stands_beside_the_first() -> None:
    story = started("2018-01-01", "2018-03-31")
    story.do("supervisor", record(MONTHLY), "2018-03-10", known="2018-03-31")

    story.do("supervisor", record(MONTHLY), "2018-03-24", known="2018-03-31")

    assert [row.status for row in story.rows(MONTHLY)] == ["open", "open", "done"]
    assert story.row(MONTHLY, "2018-03").done_on == day("2018-03-10")


def test_a_visit_opens_its_month_when_the_clock_has_not_come_to_it() -> None:
    story = a_project("implementation")

    story.do("supervisor", record(MONTHLY), "2018-02-10")

    assert [(row.period, row.status) for row in story.rows(MONTHLY)] == [
        ("2018-01", "open"), ("2018-02", "done"),
    ]  # fmt: skip


def test_what_was_missed_stays_open() -> None:
    story = started("2018-01-01", "2018-12-31")

    assert {row.status for row in story.rows(MONTHLY)} == {"open"}


def test_closing_ends_what_is_open_and_opens_nothing_more() -> None:
    story = started("2018-01-01", "2018-05-10")
    story.do("lead", act("terminate", "other"), "2018-05-11")
    story.tick("2018-12-31")

    assert {row.status for row in story.rows(MONTHLY)} == {"ended"}
    assert len(owed(story)) == 5


def test_a_period_spent_wholly_in_suspension_is_not_owed() -> None:
    story = started("2018-01-01", "2018-01-10")
    story.do("county", act("suspend", "force_majeure"), "2018-01-20")
    story.do("county", act("resume", note="on"), "2018-04-05")
    story.tick("2018-05-02")

    assert owed(story) == ["2018-01", "2018-04", "2018-05"]
    assert owed(story, "quarterly_evaluation") == ["2018Q1", "2018Q2"]


def test_the_present_period_opens_with_the_resumption_not_only_when_the_clock_comes_by() -> None:
    story = started("2018-01-01", "2018-01-10")
    story.do("county", act("suspend", "force_majeure"), "2018-01-20")

    story.do("county", act("resume", note="on"), "2018-04-05")

    assert owed(story) == ["2018-01", "2018-04"]


def test_a_suspension_from_the_first_day_to_the_last_covers_a_period() -> None:
    story = started("2018-01-01", "2018-01-10")
    story.do("county", act("suspend", "force_majeure"), "2018-02-01")
    story.do("county", act("resume", note="on"), "2018-03-01")
    story.tick("2018-03-02")

    assert owed(story) == ["2018-01", "2018-03"]


def test_a_day_less_and_the_period_is_owed() -> None:
    story = started("2018-01-01", "2018-01-10")
    story.do("county", act("suspend", "force_majeure"), "2018-02-01")
    story.do("county", act("resume", note="on"), "2018-02-28")
    story.tick("2018-03-02")

    assert owed(story) == ["2018-01", "2018-02", "2018-03"]


def test_nothing_opens_a_period_during_a_suspension() -> None:
    story = started("2018-01-01", "2018-01-10")
    story.do("county", act("suspend", "force_majeure"), "2018-01-20")
    asked = ask(MONTHLY, period="2018-03")

    series = [row for row in story.state.rows(TaskRow) if row.kind == "series"]
    assert [row.next_at for row in series] == [None] * 3
    assert story.codes("county", asked, "2018-03-05") == ["task_not_open"]
    assert story.tick("2018-03-31").facts["opened"] == []


def test_a_cadence_without_a_start_waits_for_one() -> None:
    story = a_project("implementation", dates={"cadence_from": None})
    story.tick("2018-06-30")
    assert owed(story) == []

    story.do("county", choose("cadence_from", "2018-05-01"), "2018-06-30")
    story.tick("2018-06-30")

    assert owed(story) == ["2018-05", "2018-06"]


def test_a_start_chosen_later_changes_the_periods_to_come_only() -> None:
    story = started("2018-01-01", "2018-02-10")

    story.do("county", choose("cadence_from", "2018-06-01"), "2018-02-12")
    story.tick("2018-07-05")

    assert owed(story) == ["2018-01", "2018-02", "2018-06", "2018-07"]


def test_a_project_that_starts_late_owes_nothing_for_the_time_before() -> None:
    story = a_project("implementation", dates={"cadence_from": "2017-01-01"})
    story.tick("2018-01-01")

    assert owed(story) == ["2017-11", "2017-12", "2018-01"]  # 15 November is half of November


def test_a_month_needs_its_paper_where_the_cadence_is_one_of_papers() -> None:
    story = a_trial("trial")
    story.tick("2018-03-05")

    story.do("user1", submit("usage_log"), "2018-02-20", known="2018-03-05")

    met = {row.period: row.status for row in story.rows("usage_log")}
    assert met == {"2018-02": "done", "2018-03": "open"}


def test_the_series_itself_is_never_owed_or_late() -> None:
    story = started("2018-01-01", "2018-12-31")

    series = [row for row in story.state.rows(TaskRow) if row.kind == "series"]
    assert [(row.due, row.rung) for row in series] == [(None, 0)] * 3
