"""Faults of the clock that random histories brought to light, each once by name."""

from dataclasses import replace
from datetime import timedelta

from engine.core.commands import Act, Reopen, Tick
from engine.core.decide.dispatch import decide
from engine.core.events import CLOCK
from tests.builders import Story, a_project, opened, the
from tests.core import asks
from tests.core.asks import day
from tests.time.clockworks import clockwork, known

FINISH = {"finish": "2025-10-31", "begin": None}


def a_clock() -> Story:
    """Return a project of the clockwork, opened on Monday 1 September 2025."""
    return opened(Story(workflow=clockwork(), calendar=known()), "county", "2025-09-01", {}, FINISH)


def test_a_rung_of_today_is_not_climbed_with_a_missed_one_before_the_office_opens() -> None:
    story = a_project()  # due on 2017-09-29; the reminder was missed, the urge is of 09-30
    seven = story.moment(day("2017-09-30")) - timedelta(hours=3)
    early = replace(story.frame(CLOCK.post, "2017-09-30"), now=seven)

    found = decide(story.state, Tick(), early).facts["rungs"]

    assert {(fact["rung"], fact["merged"]) for fact in found} == {("reminder", False)}


def test_after_a_return_nothing_counts_from_a_closure_that_no_longer_stands() -> None:
    story = a_clock()
    story.do("county", asks.record("first"), "2025-09-02")
    assert story.row("thence").due == day("2025-09-08")
    story.do("county", Act("forward"), "2025-09-03")

    story.do("lead", Act("anew", note="again"), "2025-11-03")
    assert (story.row("first").status, story.row("thence").due) == ("open", None)

    story.do("county", asks.record("first"), "2025-11-04")
    assert story.row("thence").due == day("2025-11-10")


def test_after_a_return_what_is_carried_over_is_still_counted_from() -> None:
    story = a_clock()
    story.do("county", asks.record("first"), "2025-09-02")
    story.do("county", Act("forward"), "2025-09-03")

    story.do("lead", Act("back", note="again", items=("thence",)), "2025-09-05")

    assert (story.row("first").status, story.row("thence").due) == ("done", day("2025-09-08"))


def test_a_task_reopened_takes_its_day_from_what_counts_from_it() -> None:
    held = clockwork()
    first = replace(held.tasks["first"], reopeners=("county",))
    story = a_clock()
    story.workflow = replace(held, tasks={**held.tasks, "first": first})
    story.do("county", asks.record("first"), "2025-09-02")

    story.do("county", Reopen(the("first"), "not good enough"), "2025-09-03")

    assert story.row("thence").due is None


def test_a_planned_finish_that_counts_from_a_task_is_dated_when_the_task_is_done() -> None:
    story = a_clock()
    story.do("county", Act("forward"), "2025-09-03")
    assert story.row("check").due is None

    story.do("lead", asks.record("verdict"), "2025-09-04")

    assert story.row("check").due == day("2025-09-12")
