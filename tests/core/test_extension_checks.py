"""A request for more time that a second post checks, and one for a day instead of days."""

from dataclasses import replace
from datetime import date

import pytest

from engine.core.commands import AskExtension, CheckExtension, DecideExtension, Target
from engine.core.definition import ExtensionRule
from engine.core.more_time import Requests, requests_of
from engine.core.rows import Grant
from tests.builders import Story, a_directory, a_post, a_project, a_workflow
from tests.core.asks import ask, choose, day, deny, grant

DUE = "2017-09-29"


def checked() -> Story:
    """Return a project whose requests for more time the finance division checks first."""
    rule = ExtensionRule(("county",), ("city_lead",), checkers=("city_finance",))
    return a_project(workflow=replace(a_workflow(), extension=rule))


def asked() -> Story:
    """Return such a project with a request on its plan, which is due on 29 September 2017."""
    story = checked()
    story.do("county", ask("plan"), "2017-09-20")
    return story


def check(why: str | None = None, *, passed: bool = True) -> CheckExtension:
    """Pass the request on the plan, or send it back."""
    return CheckExtension(Target("plan"), passed, why)


def until(on: str) -> AskExtension:
    """Ask for another day for the plan."""
    return AskExtension(Target("plan"), 0, "the hall is being repaired", day(on))


def grant_until(on: str) -> DecideExtension:
    """Grant another day for the plan."""
    return DecideExtension(Target("plan"), granted=True, until=day(on))


def the_grant(story: Story) -> Grant:
    """Return the newest request."""
    return [*story.state.rows(Grant)][-1]


def test_a_request_is_checked_before_it_is_decided() -> None:
    story = asked()
    (reason,) = story.refusal("lead", grant("plan"), "2017-09-21")
    assert (reason.code, reason.holder, reason.lift) == (
        "extension_unchecked", "city_finance", "extension check",
    )  # fmt: skip

    decision = story.do("finance", check("in order"), "2017-09-21")
    story.do("lead", grant("plan"), "2017-09-22")

    held = the_grant(story)
    assert decision.kind == "extension.checked"
    assert (held.checked_by, held.checked_on, held.check_note) == (
        "finance", day("2017-09-21"), "in order",
    )  # fmt: skip
    assert (story.row("plan").original_due, story.row("plan").due) == (
        day(DUE), day("2017-10-12"),
    )  # fmt: skip


def test_the_ladder_rests_until_the_decision_and_not_only_until_the_check() -> None:
    story = asked()
    story.do("finance", check(), "2017-09-21")

    assert (story.row("plan").waiting, story.row("plan").next_at) == ("extension", None)


def test_a_request_that_is_sent_back_is_over_and_the_ladder_runs_on() -> None:
    story = asked()
    assert story.codes("finance", check(passed=False)) == ["reason_missing"]
    story.do("finance", check("name the hall", passed=False), "2017-09-22")

    row, held = story.row("plan"), the_grant(story)
    assert (held.decision, held.why) == ("sent_back", "name the hall")
    assert (row.waiting, row.due, row.term) == (None, day(DUE), 0)
    assert row.next_at is not None
    assert story.codes("lead", grant("plan"), "2017-09-22") == ["nothing_asked"]


def test_what_was_sent_back_may_be_asked_again_before_the_day_is_over() -> None:
    story = asked()
    story.do("finance", check("name the hall", passed=False), "2017-09-22")

    assert story.ask("county", ask("plan"), DUE).reasons == ()
    assert story.codes("county", ask("plan"), "2017-09-30") == ["asked_after_due"]


def test_nobody_has_two_hands_in_one_request() -> None:
    every = a_post("county", "county_bureau", "county city_finance city_lead")
    rule = ExtensionRule(("county",), ("city_lead",), checkers=("city_finance",))
    story = a_project(
        workflow=replace(a_workflow(), extension=rule), directory=a_directory(county=every),
        parties={"sponsor": "county_bureau"},
    )  # fmt: skip
    story.do("county", ask("plan"), "2017-09-20")
    assert story.codes("county", check()) == ["self_approval"]

    other = asked()
    assert other.codes("finance", check(), person="county") == ["self_approval"]
    other.do("finance", check(), "2017-09-21", person="Wang")
    assert other.codes("lead", grant("plan"), "2017-09-22", person="Wang") == ["self_approval"]


def test_only_those_who_check_check_and_they_check_once() -> None:
    story = asked()
    assert story.codes("lead", check()) == ["role_missing"]
    story.do("finance", check(), "2017-09-21")

    assert story.codes("finance", check(), "2017-09-22") == ["extension_checked"]


def test_a_decision_does_not_come_before_its_check() -> None:
    story = asked()
    story.do("finance", check(), "2017-09-25")

    assert story.codes("lead", grant("plan"), "2017-09-22", known="2017-09-25") == ["before_entry"]


def test_nothing_is_checked_that_was_not_asked_or_needs_no_check() -> None:
    assert checked().codes("finance", check()) == ["nothing_asked"]
    assert a_project().codes("finance", check()) == ["no_extension_check"]
    none = a_project(workflow=replace(a_workflow(), extension=None))
    assert none.codes("finance", check()) == ["no_extensions"]


def test_another_day_is_asked_for_and_granted_to_the_day() -> None:
    story = a_project()
    decision = story.do("county", until("2017-10-15"), "2017-09-20")  # a Sunday
    held = the_grant(story)
    assert (held.wanted_on, held.was_due) == (day("2017-10-15"), day(DUE))
    assert decision.facts["until"] == "2017-10-15"

    story.do("lead", grant_until("2017-10-15"), "2017-09-21")

    row = story.row("plan")
    assert (row.due, row.original_due, row.term) == (day("2017-10-15"), day(DUE), 1)


def test_the_rungs_follow_the_day_that_was_granted() -> None:
    story = a_project()
    story.do("county", until("2017-10-20"), "2017-09-20")
    story.do("lead", grant_until("2017-10-20"), "2017-09-21")

    assert story.tick("2017-10-16").notices == ()
    assert {notice.rung for notice in story.tick("2017-10-17").notices} == {"reminder"}


@pytest.mark.parametrize("on", [DUE, "2017-09-28", "2017-09-01"])
def test_a_day_that_is_not_later_is_refused_with_the_first_that_is(on: str) -> None:
    story = a_project()
    (reason,) = story.refusal("county", until(on), "2017-09-20")
    assert (reason.code, reason.facts["earliest"]) == ("extension_shortens", "2017-09-30")

    story.do("county", until("2017-10-20"), "2017-09-20")
    assert story.codes("lead", grant_until(on), "2017-09-21") == ["extension_shortens"]


def test_a_day_is_held_against_the_due_day_of_the_moment() -> None:
    story = a_project()
    story.do("county", until("2017-10-20"), "2017-09-20")
    story.do("county", choose("plan_finish", "2017-10-31"), "2017-09-21")

    assert story.codes("lead", grant_until("2017-10-20"), "2017-09-22") == ["extension_shortens"]


def test_days_and_a_day_are_not_asked_for_together() -> None:
    both = AskExtension(Target("plan"), 5, "repairs", date(2017, 10, 20))

    assert a_project().codes("county", both, "2017-09-20") == ["days_or_day"]


def test_a_day_too_far_away_is_a_slip_of_the_pen() -> None:
    assert a_project().codes("county", until("2027-10-20"), "2017-09-20") == ["days_malformed"]


def test_every_request_is_counted() -> None:
    story = asked()
    story.do("finance", check("say why", passed=False), "2017-09-21")
    for n in (1, 2):
        story.do("county", ask("plan", 1), "2017-09-22")
        story.do("finance", check(), "2017-09-22")
        story.do("lead", grant("plan", 1) if n == 1 else deny("plan"), "2017-09-22")

    assert requests_of(story.state, story.row("plan")) == Requests(asked=3, granted=1)
