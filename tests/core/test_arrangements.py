"""An arrangement that cannot be right is refused; one that can is never changed afterwards."""

from datetime import UTC, date, datetime

import pytest

from engine.core.arrangements import Arrangement, CalendarError, Statute, statutory_days


def an_arrangement(**changes: object) -> Arrangement:
    """An empty arrangement of 2018, with what a test changes."""
    facts: dict[str, object] = {"id": "cn-2018.1", "region": "cn", "years": (2018,)}
    return Arrangement(**(facts | changes))  # type: ignore[arg-type]  # tests pass wrong ones too


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"off": frozenset({date(2018, 9, 29)}), "work": frozenset({date(2018, 9, 29)})}, "once"),
        ({"work": frozenset({date(2018, 9, 28)})}, "2018-09-28 is a Friday"),
        ({"off": frozenset({date(2019, 2, 1)})}, "lies outside"),
        ({"names": {date(2018, 9, 29): "国庆节"}}, "has a name but is not arranged"),
        ({"years": ()}, "at least one year"),
        ({"published_on": datetime(2018, 1, 1, tzinfo=UTC)}, "a moment stands among the days"),
    ],
)
def test_an_impossible_arrangement_is_refused(changes: dict[str, object], what: str) -> None:
    with pytest.raises(CalendarError, match=what):
        an_arrangement(**changes)


def test_a_refused_arrangement_names_itself_and_every_fault() -> None:
    with pytest.raises(CalendarError) as refused:
        an_arrangement(work=frozenset({date(2018, 9, 28)}), off=frozenset({date(2020, 1, 1)}))

    assert refused.value.where == "cn-2018.1"
    assert refused.value.what.count(";") == 2


def test_an_arrangement_reaches_into_the_neighbouring_december_and_january() -> None:
    near = frozenset({date(2017, 12, 31), date(2019, 1, 1)})

    assert an_arrangement(off=near).off == near


def test_the_caller_cannot_change_an_arrangement_afterwards() -> None:
    names = {date(2018, 10, 1): "国庆节"}
    kept = an_arrangement(off=frozenset(names), names=names)
    names.clear()

    assert kept.names[date(2018, 10, 1)] == "国庆节"


def test_an_arrangement_without_a_publication_day_is_known_from_new_year() -> None:
    assert an_arrangement(years=(2018, 2019)).known_from == date(2018, 1, 1)
    assert an_arrangement(published_on=date(2017, 11, 30)).known_from == date(2017, 11, 30)


@pytest.mark.parametrize("changes", [{"region": "anju"}, {"amends": "cn-2018.1"}])
def test_only_the_countrys_own_notice_settles_its_years(changes: dict[str, object]) -> None:
    assert an_arrangement().settles == (2018,)
    assert an_arrangement(**changes).settles == ()


@pytest.mark.parametrize("part", ["off", "plain"])
def test_the_digest_follows_every_day_and_its_part(part: str) -> None:
    day = frozenset({date(2018, 5, 5)})

    assert len({an_arrangement(**{part: day}).digest, an_arrangement(work=day).digest}) == 2


def test_the_latest_law_in_force_governs_a_year() -> None:
    old = Statute(document="1", issued_on=date(1999, 9, 18), from_year=2000, solar=((5, 1, "a"),))
    new = Statute(document="2", issued_on=date(2007, 12, 14), from_year=2008, solar=((1, 1, "b"),))

    assert statutory_days((new, old), [1999, 2007, 2008]) == {
        date(2007, 5, 1): "a", date(2008, 1, 1): "b",
    }  # fmt: skip


def test_two_holidays_on_one_day_are_both_named() -> None:
    day = date(2020, 10, 1)
    law = Statute(
        document="1",
        issued_on=date(2013, 12, 11),
        from_year=2014,
        solar=((10, 1, "国庆节"),),
        movable={day: "中秋节"},
    )

    assert statutory_days((law,), [2020]) == {day: "国庆节、中秋节"}
