"""Cadences over two years, from any start: no period skipped, none doubled, the last days right."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from engine.core.cadences import next_occasion
from engine.core.cycles import Occasion, occasion_at, read_occasion
from engine.core.definition import Workflow
from engine.core.recurrence import Cadence, Every, FirstPeriod, Interval, SuspendedPeriod
from engine.core.rows import Pause, TaskRow
from engine.core.state import Draft, State
from tests.builders import a_workflow

ONE = timedelta(days=1)
KEY = "supervision"
MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: 12}

ends = st.builds(
    lambda year, month, back: date(year, month, monthrange(year, month)[1]) - back * ONE,
    st.integers(2016, 2024), st.integers(1, 12), st.integers(0, 3),
)  # fmt: skip
"""The last four days of a month: in every month that has them, the 28th to the 31st."""
starts = st.one_of(ends, st.dates(date(2016, 1, 1), date(2024, 12, 31)))
natural = st.sampled_from([*MONTHS]).map(Interval)
runs = st.integers(1, 400).map(lambda days: Interval(Every.DAYS, days))
firsts = st.sampled_from(FirstPeriod)
rules = st.sampled_from(SuspendedPeriod)


def opened(
    interval: Interval,
    begun: date,
    until: date,
    first: FirstPeriod = FirstPeriod.ALWAYS,
    rule: SuspendedPeriod = SuspendedPeriod.OWED,
    pauses: tuple[Pause, ...] = (),
) -> list[Occasion]:
    """Return the periods that a cadence opens until a day, one after another."""
    task = replace(a_workflow().tasks[KEY], cadence=Cadence(interval, None, first, rule))
    workflow: Workflow = replace(a_workflow(), tasks={KEY: task})
    row = TaskRow(1, key=KEY, kind="series", opened_on=begun)
    state = State("p", tables={Pause.table: {pause.n: pause for pause in pauses}})
    found: list[Occasion] = []
    while (held := next_occasion(Draft(state), workflow, row)) and held.first <= until:
        found.append(held)
        row = replace(row, period=held.key)
    return found


def two_years(begun: date) -> date:
    """Return the last day of the two years that begin on a day."""
    return begun + timedelta(days=730)


def month_of(day: date, every: Every) -> int:
    """Return which month, quarter, half-year or year of all a day lies in."""
    return (day.year * 12 + day.month - 1) // MONTHS[every]


@given(natural, starts)
@example(Interval(Every.MONTH), date(2018, 1, 31))
@example(Interval(Every.MONTH), date(2020, 2, 29))
def test_every_day_of_two_years_lies_in_one_period_of_the_calendar(
    interval: Interval, begun: date
) -> None:
    found = opened(interval, begun, two_years(begun))

    assert found[0].first <= begun <= found[0].last
    assert found[-1].last >= two_years(begun)
    for before, after in pairwise(found):
        assert after.first == before.last + ONE
        assert month_of(after.first, interval.every) == month_of(before.first, interval.every) + 1


@given(natural, starts)
def test_a_period_of_the_calendar_ends_with_the_last_day_of_its_month(
    interval: Interval, begun: date
) -> None:
    for held in opened(interval, begun, two_years(begun)):
        assert held.first.day == 1
        assert (held.last + ONE).day == 1
        assert month_of(held.first, interval.every) == month_of(held.last, interval.every)
        assert month_of(held.first - ONE, interval.every) != month_of(held.first, interval.every)
        assert month_of(held.last + ONE, interval.every) != month_of(held.last, interval.every)


@given(starts)
def test_two_years_have_twenty_four_months_and_eight_or_nine_quarters(begun: date) -> None:
    until = date(begun.year + 2, begun.month, 1) - ONE

    assert len(opened(Interval(Every.MONTH), begun, until)) == 24
    assert len(opened(Interval(Every.QUARTER), begun, until)) in (8, 9)
    assert len(opened(Interval(Every.HALF_YEAR), begun, until)) in (4, 5)


@given(runs, starts)
def test_runs_are_counted_from_the_start_each_as_long_as_the_other(
    interval: Interval, begun: date
) -> None:
    found = opened(interval, begun, two_years(begun))

    for n, held in enumerate(found):
        assert held.first == begun + timedelta(days=n * interval.days)
        assert held.last == held.first + timedelta(days=interval.days - 1)
    assert found[-1].last >= two_years(begun)


@given(st.one_of(natural, runs), starts)
def test_a_period_is_known_by_its_key_and_no_other_has_it(interval: Interval, begun: date) -> None:
    found = opened(interval, begun, two_years(begun))

    assert [read_occasion(held.key) for held in found] == found or interval.days == 1
    assert len({held.key for held in found}) == len(found)
    assert [held.key for held in found] == sorted(held.key for held in found)


@given(natural, starts, firsts)
def test_the_rule_for_the_first_period_leaves_out_at_most_the_first(
    interval: Interval, begun: date, first: FirstPeriod
) -> None:
    everything = opened(interval, begun, two_years(begun))
    cut = everything[0]
    left = (cut.last - begun).days + 1
    whole = (cut.last - cut.first).days + 1
    is_owed = {"always": True, "half": left * 2 >= whole, "full": left == whole}[first]

    found = opened(interval, begun, two_years(begun), first)
    assert found == (everything if is_owed else everything[1:])


@st.composite
def pauses(draw: st.DrawFn, begun: date) -> tuple[Pause, ...]:
    """Up to four suspensions in the two years after a day, one after another."""
    offsets = st.integers(0, 730)
    bounds = sorted(draw(st.lists(offsets, max_size=8)))
    days = [begun + timedelta(days=n) for n in bounds]
    return tuple(
        Pause(n, "suspended", first, last)
        for n, (first, last) in enumerate(list(pairwise(days))[::2], start=1)
    )


@given(st.data(), st.one_of(natural, runs), starts, rules)
def test_a_suspended_period_is_owed_as_counting_its_days_says(
    data: st.DataObject, interval: Interval, begun: date, rule: SuspendedPeriod
) -> None:
    held = data.draw(pauses(begun))
    off = {
        pause.from_on + timedelta(days=n)
        for pause in held
        if pause.from_on and pause.to_on
        for n in range((pause.to_on - pause.from_on).days)
    }

    expected = []
    for found in opened(interval, begun, two_years(begun)):
        span = (found.last - found.first).days + 1
        lost = sum(found.first + timedelta(days=n) in off for n in range(span))
        if {"owed": True, "skipped": lost == 0, "skipped_if_wholly": lost < span}[rule]:
            expected.append(found)

    assert opened(interval, begun, two_years(begun), rule=rule, pauses=held) == expected


@given(st.one_of(natural, runs), starts, st.one_of(natural, runs), st.integers(0, 600))
def test_another_interval_goes_on_behind_what_was_opened(
    before: Interval, begun: date, after: Interval, later: int
) -> None:
    first = opened(before, begun, begun + timedelta(days=later))
    task = a_workflow().tasks[KEY]
    changed = replace(task, cadence=Cadence(after, None, FirstPeriod.ALWAYS))
    row = TaskRow(1, key=KEY, kind="series", opened_on=begun, period=first[-1].key)

    found = next_occasion(Draft(State("p")), replace(a_workflow(), tasks={KEY: changed}), row)

    assert found is not None
    assert found.first > first[-1].last or found == occasion_at(after, first[-1].last + ONE)
