"""Due days against a clerk who counts one day after another, under any pauses and grants."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from engine.core.calendar import Calendar
from engine.core.definition import DueRule, PauseRule, Roll, Unit
from engine.core.periods import add_months
from engine.core.rows import Grant, Pause
from engine.core.schedule import UNDATED, schedule
from tests.builders import a_calendar

ONE = timedelta(days=1)
COUNTED = (Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.MONTH)
"""The units that a clerk counts on the fingers."""

days = st.dates(date(2016, 1, 1), date(2019, 12, 31))
rules = st.builds(
    DueRule,
    st.just("given"),
    st.integers(-30, 60),
    st.sampled_from(COUNTED),
    st.sampled_from(Roll),
    st.sampled_from(PauseRule),
)


@st.composite
def suspensions(draw: st.DrawFn) -> list[Pause]:
    """Suspensions one after another, the last one perhaps without an end."""
    bounds = sorted(draw(st.lists(days, max_size=8)))
    pauses = [
        Pause(n, "suspended", first, last)
        for n, (first, last) in enumerate(list(pairwise(bounds))[::2], start=1)
    ]
    if len(bounds) % 2:
        pauses.append(Pause(len(pauses) + 1, "suspended", bounds[-1]))
    return pauses


@st.composite
def extensions(draw: st.DrawFn) -> list[Grant]:
    """Requests decided in any way, on any day."""
    units = st.sampled_from([Unit.WORKING_DAY.value, Unit.CALENDAR_DAY.value])
    decisions = st.sampled_from(["granted", "granted", "refused", None])
    found = draw(st.lists(st.tuples(days, decisions, st.integers(1, 40), units), max_size=4))
    return [
        Grant(n, 1, decided_on=on if decision else None, decision=decision, days=count, unit=unit)
        for n, (on, decision, count, unit) in enumerate(found, start=1)
    ]


def counted_by_hand(day: date, count: int, unit: str, calendar: Calendar) -> date:
    """Count days one after another."""
    if unit == "month":
        return add_months(day, count)
    left, pace = abs(count), ONE if count > 0 else -ONE
    while left:
        day += pace
        left -= unit == "calendar_day" or calendar.is_working(day)
    return day


def rolled_by_hand(day: date, roll: Roll, calendar: Calendar) -> date:
    """Go to the next or previous working day, where the day is none."""
    while roll is not Roll.NONE and not calendar.is_working(day):
        day += ONE if roll is Roll.NEXT else -ONE
    return day


def given_back(pause: Pause, rule: PauseRule, opened_on: date, calendar: Calendar) -> int:
    """Count the days of a suspension that the rule gives back."""
    assert pause.from_on is not None
    assert pause.to_on is not None
    day, found = max(pause.from_on, opened_on), 0
    while day < pause.to_on:
        found += rule is PauseRule.CALENDAR_DAYS or calendar.is_working(day)
        day += ONE
    return found


def due_by_hand(
    rule: DueRule,
    anchor: date,
    opened_on: date,
    pauses: Iterable[Pause],
    grants: Iterable[Grant],
    calendar: Calendar,
) -> date:
    """Reckon a due day as the rule says, one event after another."""
    due = counted_by_hand(anchor, rule.count, rule.unit, calendar)
    due = rolled_by_hand(due, rule.roll, calendar)
    events: list[tuple[date, int, Pause | Grant]] = []
    events += [(held.from_on, 0, held) for held in pauses if held.from_on and held.to_on]
    events += [(held.decided_on, 1, held) for held in grants if held.decision == "granted"
               and held.decided_on]  # fmt: skip
    for on, _, event in sorted(events, key=lambda held: held[:2]):
        if isinstance(event, Grant):
            moved = counted_by_hand(due, event.days, event.unit, calendar)
        elif rule.pause is PauseRule.NOTHING or on > due:
            continue
        else:
            unit = "calendar_day" if rule.pause is PauseRule.CALENDAR_DAYS else "working_day"
            number = given_back(event, rule.pause, opened_on, calendar)
            moved = counted_by_hand(due, number, unit, calendar)
        due = rolled_by_hand(moved, rule.roll, calendar) if moved != due else due
    return due


@given(rules, days, days, suspensions(), extensions())
def test_a_due_day_is_what_counting_day_by_day_gives(
    rule: DueRule, anchor: date, opened_on: date, pauses: list[Pause], grants: list[Grant]
) -> None:
    found = schedule(rule, anchor, opened_on, pauses, grants, a_calendar())

    assert found.due == due_by_hand(rule, anchor, opened_on, pauses, grants, a_calendar())
    assert found.original == due_by_hand(rule, anchor, opened_on, [], [], a_calendar())


@given(rules, days, suspensions(), extensions())
def test_the_last_step_leads_to_the_due_day_and_the_first_is_the_anchor(
    rule: DueRule, anchor: date, pauses: list[Pause], grants: list[Grant]
) -> None:
    found = schedule(rule, anchor, anchor, pauses, grants, a_calendar())

    assert (found.steps[0].code, found.steps[0].to) == ("anchor", anchor)
    assert found.steps[-1].to == found.due


@given(rules, days, suspensions(), extensions())
def test_neither_a_suspension_nor_an_extension_makes_a_day_earlier(
    rule: DueRule, anchor: date, pauses: list[Pause], grants: list[Grant]
) -> None:
    if rule.roll is Roll.PREVIOUS:
        return
    found = schedule(rule, anchor, anchor, pauses, grants, a_calendar())

    assert found.original is not None
    assert found.due is not None
    assert found.due >= found.original


@given(rules, days, suspensions(), extensions(), st.randoms(use_true_random=False))
def test_the_order_in_which_they_are_given_makes_no_difference(
    rule: DueRule, anchor: date, pauses: list[Pause], grants: list[Grant], random: object
) -> None:
    moments = [held.from_on for held in pauses] + [held.decided_on for held in grants]
    if len(set(moments)) < len(moments):
        return
    shuffled = [*grants], [*pauses]
    for part in shuffled:
        random.shuffle(part)  # type: ignore[attr-defined]  # a random.Random

    one = schedule(rule, anchor, anchor, pauses, grants, a_calendar())
    other = schedule(rule, anchor, anchor, shuffled[1], shuffled[0], a_calendar())

    assert one.due == other.due


@given(st.integers(1, 60), days, st.sampled_from(PauseRule))
def test_a_due_day_counted_in_working_days_is_one(
    count: int, anchor: date, rule: PauseRule
) -> None:
    found = schedule(DueRule("given", count, pause=rule), anchor, anchor, [], [], a_calendar())

    assert found.due is not None
    assert a_calendar().is_working(found.due)
    more = schedule(DueRule("given", count + 1), anchor, anchor, [], [], a_calendar())
    assert more.due is not None
    assert more.due > found.due


@given(rules, suspensions(), extensions())
def test_what_has_no_anchor_has_no_day(
    rule: DueRule, pauses: list[Pause], grants: list[Grant]
) -> None:
    assert schedule(rule, None, date(2017, 9, 1), pauses, grants, a_calendar()) == UNDATED


@given(st.integers(1, 30), days)
def test_a_count_that_begins_with_its_first_day_ends_one_earlier_when_that_day_is_worked(
    count: int, anchor: date
) -> None:
    after = schedule(DueRule("given", count), anchor, anchor, [], [], a_calendar())
    rule = DueRule("given", count, counts_start=True)
    with_it = schedule(rule, anchor, anchor, [], [], a_calendar())

    expected = counted_by_hand(anchor, count - a_calendar().is_working(anchor), "working_day",
                               a_calendar())  # fmt: skip
    assert with_it.due == expected
    assert after.due is not None
    assert expected <= after.due
