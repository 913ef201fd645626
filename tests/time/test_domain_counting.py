"""How days are counted, statement by statement: the Civil Code, and words that ask for a person."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.core.deadlines import local_day
from engine.core.definition import DueRule, PauseRule, Roll, Unit
from engine.core.lamps import Light
from engine.core.phrases import read_phrase
from engine.core.rows import Dated, Grant, Pause, TaskRow
from engine.core.schedule import schedule
from engine.core.timing import lateness
from tests.builders import a_calendar, a_project
from tests.core.asks import ask, choose, day, raised

CALENDAR = a_calendar()
ISSUED = date(2017, 8, 31)


def due(
    rule: DueRule, on: str, pauses: tuple[Pause, ...] = (), grants: tuple[Grant, ...] = ()
) -> str:
    """Return the due day of a rule counted from a day."""
    found = schedule(rule, day(on), day(on), pauses, grants, CALENDAR).due
    return found.isoformat() if found else "-"


def calendar_days(count: int, roll: Roll = Roll.NEXT) -> DueRule:
    """Return so many calendar days."""
    return DueRule("given", count, Unit.CALENDAR_DAY, roll)


def months(count: int, roll: Roll = Roll.NEXT) -> DueRule:
    """Return so many months."""
    return DueRule("given", count, Unit.MONTH, roll)


# Articles 200 to 204.


def test_periods_are_counted_by_the_calendar_in_years_months_and_days() -> None:
    """Source: Civil Code, article 200; before 2021 General Provisions of Civil Law, article 200."""
    anchor = "2018-03-01"

    assert due(months(12), anchor) == "2019-03-01"
    assert due(months(1), anchor) == "2018-04-02"  # 04-01 was a Sunday
    assert due(calendar_days(31), anchor) == "2018-04-02"
    assert due(calendar_days(1), anchor) == "2018-03-02"


@pytest.mark.parametrize("rule", [DueRule("given", 1), calendar_days(1)])
def test_the_day_on_which_a_period_begins_is_not_counted(rule: DueRule) -> None:
    """Source: Civil Code, article 201."""
    assert due(rule, "2017-09-12") == "2017-09-13"


def test_the_first_day_counts_only_where_a_rule_says_so() -> None:
    """Source: Civil Code, articles 201 and 204."""
    rule = DueRule("given", 5)

    assert due(rule, "2017-09-11") == "2017-09-18"
    assert due(replace(rule, counts_start=True), "2017-09-11") == "2017-09-15"


@pytest.mark.parametrize(
    ("on", "count", "ends"),
    [
        ("2018-01-15", 1, "2018-02-15"), ("2018-02-28", 1, "2018-03-28"),
        ("2017-08-31", 12, "2018-08-31"), ("2017-11-30", 24, "2019-11-30"),
    ],
)  # fmt: skip
def test_a_period_of_months_ends_on_the_corresponding_day(on: str, count: int, ends: str) -> None:
    """Source: Civil Code, article 202."""
    assert due(months(count, Roll.NONE), on) == ends


@pytest.mark.parametrize(
    ("on", "count", "ends"),
    [
        ("2018-01-31", 1, "2018-02-28"), ("2020-01-31", 1, "2020-02-29"),
        ("2020-02-29", 12, "2021-02-28"), ("2017-08-31", 1, "2017-09-30"),
        ("2018-01-31", 2, "2018-03-31"),
    ],
)  # fmt: skip
def test_where_there_is_no_corresponding_day_it_ends_with_the_month(
    on: str, count: int, ends: str
) -> None:
    """Source: Civil Code, article 202."""
    assert due(months(count, Roll.NONE), on) == ends


@pytest.mark.parametrize(
    ("on", "count", "ends"),
    [
        ("2017-09-28", 3, "2017-10-09"),  # 10-01, within a holiday of eight days
        ("2018-02-08", 7, "2018-02-22"),  # 02-15, 春节 to 02-21
        ("2018-04-26", 4, "2018-05-02"),  # 04-30, a Monday off
        ("2017-09-11", 5, "2017-09-18"),  # an ordinary Saturday
    ],
)
def test_a_last_day_on_a_holiday_is_the_day_after_the_holiday(
    on: str, count: int, ends: str
) -> None:
    """Source: Civil Code, article 203."""
    assert due(calendar_days(count), on) == ends


@pytest.mark.parametrize(
    "on", ["2017-09-30", "2018-02-11", "2018-04-08", "2018-09-29", "2018-09-30", "2018-12-29"]
)
def test_a_last_day_on_a_make_up_day_does_not_roll(on: str) -> None:
    """Source: Supreme People's Court, opinion 198 on the General Principles, as practised since."""
    assert day(on).weekday() >= 5
    assert due(calendar_days(9), (day(on) - timedelta(days=9)).isoformat()) == on


def test_the_last_day_ends_at_24_hours() -> None:
    """Source: Civil Code, article 203; the office's day, in Shanghai, ends at 16:00 UTC."""
    story = a_project()
    nine = story.frame("county", "2017-09-29").now
    last = nine.replace(hour=15, minute=59, second=59, microsecond=999_999)
    zone = story.workflow.timezone

    assert story.row("plan").due == day("2017-09-29")
    assert local_day(last, zone) == day("2017-09-29")
    assert local_day(last + timedelta(microseconds=1), zone) == day("2017-09-30")


def test_what_a_rule_or_an_agreement_says_prevails() -> None:
    """Source: Civil Code, article 204: roll, pause and first day are the rule's to say."""
    plain = calendar_days(3)
    held = (Pause(1, "suspended", day("2017-09-29"), day("2017-10-09")),)

    assert due(plain, "2017-09-28") == "2017-10-09"
    assert due(replace(plain, roll=Roll.NONE), "2017-09-28") == "2017-10-01"
    assert due(replace(plain, roll=Roll.PREVIOUS), "2017-09-28") == "2017-09-30"
    assert due(replace(plain, pause=PauseRule.NOTHING), "2017-09-28", held) == "2017-10-09"
    assert due(replace(plain, pause=PauseRule.CALENDAR_DAYS), "2017-09-28", held) == "2017-10-19"


def test_working_days_hold_no_holiday_and_no_weekend_but_the_make_up_days() -> None:
    """Source: Administrative Licensing Law, article 82: 工作日 do not include holidays."""
    assert due(DueRule("given", 5), "2017-09-27") == "2017-10-10"  # 28, 29, 30, 9, 10


def test_limits_of_at_most_ten_days_in_working_days_differ_from_calendar_days() -> None:
    """Source: Administrative Compulsion Law, article 69: up to ten days means working days."""
    assert due(DueRule("given", 10), "2018-02-12") == "2018-03-02"
    assert due(calendar_days(10), "2018-02-12") == "2018-02-22"


# Every deadline has its parts.


def test_a_stored_deadline_says_unit_event_roll_zone_and_calendar() -> None:
    story = a_project("design_review")
    rule = story.workflow.tasks["contract"].due
    row = story.row("contract")

    assert rule is not None
    assert (rule.unit, rule.anchor, rule.roll) == (
        Unit.WORKING_DAY, "date:setup_finish", Roll.NONE,
    )  # fmt: skip
    assert (rule.counts_start, story.workflow.timezone) == (False, "Asia/Shanghai")
    assert row.calendar == CALENDAR.version
    assert (row.original_due, row.due) == (day("2017-11-30"), day("2017-11-30"))


def test_an_extended_deadline_keeps_its_first_day_beside_the_present_one() -> None:
    grant = Grant(1, 1, decided_on=day("2017-09-20"), decision="granted", days=5)
    found = schedule(DueRule("given"), day("2017-09-29"), ISSUED, (), (grant,), CALENDAR)

    assert (found.original, found.due) == (day("2017-09-29"), day("2017-10-12"))


# 以内, 届满, 前, 日.


def test_the_due_day_itself_is_in_time_and_the_day_after_it_is_not() -> None:
    """Source: Civil Code, article 1259: 以内 and 届满 include the number itself."""
    last, after = day("2017-09-29"), day("2017-09-30")
    story = a_project()

    assert story.lamp(last).light is Light.DUE_SOON
    assert story.lamp(after).light is Light.OVERDUE
    assert [lateness(last, on, CALENDAR) for on in (last, after)] == [0, 1]
    assert story.ask("county", ask("plan"), last).reasons == ()
    assert story.codes("county", ask("plan"), after) == ["asked_after_due"]


@pytest.mark.parametrize("words", ["10个工作日内", "10个工作日以内", "10个工作日之内"])
def test_within_ten_working_days_means_the_tenth_too(words: str) -> None:
    """Source: Civil Code, article 1259: 以内 includes the number itself."""
    reading = read_phrase(words, ISSUED)
    assert (reading.count, reading.unit) == (10, Unit.WORKING_DAY)

    assert due(DueRule("given", reading.count or 0), "2018-03-05") == "2018-03-19"


@pytest.mark.parametrize("words", ["30日内", "30天内", "三十日内", "自收到之日起30日内"])
def test_days_that_do_not_say_working_days_ask_for_a_person(words: str) -> None:
    reading = read_phrase(words, ISSUED)

    assert (reading.kind, reading.count, reading.ambiguous) == ("relative", 30, True)


@pytest.mark.parametrize("words", ["30个工作日内", "30个自然日内", "三个月内", "两周内"])
def test_days_that_say_which_they_are_ask_nobody(words: str) -> None:
    assert not read_phrase(words, ISSUED).ambiguous


@pytest.mark.parametrize(
    ("words", "literal", "customary"),
    [
        ("2017年9月前", "2017-08-31", "2017-09-30"), ("2018年前", "2017-12-31", "2018-12-31"),
        ("2018年3月以前", "2018-02-28", "2018-03-31"),
        ("2017年9月15日前", "2017-09-14", "2017-09-15"),
    ],
)  # fmt: skip
def test_before_is_ambiguous_and_has_two_readings(words: str, literal: str, customary: str) -> None:
    reading = read_phrase(words, ISSUED)

    assert reading.ambiguous
    assert reading.readings == (("literal", day(literal)), ("customary", day(customary)))
    assert (reading.first, reading.last) == (None, None)  # nobody has chosen


@pytest.mark.parametrize("words", ["2017年9月底前", "2018年底前", "到2020年", "2018年内"])
def test_up_to_an_end_is_not_ambiguous(words: str) -> None:
    assert not read_phrase(words, ISSUED).ambiguous


def test_a_date_keeps_its_words_beside_the_chosen_day_and_who_chose() -> None:
    story = a_project()
    story.do("county", choose("plan_finish", "2017-09-30", "2017年9月前"), "2017-09-05")

    held = [row for row in story.state.rows(Dated) if row.name == "plan_finish"]
    assert [(row.words, row.on, row.chosen_by) for row in held[1:]] == [
        ("2017年9月前", day("2017-09-30"), "county")
    ]


def test_an_item_raised_with_a_number_of_days_counts_working_days_from_the_day_after() -> None:
    story = a_project()
    story.do("county", raised("I1", days=3), "2017-09-28")

    (row,) = [row for row in story.state.rows(TaskRow) if row.ref == "I1"]
    assert row.due == day("2017-10-09")  # 29, 30 (a Saturday that is worked), 9
