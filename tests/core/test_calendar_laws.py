"""What holds for every calendar, however its days were moved."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from engine.core.calendar import Arrangement, Calendar, Statute

FIRST, LAST = date(2015, 1, 1), date(2022, 12, 31)
LAW = Statute(
    document="law",
    issued_on=date(2013, 12, 11),
    from_year=2014,
    solar=((1, 1, "元旦"), (10, 1, "国庆节"), (10, 2, "国庆节")),
    movable={date(2018, 2, 16): "春节", date(2019, 2, 5): "春节", date(2020, 10, 1): "中秋节"},
)

days = st.dates(FIRST, LAST)
counts = st.integers(-400, 400)
nonzero = counts.filter(bool)


@st.composite
def arrangements(draw: st.DrawFn, number: int) -> Arrangement:
    """Some year's notice, or an amendment or overlay, with any days moved."""
    year = draw(st.integers(2017, 2020))
    within = st.dates(date(year, 1, 1), date(year, 12, 31))
    moved = draw(st.dictionaries(within, st.sampled_from(["off", "work", "plain"]), max_size=25))
    parts: dict[str, set[date]] = {"off": set(), "work": set(), "plain": set()}
    for day, part in moved.items():
        parts["off" if part == "work" and day.weekday() < 5 else part].add(day)
    return Arrangement(
        id=f"cn-{year}.{number}",
        region=draw(st.sampled_from(["cn", "anju"])),
        years=(year,),
        off=frozenset(parts["off"]),
        work=frozenset(parts["work"]),
        plain=frozenset(parts["plain"]),
        published_on=draw(st.none() | st.dates(date(year - 1, 10, 1), date(year, 12, 31))),
        amends=draw(st.none() | st.just(f"cn-{year}.0")),
    )


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """A calendar of up to four arrangements, with the law or without."""
    count = draw(st.integers(0, 4))
    papers = tuple(draw(arrangements(number)) for number in range(1, count + 1))
    return Calendar(papers, draw(st.sampled_from([(), (LAW,)])))


def step(calendar: Calendar, day: date, working_days: int) -> date:
    """Count out a shift one day after another, as a clerk would."""
    pace = timedelta(days=1 if working_days > 0 else -1)
    left = abs(working_days)
    while left:
        day += pace
        left -= calendar.is_working(day)
    return day


@given(calendars(), days, counts)
def test_shift_is_what_counting_day_by_day_gives(calendar: Calendar, day: date, n: int) -> None:
    assert calendar.shift(day, n).day == step(calendar, day, n)


@given(calendars(), days, st.integers(0, 700))
def test_between_is_what_counting_day_by_day_gives(
    calendar: Calendar, day: date, length: int
) -> None:
    end = day + timedelta(days=length)
    walked = sum(calendar.is_working(day + timedelta(days=n)) for n in range(1, length + 1))

    assert calendar.between(day, end) == walked


@given(calendars(), days, nonzero)
def test_a_shift_ends_on_a_working_day(calendar: Calendar, day: date, n: int) -> None:
    assert calendar.is_working(calendar.shift(day, n).day)


@given(calendars(), days, counts)
def test_shifting_back_returns_to_a_working_day(calendar: Calendar, day: date, n: int) -> None:
    start = calendar.roll(day, "next")

    assert calendar.shift(calendar.shift(start, n).day, -n).day == start


@given(calendars(), days, counts, counts)
def test_shifts_add_up_on_working_days(calendar: Calendar, day: date, m: int, n: int) -> None:
    start = calendar.roll(day, "next")

    assert calendar.shift(calendar.shift(start, m).day, n).day == calendar.shift(start, m + n).day


@given(calendars(), days, st.integers(0, 200), st.integers(0, 200))
def test_shifts_in_one_direction_add_up_from_any_day(
    calendar: Calendar, day: date, m: int, n: int
) -> None:
    assert calendar.shift(calendar.shift(day, m).day, n).day == calendar.shift(day, m + n).day


@given(calendars(), days, st.integers(1, 400))
def test_more_working_days_end_later(calendar: Calendar, day: date, n: int) -> None:
    assert calendar.shift(day, n).day < calendar.shift(day, n + 1).day
    assert calendar.shift(day, -n).day > calendar.shift(day, -n - 1).day
    assert calendar.shift(day, -1).day < day < calendar.shift(day, 1).day


@given(calendars(), days, days, nonzero)
def test_a_later_start_never_ends_earlier(
    calendar: Calendar, one: date, other: date, n: int
) -> None:
    earlier, later = sorted((one, other))

    assert calendar.shift(earlier, n).day <= calendar.shift(later, n).day


@given(calendars(), days, st.integers(0, 400))
def test_between_counts_what_shift_counted_out(calendar: Calendar, day: date, n: int) -> None:
    assert calendar.between(day, calendar.shift(day, n).day) == n


@given(calendars(), days, days)
def test_between_is_antisymmetric(calendar: Calendar, a: date, b: date) -> None:
    assert calendar.between(a, b) == -calendar.between(b, a)


@given(calendars(), days, days, days)
def test_between_adds_up(calendar: Calendar, a: date, b: date, c: date) -> None:
    assert calendar.between(a, b) + calendar.between(b, c) == calendar.between(a, c)


@given(calendars(), days, nonzero)
def test_what_was_crossed_explains_the_weekday_count(calendar: Calendar, day: date, n: int) -> None:
    answer = calendar.shift(day, n)
    first, last = sorted((day, answer.day))
    span = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    weekdays = sum(each.weekday() < 5 for each in span if each != day)

    assert abs(n) == weekdays - len(answer.crossed_off) + len(answer.crossed_work)
    assert not any(calendar.is_working(each) for each in answer.crossed_off)
    assert all(calendar.is_working(each) for each in answer.crossed_work)


@given(calendars(), days, nonzero)
def test_an_answer_is_provisional_exactly_when_a_day_on_the_way_is(
    calendar: Calendar, day: date, n: int
) -> None:
    answer = calendar.shift(day, n)
    first, last = sorted((day, answer.day))
    span = [first + timedelta(days=i) for i in range((last - first).days + 1)]

    assert answer.provisional == any(calendar.is_provisional(each) for each in span if each != day)


@given(calendars(), days)
def test_rolling_finds_the_nearest_working_day(calendar: Calendar, day: date) -> None:
    onward, back = calendar.roll(day, "next"), calendar.roll(day, "previous")

    assert back <= day <= onward
    assert calendar.is_working(onward)
    assert calendar.is_working(back)
    assert calendar.between(back, onward) == (0 if calendar.is_working(day) else 1)


@given(calendars(), days)
def test_rolling_twice_is_rolling_once(calendar: Calendar, day: date) -> None:
    once = calendar.roll(day, "next")

    assert calendar.roll(once, "next") == once


@given(calendars(), days, days)
def test_what_was_known_on_a_day_was_known_on_it_ever_after(
    calendar: Calendar, one: date, other: date
) -> None:
    assert calendar.known_on(one).known_on(one) == calendar.known_on(one)
    assert calendar.known_on(one).known_on(other) == calendar.known_on(min(one, other))


@given(calendars())
def test_the_same_arrangements_give_the_same_version(calendar: Calendar) -> None:
    again = Calendar(calendar.arrangements[::-1], calendar.statutes)

    assert again == calendar
    assert again.version == calendar.version
    assert hash(again) == hash(calendar)


@given(calendars(), days, counts)
def test_the_day_alone_is_the_one_that_a_shift_comes_to(
    calendar: Calendar, day: date, n: int
) -> None:
    assert calendar.day_of(day, n) == calendar.shift(day, n).day
