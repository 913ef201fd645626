"""Cadences of runs of days, of days that people name, and of an interval to be chosen."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from engine.core.commands import ChooseInterval, Command
from engine.core.cycles import Stretch, read_occasion
from engine.core.definition import Workflow
from engine.core.gaps import Gap, gaps
from engine.core.lamps import Light
from engine.core.recurrence import Every, Interval, SuspendedPeriod
from engine.core.rows import ChosenInterval, TaskRow
from tests.builders import Story, a_project, a_workflow
from tests.core.asks import act, ask, choose, day, grant, raised, record

VISITS = "supervision"


def recurring(every: Every, days: int = 0, **more: Any) -> Workflow:
    """Return the pilot whose supervision recurs at another interval."""
    workflow = a_workflow()
    task = workflow.tasks[VISITS]
    assert task.cadence is not None
    named = every in (Every.AD_HOC, Every.UNSET)
    own = {key: more.pop(key) for key in ("raisers", "while_suspended") if key in more}
    changed = replace(
        task,
        cadence=replace(task.cadence, interval=Interval(every, days), **more),
        **{"raisers": ("supervisor",) if named else (), **own},
    )
    return replace(workflow, tasks={**workflow.tasks, VISITS: changed})


def running(every: Every, days: int = 0, *, dates: Mapping[str, str | None] | None = None,
            **more: Any) -> Story:  # fmt: skip
    """Return such a project in its implementation since 15 November 2017."""
    return a_project("implementation", workflow=recurring(every, days, **more), dates=dates)


def owed(story: Story) -> list[str | None]:
    """Return the periods opened, oldest first."""
    return [row.period for row in story.rows(VISITS)]


def interval(every: str, days: int | None = None) -> Command:
    """Choose how often the visits recur."""
    return ChooseInterval(VISITS, every, days, "定期")


def test_runs_of_days_follow_one_another_from_the_start() -> None:
    story = running(Every.DAYS, 45)
    story.tick("2018-05-31")

    ends = {row.period: (row.opened_on, row.due) for row in story.rows(VISITS)}
    assert ends == {
        "2018-01-01..2018-02-14": (day("2018-01-01"), day("2018-02-14")),
        "2018-02-15..2018-03-31": (day("2018-02-15"), day("2018-03-31")),
        "2018-04-01..2018-05-15": (day("2018-04-01"), day("2018-05-15")),
        "2018-05-16..2018-06-29": (day("2018-05-16"), day("2018-06-29")),
    }


def test_a_visit_meets_the_run_in_which_it_happened() -> None:
    story = running(Every.DAYS, 45)
    story.do("supervisor", record(VISITS), "2018-03-31", known="2018-06-01")

    met = [row.period for row in story.rows(VISITS) if row.status == "done"]
    assert met == ["2018-02-15..2018-03-31"]


@pytest.mark.parametrize("mark", ["2018-02-15..2018-03-31", "2018-02-15"])
def test_a_run_is_named_by_both_its_ends_or_by_its_first_day(mark: str) -> None:
    story = running(Every.DAYS, 45)
    story.tick("2018-04-10")

    story.do("supervisor", record(VISITS, period=mark), "2018-04-10")

    assert story.row(VISITS, "2018-02-15..2018-03-31").status == "done"


def test_what_was_missed_stays_open_and_its_deadline_is_extended_by_its_name() -> None:
    story = running(Every.DAYS, 30)
    story.tick("2018-01-20")
    mark = "2018-01-01..2018-01-30"
    story.do("county", ask(VISITS, 5, period=mark), "2018-01-25")
    story.do("lead", grant(VISITS, 5, period=mark), "2018-01-26")
    story.tick("2018-03-05")

    assert {row.status for row in story.rows(VISITS)} == {"open"}
    assert story.row(VISITS, mark).due == day("2018-02-06")


def test_a_start_chosen_later_begins_new_runs_that_overlap_none_opened() -> None:
    story = running(Every.DAYS, 30)
    story.tick("2018-02-01")
    story.do("county", choose("cadence_from", "2018-02-10"), "2018-02-05")
    story.tick("2018-04-15")

    assert owed(story) == [
        "2018-01-01..2018-01-30", "2018-01-31..2018-03-01", "2018-03-02..2018-03-31",
        "2018-04-01..2018-04-30",
    ]  # fmt: skip


def test_a_run_is_read_from_its_key_and_from_nothing_else() -> None:
    run = Stretch(day("2018-03-16"), day("2018-04-29"))

    assert read_occasion(run.key) == run
    assert read_occasion("2018-03-16") == Stretch(day("2018-03-16"), day("2018-03-16"))
    for key in ("2018-03-16..", "2018-02-30", "2018-04-29..2018-03-16", "16.3.2018"):
        with pytest.raises(ValueError, match=r"period|run of days"):
            read_occasion(key)


def test_an_ad_hoc_cadence_opens_nothing_by_itself() -> None:
    story = running(Every.AD_HOC)
    story.tick("2018-12-31")

    series = [row for row in story.state.rows(TaskRow) if (row.key, row.kind) == (VISITS, "series")]
    assert owed(story) == []
    assert [row.next_at for row in series] == [None]
    assert story.codes("supervisor", record(VISITS), "2018-12-31") == ["task_not_open"]


def test_a_person_names_the_day_and_the_rule_says_when_it_is_due() -> None:
    story = running(Every.AD_HOC)
    story.do("supervisor", raised("2018-03-16", VISITS, days=None), "2018-03-12")

    row = story.row(VISITS)
    assert (row.period, row.ref, row.opened_on) == ("2018-03-16", None, day("2018-03-12"))
    assert (row.due, row.title) == (day("2018-03-16"), "about 2018-03-16")

    story.do("supervisor", record(VISITS), "2018-03-16")
    assert story.row(VISITS).status == "done"


def test_a_named_day_that_is_missed_stays_open_and_turns_red() -> None:
    story = running(Every.AD_HOC)
    story.do("supervisor", raised("2018-03-16", VISITS, days=None), "2018-03-12")
    story.tick("2018-03-19")

    assert story.lamp("2018-03-19").light is Light.OVERDUE
    story.do("supervisor", record(VISITS), "2018-03-20")
    assert story.row(VISITS).done_on == day("2018-03-20")


def test_of_several_named_days_the_one_meant_is_named() -> None:
    story = running(Every.AD_HOC)
    for on in ("2018-03-16", "2018-03-20"):
        story.do("supervisor", raised(on, VISITS, days=None), "2018-03-12")

    assert story.codes("supervisor", record(VISITS), "2018-03-22") == ["which_task"]
    story.do("supervisor", record(VISITS, period="2018-03-16"), "2018-03-22")
    assert [row.status for row in story.rows(VISITS)] == ["done", "open"]


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (raised("next week", VISITS, days=None), "occasion_not_a_day"),
        (raised("20180316", VISITS, days=None), "occasion_not_a_day"),
        (raised("2018-03-11", VISITS, days=None), "due_before_start"),
        (raised("2018-03-16", VISITS, days=5), "occasion_due"),
        (raised("2018-03-16", VISITS, days=None, due="2018-03-20"), "occasion_due"),
    ],
)
def test_a_named_day_is_a_day_to_come_and_nothing_more(command: Command, code: str) -> None:
    assert running(Every.AD_HOC).codes("supervisor", command, "2018-03-12") == [code]


def test_a_day_is_named_once_and_by_those_who_may() -> None:
    story = running(Every.AD_HOC)
    again = raised("2018-03-16", VISITS, days=None)
    story.do("supervisor", again, "2018-03-12")

    assert story.codes("supervisor", again, "2018-03-13") == ["reference_taken"]
    assert story.codes("liaison", again, "2018-03-13") == ["role_missing"]


def test_a_cadence_of_the_calendar_takes_no_named_days() -> None:
    story = running(Every.MONTH, raisers=("supervisor",))

    assert story.codes("supervisor", raised("2018-03-16", VISITS, days=None)) == ["not_raisable"]


def test_no_day_is_named_before_the_cadence_has_opened() -> None:
    story = a_project(workflow=recurring(Every.AD_HOC))

    assert story.codes("supervisor", raised("2018-03-16", VISITS, days=None)) == ["task_not_open"]


def test_an_interval_not_set_is_a_gap_and_opens_nothing() -> None:
    story = running(Every.UNSET)
    story.tick("2018-06-30")

    assert owed(story) == []
    assert gaps(story.state, story.workflow) == (Gap("interval_unset", VISITS, "county"),)
    (reason,) = story.refusal("supervisor", record(VISITS), "2018-06-30")
    assert (reason.code, reason.holder, reason.lift) == (
        "interval_unset", "county", "project interval",
    )  # fmt: skip


def test_a_gap_is_listed_from_the_opening_to_the_close() -> None:
    story = a_project(workflow=recurring(Every.UNSET))
    assert len(gaps(story.state, story.workflow)) == 1

    story.do("lead", act("terminate", "other"), "2017-10-09")
    assert gaps(story.state, story.workflow) == ()


def test_a_coordinator_sets_the_interval_and_periods_are_owed_from_then_on() -> None:
    story = running(Every.UNSET)
    story.do("county", interval("month"), "2018-03-10")
    story.tick("2018-05-02")

    assert gaps(story.state, story.workflow) == ()
    assert owed(story) == ["2018-03", "2018-04", "2018-05"]
    (held,) = story.state.rows(ChosenInterval)
    assert (held.key, held.every, held.words, held.on, held.chosen_by) == (
        VISITS, "month", "定期", day("2018-03-10"), "county",
    )  # fmt: skip


def test_what_is_chosen_stands_in_the_trail() -> None:
    decision = running(Every.UNSET).do("county", interval("days", 45), "2018-03-10")

    assert (decision.kind, decision.deed) == ("interval.chosen", VISITS)
    assert decision.facts == {"task": VISITS, "every": "days", "days": 45, "words": "定期"}


def test_an_interval_chosen_before_the_start_holds_from_the_start() -> None:
    story = a_project(workflow=recurring(Every.UNSET))
    story.do("county", interval("days", 30), "2017-09-05")
    late = running(Every.UNSET)
    late.do("county", interval("days", 30), "2017-12-01")
    late.tick("2018-02-01")

    assert owed(late) == ["2018-01-01..2018-01-30", "2018-01-31..2018-03-01"]
    assert gaps(story.state, story.workflow) == ()


def test_another_interval_changes_the_periods_to_come_and_overlaps_none_opened() -> None:
    story = running(Every.UNSET)
    story.do("county", interval("quarter"), "2018-01-05")
    story.tick("2018-02-01")
    story.do("county", interval("month"), "2018-02-10")
    story.tick("2018-05-02")
    story.do("county", interval("days", 20), "2018-05-10")
    story.tick("2018-06-05")

    assert owed(story) == ["2018Q1", "2018-04", "2018-05", "2018-06-01..2018-06-20"]


def test_an_interval_may_be_chosen_as_named_days() -> None:
    story = running(Every.UNSET)
    named = raised("2018-03-16", VISITS, days=None)
    assert story.codes("supervisor", named, "2018-03-12") == ["interval_unset"]

    story.do("county", interval("ad_hoc"), "2018-03-12")
    story.do("supervisor", named, "2018-03-12")

    assert owed(story) == ["2018-03-16"]


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (interval("week"), "interval_unknown"),
        (interval("unset"), "interval_unknown"),
        (interval("days"), "interval_days"),
        (interval("days", 0), "interval_days"),
        (interval("days", 3661), "interval_days"),
        (interval("month", 5), "interval_days"),
        (ChooseInterval("quarterly_evaluation", "month"), "interval_fixed"),
        (ChooseInterval("mechanism", "month"), "interval_fixed"),
        (ChooseInterval("nothing", "month"), "unknown_task"),
    ],
)
def test_only_an_interval_that_is_open_is_chosen_and_only_one_there_is(
    command: Command, code: str
) -> None:
    assert running(Every.UNSET).codes("county", command, "2018-01-05") == [code]


def test_only_those_who_choose_dates_choose_intervals() -> None:
    assert running(Every.UNSET).codes("supervisor", interval("month")) == ["role_missing"]


def test_without_anybody_to_name_days_they_cannot_be_chosen() -> None:
    (reason,) = running(Every.UNSET, raisers=()).refusal("county", interval("ad_hoc"))

    assert reason.facts["known"] == "month, quarter, half_year, year, days"


def suspended(rule: SuspendedPeriod, first: str, resumed: str, **more: Any) -> Story:
    """Return a project supervised monthly that was suspended for a while; it is May 2018."""
    story = running(Every.MONTH, suspended=rule, **more)
    story.tick("2018-02-10")
    story.do("county", act("suspend", "other"), first)
    story.do("county", act("resume", note="on"), resumed)
    story.tick("2018-05-02")
    return story


def states(story: Story) -> dict[str | None, str]:
    """Return what became of each period."""
    return {row.period: row.status for row in story.rows(VISITS)}


def test_a_period_may_be_owed_though_it_was_suspended_from_end_to_end() -> None:
    story = suspended(SuspendedPeriod.OWED, "2018-02-20", "2018-04-10")

    assert states(story) == dict.fromkeys(
        ["2018-01", "2018-02", "2018-03", "2018-04", "2018-05"], "open"
    )


def test_a_period_may_be_skipped_of_which_a_single_day_was_suspended() -> None:
    story = suspended(SuspendedPeriod.SKIPPED, "2018-02-28", "2018-04-02")

    assert states(story) == {"2018-01": "open", "2018-02": "lapsed", "2018-05": "open"}


def test_a_day_that_only_touches_the_end_skips_nothing_more() -> None:
    story = suspended(SuspendedPeriod.SKIPPED, "2018-03-01", "2018-04-01")

    assert states(story) == {
        "2018-01": "open", "2018-02": "open", "2018-04": "open", "2018-05": "open",
    }  # fmt: skip


def test_what_was_done_in_a_period_that_is_skipped_stays_done() -> None:
    story = running(Every.MONTH, suspended=SuspendedPeriod.SKIPPED)
    story.do("supervisor", record(VISITS), "2018-02-10")
    story.do("county", act("suspend", "other"), "2018-02-20")
    story.do("county", act("resume", note="on"), "2018-02-26")

    assert states(story) == {"2018-01": "open", "2018-02": "done"}


def test_a_period_opened_and_suspended_on_its_first_day_is_not_owed_either() -> None:
    story = running(Every.MONTH)
    story.tick("2018-02-01")
    story.do("county", act("suspend", "other"), "2018-02-01")
    story.do("county", act("resume", note="on"), "2018-03-01")

    assert states(story) == {"2018-01": "open", "2018-02": "lapsed", "2018-03": "open"}


def test_two_suspensions_back_to_back_cover_a_period_like_one() -> None:
    story = running(Every.MONTH)
    story.tick("2018-01-20")
    for first, last in (("2018-01-25", "2018-02-12"), ("2018-02-12", "2018-03-05")):
        story.do("county", act("suspend", "other"), first)
        story.do("county", act("resume", note="on"), last)

    assert states(story) == {"2018-01": "open", "2018-02": "lapsed", "2018-03": "open"}


def test_what_runs_on_while_suspended_is_never_skipped() -> None:
    story = suspended(
        SuspendedPeriod.SKIPPED_IF_WHOLLY, "2018-02-20", "2018-04-10", while_suspended=True
    )

    assert set(states(story).values()) == {"open"}
    assert len(states(story)) == 5


def test_a_named_day_stays_owed_whatever_was_suspended() -> None:
    story = running(Every.AD_HOC)
    story.do("supervisor", raised("2018-03-16", VISITS, days=None), "2018-03-12")
    story.do("county", act("suspend", "other"), "2018-03-14")
    story.do("county", act("resume", note="on"), "2018-04-10")

    assert states(story) == {"2018-03-16": "open"}
