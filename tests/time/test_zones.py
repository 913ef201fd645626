"""The office's day in twelve time zones: midnights, openings, rungs and the end of the last day.

The worked moments are written out by hand from the published offsets, not reckoned by the product.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import Tick
from engine.core.context import Context
from engine.core.deadlines import local_day, opening
from engine.core.decide.dispatch import decide
from tests.builders import WEEKDAYS, Story, a_workflow, opened
from tests.core import asks

ZONES = (
    "Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia",
    "Europe/Dublin", "America/St_Johns", "Africa/Casablanca", "Pacific/Chatham", "Asia/Tehran",
    "America/Sao_Paulo", "Asia/Kathmandu",
)  # fmt: skip
TICK = timedelta(microseconds=1)
ONE = timedelta(days=1)

zones = st.sampled_from(ZONES)
days = st.dates(date(1980, 1, 1), date(2030, 12, 31))
times = st.times().map(lambda at: f"{at:%H:%M}")

MIDNIGHTS = [
    # zone, the day before, the day, the UTC moment at which it begins
    ("Asia/Shanghai", "2017-09-29", "2017-09-30", "2017-09-29T16:00"),
    ("Asia/Shanghai", "1988-06-30", "1988-07-01", "1988-06-30T15:00"),  # summer time, to 1991
    ("Asia/Shanghai", "1992-06-30", "1992-07-01", "1992-06-30T16:00"),  # no more
    ("America/New_York", "2018-03-10", "2018-03-11", "2018-03-11T05:00"),
    ("America/New_York", "2018-03-11", "2018-03-12", "2018-03-12T04:00"),  # a day of 23 hours
    ("America/New_York", "2018-11-04", "2018-11-05", "2018-11-05T05:00"),  # a day of 25 hours
    ("Australia/Lord_Howe", "2018-06-30", "2018-07-01", "2018-06-30T13:30"),
    ("Australia/Lord_Howe", "2018-12-24", "2018-12-25", "2018-12-24T13:00"),  # half an hour moved
    ("Asia/Kolkata", "2018-06-30", "2018-07-01", "2018-06-30T18:30"),
    ("Pacific/Apia", "2011-12-28", "2011-12-29", "2011-12-29T10:00"),
    ("Pacific/Apia", "2011-12-29", "2011-12-31", "2011-12-30T10:00"),  # there was no 30 December
    ("Europe/Dublin", "2018-01-14", "2018-01-15", "2018-01-15T00:00"),
    ("Europe/Dublin", "2018-06-30", "2018-07-01", "2018-06-30T23:00"),
    ("America/St_Johns", "2018-01-14", "2018-01-15", "2018-01-15T03:30"),
    ("America/St_Johns", "2018-07-01", "2018-07-02", "2018-07-02T02:30"),
    ("Africa/Casablanca", "2019-02-28", "2019-03-01", "2019-02-28T23:00"),
    ("Africa/Casablanca", "2019-05-19", "2019-05-20", "2019-05-20T00:00"),  # an hour back, Ramadan
    ("Pacific/Chatham", "2018-06-30", "2018-07-01", "2018-06-30T11:15"),
    ("Pacific/Chatham", "2018-12-24", "2018-12-25", "2018-12-24T10:15"),
    ("Asia/Tehran", "2018-01-14", "2018-01-15", "2018-01-14T20:30"),
    ("Asia/Tehran", "2018-03-21", "2018-03-22", "2018-03-21T20:30"),  # a day that begins at 01:00
    ("Asia/Tehran", "2018-06-30", "2018-07-01", "2018-06-30T19:30"),
    ("America/Sao_Paulo", "2018-02-17", "2018-02-18", "2018-02-18T03:00"),  # 23:00 came twice
    ("America/Sao_Paulo", "2018-11-03", "2018-11-04", "2018-11-04T03:00"),  # begins at 01:00
    ("Asia/Kathmandu", "2018-06-30", "2018-07-01", "2018-06-30T18:15"),
]
midnights = pytest.mark.parametrize(("zone", "before", "on", "begins"), MIDNIGHTS)


def utc(text: str) -> datetime:
    """Return a UTC moment."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def wall(at: datetime, zone: str) -> str:
    """Return what the office's clock shows at a moment."""
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def exists(day: date, zone: str) -> bool:
    """Return whether a zone had a day at all, by looking at every quarter of an hour."""
    first = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=15)
    return any(local_day(first + timedelta(minutes=15 * n), zone) == day for n in range(220))


def an_office(zone: str, on: date, opens_at: str = "09:00") -> Story:
    """Return a project of an office in a zone, opened on a day, with nothing dated."""
    workflow = replace(a_workflow(), timezone=zone, opens_at=opens_at)
    story = Story(workflow=workflow, calendar=WEEKDAYS)
    parties = {"sponsor": "bureau", "region": "county_bureau"}
    return opened(story, "county", on, parties, {})


def at(story: Story, post: str, now: datetime) -> Context:
    """Return the frame of a request that is made, and happens, at a moment."""
    today = local_day(now, story.workflow.timezone)
    return replace(story.frame(post), now=now, occurred_on=today)


# Midnight.


@midnights
def test_a_moment_lies_in_the_local_day_at_both_edges_of_midnight(
    zone: str, before: str, on: str, begins: str
) -> None:
    assert local_day(utc(begins) - TICK, zone) == asks.day(before)
    assert local_day(utc(begins), zone) == asks.day(on)


@midnights
def test_the_last_day_counts_in_full_and_ends_with_the_local_day(
    zone: str, before: str, on: str, begins: str
) -> None:
    story = an_office(zone, asks.day(before) - timedelta(days=9))
    due = asks.day(before)
    story.do("county", asks.raised("I1", due=due), due - timedelta(days=9))
    request = asks.ask("issue", 3, ref="I1")

    in_time = decide(story.state, request, at(story, "county", utc(begins) - TICK))
    too_late = decide(story.state, request, at(story, "county", utc(begins)))

    assert story.row("issue", "I1").due == due
    assert in_time.reasons == ()
    assert [reason.code for reason in too_late.reasons] == ["asked_after_due"]


@midnights
def test_what_is_done_in_the_last_moment_of_a_day_is_done_on_that_day(
    zone: str, before: str, on: str, begins: str
) -> None:
    story = an_office(zone, asks.day(before) - timedelta(days=9))
    last = at(story, "county", utc(begins) - TICK)

    assert (last.today, last.occurred_on) == (asks.day(before), asks.day(before))
    assert decide(story.state, asks.raised("I1", days=0), last).facts["due"] == before


# Openings.


@pytest.mark.parametrize(
    ("zone", "on", "opens_at", "moment"),
    [
        ("Asia/Shanghai", "2017-09-27", "09:00", "2017-09-27T01:00"),
        ("Asia/Shanghai", "1988-07-01", "09:00", "1988-07-01T00:00"),
        ("America/New_York", "2018-03-11", "02:30", "2018-03-11T07:30"),  # 02:30 was skipped
        ("America/New_York", "2018-11-04", "01:30", "2018-11-04T05:30"),  # the first of the two
        ("Australia/Lord_Howe", "2018-10-07", "02:15", "2018-10-06T15:45"),  # skipped
        ("Australia/Lord_Howe", "2018-04-01", "01:45", "2018-03-31T14:45"),  # the first of two
        ("Asia/Kolkata", "2018-07-02", "10:00", "2018-07-02T04:30"),
        ("Pacific/Apia", "2011-12-29", "09:00", "2011-12-29T19:00"),
        ("Pacific/Apia", "2011-12-30", "09:00", "2011-12-30T19:00"),  # with the day after it
        ("Pacific/Apia", "2011-12-31", "09:00", "2011-12-30T19:00"),
        ("Europe/Dublin", "2018-07-02", "09:00", "2018-07-02T08:00"),
        ("America/St_Johns", "2018-07-02", "08:30", "2018-07-02T11:00"),
        ("Africa/Casablanca", "2019-05-20", "08:30", "2019-05-20T08:30"),
        ("Pacific/Chatham", "2018-12-25", "09:00", "2018-12-24T19:15"),
        ("Asia/Tehran", "2018-03-22", "00:30", "2018-03-21T21:00"),  # skipped
        ("America/Sao_Paulo", "2018-11-04", "00:15", "2018-11-04T03:15"),  # skipped
        ("America/Sao_Paulo", "2018-02-17", "23:30", "2018-02-18T01:30"),  # the first of the two
        ("Asia/Kathmandu", "2018-07-02", "10:00", "2018-07-02T04:15"),
    ],
)
def test_an_office_opens_at_its_local_time(zone: str, on: str, opens_at: str, moment: str) -> None:
    assert opening(asks.day(on), opens_at, zone) == utc(moment)


@given(zones, days, times)
def test_the_office_opens_on_the_day_that_is_asked_for(zone: str, day: date, time: str) -> None:
    if exists(day, zone):
        assert local_day(opening(day, time, zone), zone) == day


@given(zones, days, times)
def test_the_clock_shows_the_opening_time_or_one_that_was_skipped(
    zone: str, day: date, time: str
) -> None:
    moment = opening(day, time, zone)

    if wall(moment, zone) != time:
        asked = datetime.combine(day, datetime.strptime(time, "%H:%M").time())  # noqa: DTZ007 - a wall clock
        minutes = [asked + timedelta(minutes=n) for n in (-121, 121)]
        edges = [opening(at.date(), f"{at:%H:%M}", zone) for at in minutes]
        assert edges[1] - edges[0] < timedelta(minutes=242)  # the wall clock lost time here


@given(zones, days, times)
def test_of_a_time_that_comes_twice_the_first_is_meant(zone: str, day: date, time: str) -> None:
    moment = opening(day, time, zone)

    for back in (30, 60, 120):
        earlier = moment - timedelta(minutes=back)
        is_same = (local_day(earlier, zone), wall(earlier, zone)) == (day, time)
        assert not is_same


@given(zones, days, times)
def test_openings_follow_one_another_day_by_day(zone: str, day: date, time: str) -> None:
    today, tomorrow = opening(day, time, zone), opening(day + ONE, time, zone)

    assert today <= tomorrow
    assert today < tomorrow or not exists(day, zone)


def test_only_one_day_of_the_twelve_zones_never_was() -> None:
    missing = [
        (zone, day)
        for zone in ZONES
        for day in (date(2011, 12, 29) + n * ONE for n in range(3))
        if not exists(day, zone)
    ]

    assert missing == [("Pacific/Apia", date(2011, 12, 30))]


# Due days and rungs.


@given(zones, days, st.integers(0, 30), zones)
def test_a_due_day_is_the_same_day_in_every_zone(
    zone: str, day: date, count: int, machine: str
) -> None:
    story = an_office(zone, day)

    frame = story.frame("county", day)
    there = replace(
        frame, now=frame.now.astimezone(ZoneInfo(machine))
    )  # however the moment is written
    decision = decide(story.state, asks.raised("I1", days=count), there)

    counted, left = day, count
    while left:
        counted += ONE
        left -= counted.weekday() < 5
    assert decision.facts["due"] == counted.isoformat()


@given(zones, days, times)
def test_a_rung_is_reached_when_its_local_day_opens_and_not_a_moment_before(
    zone: str, day: date, time: str
) -> None:
    story = an_office(zone, day, time)
    story.do("county", asks.raised("I1", days=10), day)
    row = story.row("issue", "I1")
    assert row.due is not None
    assert row.next_at is not None
    rung_on = WEEKDAYS.shift(row.due, -3).day

    early = decide(story.state, Tick(), at(story, "clock", row.next_at - TICK))
    reached = decide(story.state, Tick(), at(story, "clock", row.next_at))

    assert early.facts["rungs"] == []
    assert [fact["rung"] for fact in reached.facts["rungs"]] == ["reminder"]
    if exists(rung_on, zone):
        assert local_day(row.next_at, zone) == rung_on


def test_a_rung_of_the_day_that_never_was_is_reached_on_the_day_after_it() -> None:
    story = an_office("Pacific/Apia", date(2011, 12, 1))
    story.do("county", asks.raised("I1", due="2012-01-04"), "2011-12-01")
    row = story.row("issue", "I1")
    assert row.next_at == utc("2011-12-30T19:00")
    assert WEEKDAYS.shift(date(2012, 1, 4), -3).day == date(2011, 12, 30)

    reached = decide(story.state, Tick(), at(story, "clock", utc("2011-12-30T19:00")))

    assert [fact["rung"] for fact in reached.facts["rungs"]] == ["reminder"]
