"""A calendar counts what its arrangements say, and says when it does not know."""

from datetime import UTC, date, datetime

import pytest

from engine.core.calendar import HORIZON, Arrangement, Calendar, CalendarError, Statute

NATIONAL_WEEK = frozenset(date(2018, 10, day) for day in range(1, 8))
LAW = Statute(
    document="国务院令第644号",
    issued_on=date(2013, 12, 11),
    from_year=2014,
    solar=((1, 1, "元旦"), (5, 1, "劳动节"), (10, 1, "国庆节")),
    movable={date(2019, 2, 5): "春节"},
)


def an_arrangement(number: int = 1, year: int = 2018, **changes: object) -> Arrangement:
    """The year 2018 with one long holiday in October, or a variation of it."""
    facts: dict[str, object] = {
        "id": f"cn-{year}.{number}",
        "region": "cn",
        "years": (year,),
        "published_on": date(year - 1, 11, 30),
    }
    return Arrangement(**(facts | changes))  # type: ignore[arg-type]  # one override shows


def the_year_2018() -> Arrangement:
    return an_arrangement(
        off=NATIONAL_WEEK,
        work=frozenset({date(2018, 9, 29), date(2018, 9, 30)}),
        names=dict.fromkeys(NATIONAL_WEEK, "国庆节"),
    )


CALENDAR = Calendar((the_year_2018(),), (LAW,))


def test_the_start_day_does_not_count() -> None:
    monday = date(2018, 9, 3)

    assert CALENDAR.shift(monday, 1).day == date(2018, 9, 4)
    assert CALENDAR.shift(monday, 5).day == date(2018, 9, 10)


def test_zero_working_days_is_the_day_itself_even_when_it_is_off() -> None:
    holiday = date(2018, 10, 3)

    assert CALENDAR.shift(holiday, 0).day == holiday


def test_zero_working_days_ask_nothing_of_an_unknown_year() -> None:
    assert not CALENDAR.shift(date(2031, 1, 1), 0).provisional


def test_counting_starts_on_a_day_off_like_on_any_other() -> None:
    assert CALENDAR.shift(date(2018, 10, 1), 1).day == date(2018, 10, 8)
    assert CALENDAR.shift(date(2018, 10, 7), 1).day == date(2018, 10, 8)


def test_make_up_saturday_and_sunday_count_and_the_holiday_does_not() -> None:
    answer = CALENDAR.shift(date(2018, 9, 28), 3)

    assert answer.day == date(2018, 10, 8)
    assert answer.crossed_work == (date(2018, 9, 29), date(2018, 9, 30))
    assert answer.crossed_off == tuple(date(2018, 10, day) for day in range(1, 6))


def test_counting_backwards_crosses_the_same_days() -> None:
    answer = CALENDAR.shift(date(2018, 10, 8), -3)

    assert answer.day == date(2018, 9, 28)
    assert answer.crossed_work == (date(2018, 9, 29), date(2018, 9, 30))


def test_the_start_day_is_not_among_the_days_crossed() -> None:
    assert CALENDAR.shift(date(2018, 10, 5), 1).crossed_off == ()
    assert CALENDAR.shift(date(2018, 10, 1), -1).crossed_off == ()


def test_an_answer_on_a_make_up_day_names_it() -> None:
    assert CALENDAR.shift(date(2018, 9, 28), 1).crossed_work == (date(2018, 9, 29),)


def test_between_excludes_the_first_day_and_includes_the_last() -> None:
    assert CALENDAR.between(date(2018, 9, 3), date(2018, 9, 4)) == 1
    assert CALENDAR.between(date(2018, 9, 3), date(2018, 9, 3)) == 0
    assert CALENDAR.between(date(2018, 9, 4), date(2018, 9, 3)) == -1


def test_a_last_day_off_rolls_to_the_day_after_the_holiday_ends() -> None:
    assert CALENDAR.roll(date(2018, 10, 1), "next") == date(2018, 10, 8)


def test_a_last_day_on_a_make_up_saturday_does_not_roll() -> None:
    assert CALENDAR.roll(date(2018, 9, 29), "next") == date(2018, 9, 29)
    assert CALENDAR.roll(date(2018, 9, 29), "previous") == date(2018, 9, 29)


def test_rolling_back_and_not_rolling() -> None:
    assert CALENDAR.roll(date(2018, 10, 7), "previous") == date(2018, 9, 30)
    assert CALENDAR.roll(date(2018, 10, 7), "none") == date(2018, 10, 7)


def test_an_unknown_direction_is_refused_with_the_right_ones() -> None:
    with pytest.raises(CalendarError, match="'up': a day rolls to next, previous or none"):
        CALENDAR.roll(date(2018, 10, 7), "up")


def test_the_last_working_day_of_a_month_may_be_a_make_up_sunday() -> None:
    assert CALENDAR.last_working_day(2018, 9) == date(2018, 9, 30)
    assert CALENDAR.last_working_day(2018, 6) == date(2018, 6, 29)


def test_a_month_without_a_working_day_is_refused() -> None:
    closed = an_arrangement(off=frozenset(date(2018, 2, day) for day in range(1, 29)))

    with pytest.raises(CalendarError, match="2018-02: no day of this month"):
        Calendar((closed,)).last_working_day(2018, 2)


def test_a_year_without_a_notice_is_provisional_and_still_answers() -> None:
    answer = CALENDAR.shift(date(2018, 12, 28), 3)

    assert answer.day == date(2019, 1, 3)
    assert answer.provisional
    assert answer.crossed_off == (date(2019, 1, 1),)


def test_only_days_that_took_part_make_an_answer_provisional() -> None:
    assert not CALENDAR.shift(date(2019, 1, 1), -1).provisional
    assert CALENDAR.shift(date(2019, 1, 3), -1).provisional


def test_statutory_days_of_an_unknown_year_are_off_without_days_in_lieu() -> None:
    labour_day, day_after = date(2021, 5, 1), date(2021, 5, 3)

    assert labour_day.weekday() == 5
    assert not CALENDAR.is_working(labour_day)
    assert CALENDAR.is_working(day_after)


def test_the_law_does_not_add_days_off_to_a_year_with_a_notice() -> None:
    assert CALENDAR.is_working(date(2018, 5, 1))


def test_missing_years_are_listed_in_either_order() -> None:
    assert CALENDAR.missing_years(date(2020, 1, 1), date(2017, 1, 1)) == (2017, 2019, 2020)
    assert CALENDAR.missing_years(date(2018, 1, 1), date(2018, 12, 31)) == ()


def test_the_last_days_of_a_year_are_not_called_provisional() -> None:
    assert not CALENDAR.is_provisional(date(2018, 12, 31))
    assert CALENDAR.is_provisional(date(2019, 1, 1))


def test_the_latest_publication_wins_whatever_the_order_given() -> None:
    # Its id sorts before that of the earlier one, and must not decide.
    later = an_arrangement(0, published_on=date(2018, 9, 1), off=frozenset({date(2018, 9, 29)}))
    earlier = the_year_2018()

    assert not Calendar((earlier, later)).is_working(date(2018, 9, 29))
    assert Calendar((earlier, later)) == Calendar((later, earlier))


def test_an_amendment_can_make_days_ordinary_again() -> None:
    restored = an_arrangement(
        2,
        published_on=date(2018, 9, 1),
        amends="cn-2018.1",
        plain=frozenset({date(2018, 9, 30), date(2018, 10, 5)}),
    )
    amended = CALENDAR.overlay(restored)

    assert not amended.is_working(date(2018, 9, 30))
    assert amended.is_working(date(2018, 10, 5))
    assert amended.name_of(date(2018, 10, 5)) is None


def test_an_amendment_alone_does_not_settle_its_year() -> None:
    alone = an_arrangement(2, amends="cn-2018.1", off=frozenset({date(2018, 9, 29)}))

    assert Calendar((alone,)).is_provisional(date(2018, 9, 29))


def test_an_overlay_of_an_org_closes_days_and_settles_no_year() -> None:
    closure = an_arrangement(
        id="anju-2019.1", region="anju", years=(2019,), off=frozenset({date(2019, 3, 4)})
    )
    local = CALENDAR.overlay(closure)

    assert not local.is_working(date(2019, 3, 4))
    assert local.is_provisional(date(2019, 3, 4))


def test_overlaying_what_is_there_changes_nothing() -> None:
    assert CALENDAR.overlay(the_year_2018()) is CALENDAR


def test_a_published_arrangement_is_never_overwritten() -> None:
    with pytest.raises(CalendarError, match=r"cn-2018\.1: two arrangements have this id"):
        CALENDAR.overlay(an_arrangement())


def test_known_on_leaves_out_what_was_published_later() -> None:
    before = CALENDAR.known_on(date(2017, 11, 29))

    assert before.arrangements == ()
    assert CALENDAR.known_on(date(2017, 11, 30)) is CALENDAR


def test_known_on_leaves_out_a_law_decreed_later() -> None:
    lawful = Calendar((), (LAW,))

    assert lawful.known_on(date(2013, 12, 10)).is_working(date(2014, 1, 1))
    assert not lawful.known_on(date(2013, 12, 11)).is_working(date(2014, 1, 1))


def test_an_unknown_publication_day_counts_from_new_year_and_is_admitted() -> None:
    undated = Calendar((an_arrangement(published_on=None),))

    assert undated.has_unknown_dates
    assert not CALENDAR.has_unknown_dates
    assert undated.known_on(date(2017, 12, 31)).arrangements == ()
    assert undated.known_on(date(2018, 1, 1)) is undated


def test_the_version_follows_the_days_and_not_the_papers_number() -> None:
    renumbered = Calendar((an_arrangement(document="国办发明电〔2017〕12号"),))
    moved = Calendar((an_arrangement(off=frozenset({date(2018, 5, 1)})),))
    plain = Calendar((an_arrangement(),))

    assert plain.version == renumbered.version
    assert plain.version != moved.version
    assert plain.version.startswith("cn-2018.1+0-")


def test_the_version_follows_the_law() -> None:
    assert Calendar(()).version != Calendar((), (LAW,)).version


def test_days_carry_the_name_of_their_holiday() -> None:
    assert CALENDAR.name_of(date(2018, 10, 1)) == "国庆节"
    assert CALENDAR.name_of(date(2019, 2, 5)) == "春节"
    assert CALENDAR.name_of(date(2018, 9, 3)) is None


def test_a_moment_is_refused_where_a_day_is_asked() -> None:
    with pytest.raises(CalendarError, match="give the office's local calendar day"):
        CALENDAR.shift(datetime(2018, 9, 3, 16, tzinfo=UTC), 1)


@pytest.mark.parametrize("count", [200_000, -900_000])
def test_an_answer_beyond_the_ends_of_the_calendar_is_refused(count: int) -> None:
    with pytest.raises(CalendarError, match="before 0001-01-01 or after 2100-12-31"):
        CALENDAR.shift(date(2018, 9, 3), count)


def test_a_question_beyond_the_horizon_is_refused() -> None:
    with pytest.raises(CalendarError, match="calendars end on 2100-12-31"):
        CALENDAR.is_working(HORIZON.replace(year=2101))
