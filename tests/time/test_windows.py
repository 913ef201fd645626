"""Windows of stages (2017年9-11月) have a first day; what begins before it is said, not stopped."""

from datetime import date

import pytest

from bootstrap import Desk
from cli import deadline_page
from cli.words import speech as terminal
from engine.core.bars import bars
from engine.core.commands import Phrase
from engine.core.rows import Dated
from engine.core.windows import window_of
from engine.services.deadlines import Deadlines
from templates.words import words
from tests.houses import a_running_project, an_opening, state_of
from tests.time.test_traps import with_dates


def the(day: str) -> date:
    """Return a day from its ISO form."""
    return date.fromisoformat(day)


@pytest.mark.parametrize(
    ("said", "on", "first"),
    [
        ("2017年9-11月", "2017-11-30", "2017-09-01"),
        ("2017年12月-2018年10月", "2018-10-31", "2017-12-01"),
        ("2018年", "2018-12-31", "2018-01-01"),
        ("2017年9-11月", "2017-10-31", "2017-09-01"),
        ("2017年9月前", "2017-09-30", None),
        ("从2018年起", "2018-01-01", None),
        ("9-11月", "2017-11-30", None),
        ("2017年9-11月", "2017-08-31", None),
        ("通知未写日期", "2017-11-30", None),
    ],
)
def test_a_window_opens_on_the_first_day_that_its_words_name(
    said: str, on: str, first: str | None
) -> None:
    found = window_of(Dated(1, name="setup_finish", words=said, on=the(on), reading="x"))

    assert (found.first if found else None) == (the(first) if first else None)
    assert found is None or found.last == the(on)


def test_a_date_that_nobody_chose_has_no_window() -> None:
    assert window_of(Dated(1, name="setup_finish", words="2017年9-11月")) is None


def windowed(desk: Desk, said: str = "2017年10-11月") -> Desk:
    """Return a house whose project recruits in September, before the window of its stage."""
    phrase = Phrase(said, the("2017-11-30"), "区间末日")
    a_running_project(
        desk, "agency_recruitment", opening=an_opening(dates=with_dates(setup_finish=phrase))
    )
    return desk


def test_the_plan_of_a_stage_begins_with_its_window(sqlite_desk: Desk) -> None:
    windowed(sqlite_desk, "2017年9-11月")
    (row,) = [row for row in sqlite_desk.queries.board() if row.project.code == "P01"]
    found = {bar.stage: bar for bar in row.bars}

    recruiting = found["agency_recruitment"]
    assert (recruiting.planned_from, recruiting.window_from) == (the("2017-09-01"),) * 2
    assert recruiting.planned_to == the("2017-11-30")
    assert found["plan"].window_from is None


def test_what_began_before_its_window_is_said_and_stops_nothing(sqlite_desk: Desk) -> None:
    desk = windowed(sqlite_desk)
    detail = desk.queries.project("P01")
    (bar,) = [
        one for one in bars(detail.state, detail.workflow, detail.calendar)
        if one.stage == "agency_recruitment"
    ]  # fmt: skip

    assert bar.is_early
    assert bar.begun_on is not None
    assert bar.begun_on < the("2017-10-01")
    assert state_of(desk, "P01").project.stage == "agency_recruitment"


@pytest.mark.parametrize(
    ("locale", "said"), [("zh", "早于原文写的起日"), ("en", "before the first day that the source")]
)
def test_the_explanation_names_the_window_and_what_came_before_it(
    sqlite_desk: Desk, locale: str, said: str
) -> None:
    found = Deadlines(windowed(sqlite_desk).house).explain("P01", "agency_recruitment")
    source = deadline_page.data(found)["source"]

    assert source["window_from"] == the("2017-10-01")
    assert source["window_to"] == the("2017-11-30")
    assert source["early"] is True
    notes = deadline_page._notes(terminal(locale), found)
    assert any(said in note for note in notes)


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_a_span_is_said_in_either_language(locale: str) -> None:
    said = words(locale).say("window.span", first=the("2017-09-01"), last=the("2017-11-30"))

    assert "2017" in said
    assert "30" in said
