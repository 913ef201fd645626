"""Due days by example: anchors, units, rolls, provisional years, and the steps behind them."""

from datetime import date

import pytest

from engine.core.definition import DueRule, PauseRule, Roll, Unit
from engine.core.rows import Grant, Pause
from engine.core.schedule import Schedule, schedule
from tests.builders import a_calendar, a_project, a_trial
from tests.core.asks import ask, choose, day, grant, raised


def due(
    rule: DueRule, anchor: str, pauses: tuple[Pause, ...] = (), grants: tuple[Grant, ...] = ()
) -> Schedule:
    """Return a due day on the shipped calendar."""
    return schedule(rule, day(anchor), day(anchor), pauses, grants, a_calendar())


def granted(on: str, days: int, unit: str = "working_day") -> Grant:
    """Return an extension granted on a day."""
    return Grant(1, 1, decided_on=day(on), decision="granted", days=days, unit=unit)


CASES = [
    (DueRule("x", 5), "2017-10-24", "2017-10-31"),
    (DueRule("x", 3), "2017-09-29", "2017-10-10"),
    (DueRule("x", 0), "2017-10-01", "2017-10-01"),
    (DueRule("x", -10, Unit.CALENDAR_DAY, Roll.NEXT), "2018-05-31", "2018-05-21"),
    (DueRule("x", 1, Unit.MONTH), "2018-01-31", "2018-02-28"),
    (DueRule("x", 1, Unit.MONTH, Roll.PREVIOUS), "2018-06-30", "2018-07-30"),
    (DueRule("x", 1, Unit.MONTH_END), "2018-01-15", "2018-02-28"),
    (DueRule("x", 0, Unit.LAST_WORKING_DAY), "2017-09-05", "2017-09-30"),
    (DueRule("x", 0, roll=Roll.NEXT), "2017-10-01", "2017-10-09"),
    (DueRule("x", 0, roll=Roll.PREVIOUS), "2017-10-01", "2017-09-30"),
]


@pytest.mark.parametrize(("rule", "anchor", "expected"), CASES)
def test_a_rule_counts_from_its_anchor(rule: DueRule, anchor: str, expected: str) -> None:
    assert due(rule, anchor).due == day(expected)


def test_a_day_come_to_by_an_extension_rolls_like_the_first_one() -> None:
    rule = DueRule("x", roll=Roll.NEXT)

    found = due(rule, "2017-11-30", grants=(granted("2017-11-21", 10, "calendar_day"),))

    assert found.due == day("2017-12-11")  # 10 December is a Sunday
    assert [step.code for step in found.steps] == ["anchor", "count", "extension", "roll"]


def test_suspension_and_extension_apply_in_the_order_in_which_they_happened() -> None:
    pause = Pause(1, "suspended", day("2017-12-04"), day("2017-12-06"))

    after_the_grant = due(DueRule("x"), "2017-11-30", (pause,), (granted("2017-11-29", 5),))
    before_the_grant = due(DueRule("x"), "2017-11-30", (pause,), (granted("2017-12-07", 5),))

    assert after_the_grant.due == day("2017-12-11")  # the pause lies before the extended day
    assert before_the_grant.due == day("2017-12-07")  # it began when the day had passed


def test_a_year_without_its_notice_gives_a_provisional_day() -> None:
    known = a_calendar().known_on(day("2017-06-01"))
    rule = DueRule("x", 5)

    settled = schedule(rule, day("2017-12-18"), day("2017-12-18"), (), (), known)
    crossing = schedule(rule, day("2017-12-28"), day("2017-12-28"), (), (), known)

    assert (settled.provisional, crossing.provisional) == (False, True)
    assert crossing.due is not None


def test_the_steps_name_the_weekdays_off_and_the_weekend_days_worked() -> None:
    _, step = due(DueRule("x", 3), "2017-09-29").steps

    assert step.work == (date(2017, 9, 30),)
    assert step.off == tuple(date(2017, 10, n) for n in (2, 3, 4, 5, 6))


def test_a_pause_of_nothing_leaves_no_step() -> None:
    pause = Pause(1, "suspended", day("2017-11-20"), day("2017-11-27"))

    found = due(DueRule("x", pause=PauseRule.NOTHING), "2017-11-30", (pause,))

    assert [step.code for step in found.steps] == ["anchor", "count"]


def test_the_plan_is_not_late_on_the_day_of_the_notice_when_it_is_read_as_september() -> None:
    # Trap T1: 2017年9月前 in a notice of 2017-08-31; the reading chosen is the end of September.
    story = a_project(opened_on="2017-08-31", dates={"plan_finish": "2017-09-30"})

    assert story.lamp("2017-08-31").light == "normal"
    assert story.lamp("2017-09-30").light == "due_soon"


def test_a_task_without_a_rule_is_undated_and_legal() -> None:
    row = a_project().row("work_plan")

    assert (row.due, row.original_due, row.calendar, row.next_at) == (None, None, None, None)


def test_a_stored_day_says_which_calendar_it_was_reckoned_with() -> None:
    assert a_project().row("plan").calendar == a_calendar().version


def test_choosing_a_date_dates_what_was_undated_without_a_new_term() -> None:
    story = a_project("implementation", dates={"planned_end": None})
    assert story.row("implementation").due is None

    story.do("county", choose("planned_end", "2018-09-28"), "2017-11-20")

    row = story.row("implementation")
    assert (row.due, row.term) == (day("2018-09-28"), 0)


def test_leaving_a_date_open_again_undates_what_hangs_on_it() -> None:
    story = a_project("implementation")

    story.do("county", choose("planned_end", None, words="by the end"), "2017-11-20")

    row = story.row("implementation")
    assert (row.due, row.next_at, row.calendar) == (None, None, None)


def test_the_words_of_the_source_stay_beside_the_day() -> None:
    story = a_project("implementation")

    assert story.row("implementation").words == "在项目实施中（通知未写起止日）"
    assert story.row("supervision" if story.rows("supervision") else "mechanism").words is None


def test_a_day_moves_only_when_something_it_hangs_on_moves() -> None:
    story = a_project("implementation")
    story.do("county", raised("Q-1"), "2017-12-04")
    before = story.row("implementation")

    story.do("county", choose("convert_finish", "2018-12-31"), "2017-12-05")
    story.do("county", ask("mechanism", 5), "2017-12-05")
    story.do("lead", grant("mechanism", 5), "2017-12-06")

    assert story.row("implementation") == before


def test_a_stage_counts_from_its_entry_and_a_task_from_its_opening() -> None:
    story = a_trial()

    assert story.row("apply").due == day("2018-02-08")  # a month after Monday 8 January
    assert story.row("request").due == day("2018-01-22")  # ten working days
