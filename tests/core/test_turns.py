"""While another side has to answer, the ladder rests and that side's own waiting shows."""

from datetime import date

import pytest

from engine.core.lamps import Light
from tests.builders import Story, a_project, a_trial
from tests.core.asks import (
    accept,
    ask,
    day,
    deny,
    grant,
    raised,
    record,
    seal,
    submit,
    void,
)
from tests.core.ways import TRIAL

LAST = "2018-12-31"


def rungs(story: Story, first: str, last: str, key: str) -> list[tuple[str, str, str]]:
    """Return day, rung and status of what is told about a task when every day is swept."""
    found = []
    here = day(first)
    while here <= day(last):
        for notice in story.tick(here).notices:
            if notice.args["task"] == key:
                state = "merged" if notice.merged else "ready"
                found.append((here.isoformat(), notice.rung or "-", state))
        here = date.fromordinal(here.toordinal() + 1)
    return list(dict.fromkeys(found))


def approval() -> Story:
    """Return a project in approval, due on 2017-09-29, with the county's own two seals given."""
    story = a_project("approval")
    papers = seal("local_party", "local_government", doc="X-1")
    story.do("county", papers, "2017-09-20")
    return story


def work_site() -> Story:
    """Return a project whose five items are handed in, and one of them not yet accepted."""
    return a_project("implementation", dates={"planned_end": "2018-06-29"})


def test_an_extension_that_is_asked_for_silences_the_ladder_until_it_is_answered() -> None:
    story = a_project()
    story.do("county", ask("plan"), "2017-09-25")

    assert rungs(story, "2017-09-25", "2017-11-30", "plan") == []
    assert story.lamp("2017-10-09").light is Light.WAITING


def test_after_a_refusal_the_rungs_passed_meanwhile_are_told_once_and_merged() -> None:
    story = a_project()
    story.do("county", ask("plan"), "2017-09-25")
    story.tick("2017-10-12")
    story.do("lead", deny("plan"), "2017-10-13")

    assert rungs(story, "2017-10-13", "2017-10-18", "plan") == [
        ("2017-10-13", "reminder", "merged"), ("2017-10-13", "urge", "merged"),
        ("2017-10-13", "oversee", "ready"),
    ]  # fmt: skip
    assert rungs(story, "2017-10-19", "2017-11-30", "plan") == [
        ("2017-10-19", "coordinate", "ready")
    ]


def test_after_a_grant_the_ladder_begins_anew_from_the_new_day() -> None:
    story = a_project()
    story.do("county", ask("plan", 10), "2017-09-25")
    story.do("lead", grant("plan", 10), "2017-10-09")

    assert story.row("plan").due == day("2017-10-19")
    assert rungs(story, "2017-10-09", "2017-10-31", "plan") == [
        ("2017-10-16", "reminder", "ready"), ("2017-10-20", "urge", "ready"),
        ("2017-10-26", "oversee", "ready"),
    ]  # fmt: skip


def test_a_seal_that_only_another_side_can_give_is_that_sides_turn() -> None:
    story = approval()

    row = story.row("consent")

    assert (row.waiting, row.waits_from_on) == ("city_lead", day("2017-09-20"))


def test_a_stage_rests_while_all_that_blocks_it_lies_with_another_side() -> None:
    story = approval()

    assert (story.row("approval").waiting, story.row("approval").next_at) == ("city_lead", None)
    assert rungs(story, "2017-09-20", "2017-12-29", "approval") == []


def test_the_waiting_sides_own_days_show_and_not_the_lateness_of_the_other() -> None:
    story = approval()

    found = story.lamp("2017-10-12")

    assert (found.light, found.holder, found.late) == (Light.WAITING, "city_lead", 0)
    assert found.waited == 12  # 2017-09-21 … 10-12: 09-30 is worked, 10-01 … 10-08 is off


def test_seals_that_the_holder_can_enter_are_the_holders_turn() -> None:
    story = a_project("approval")

    assert (story.row("consent").waiting, story.row("approval").waiting) == (None, None)
    assert rungs(story, "2017-09-20", "2017-09-30", "approval") != []


def test_a_refused_seal_gives_the_turn_back_to_the_holder() -> None:
    story = approval()
    story.do("lead", seal("city_bureau", verdict="refuse", note="no budget"), "2017-10-13")

    assert story.row("approval").waiting is None
    assert rungs(story, "2017-10-13", "2017-10-13", "approval") == [
        ("2017-10-13", "reminder", "merged"), ("2017-10-13", "urge", "merged"),
        ("2017-10-13", "oversee", "ready"),
    ]  # fmt: skip


def test_when_all_seals_are_in_the_move_itself_is_the_holders_turn_again() -> None:
    story = approval()
    story.do("lead", seal("city_bureau"), "2017-10-13")

    assert story.row("approval").waiting is None  # the county may approve as well
    assert story.row("approval").next_at is not None


def test_a_voided_seal_passes_the_turn_back() -> None:
    story = approval()
    story.do("county", void(story.state.seq), "2017-09-21")

    assert story.row("consent").waiting is None


def test_a_paper_that_waits_for_acceptance_rests_and_its_return_runs_on() -> None:
    story = work_site()
    story.do("agency", submit("five_site"), "2018-06-25")
    assert story.row("five_site").waits_from_on == day("2018-06-25")

    story.do("lead", accept("five_site", "the sign is missing", yes=False), "2018-06-27")

    row = story.row("five_site")
    assert (row.waiting, row.waits_from_on) == (None, None)


def test_an_issue_that_is_mended_waits_for_who_closes_it() -> None:
    story = a_project("implementation")
    story.do("county", raised("Q-1", days=3), "2017-12-20")
    story.do("agency", record("issue", "fixed", ref="Q-1"), "2017-12-22")

    assert story.row("issue", "Q-1").waiting == "county"
    assert rungs(story, "2017-12-22", "2018-01-31", "issue") == []

    story.do("county", record("issue", "closed", ref="Q-1"), "2018-02-01")
    assert (story.row("issue", "Q-1").status, story.row("issue", "Q-1").waiting) == ("done", None)


def test_a_stage_whose_move_only_another_side_can_make_rests_when_all_is_met() -> None:
    story = a_project("promotion", dates={"convert_finish": "2018-10-31"})
    for key in ("lessons", "policy_paper", "contribution"):
        assert story.row("promotion").waiting is None
        story.do("county", submit(key), "2018-10-22")
    assert story.row("promotion").waiting == "city_lead", "every paper waits for acceptance"
    for key in ("lessons", "policy_paper", "contribution"):
        story.do("lead", accept(key), "2018-10-23")

    assert story.row("promotion").waiting == "city_lead", "and so does the move"
    assert rungs(story, "2018-10-23", LAST, "promotion") == []


def test_a_stage_is_the_holders_turn_while_one_thing_is_still_theirs_to_do() -> None:
    story = a_project("promotion", dates={"convert_finish": "2018-10-31"})
    story.do("county", submit("lessons"), "2018-10-22")

    assert story.row("promotion").waiting is None
    assert rungs(story, "2018-10-23", "2018-11-01", "promotion") != []


@pytest.mark.parametrize("key", ["plan", "approval"])
def test_nothing_waits_any_more_once_its_stage_is_left(key: str) -> None:
    story = a_project("agency_recruitment")

    assert (story.row(key).waiting, story.row(key).waits_from_on) == (None, None)


def test_a_stage_that_passed_to_another_side_by_the_date_alone_is_not_urged() -> None:
    story = a_trial().go(TRIAL["trial"][:-1])
    assert story.row("apply").waiting is None, "the delivery is still to come"

    decision = story.tick("2018-02-01")

    assert [n for n in decision.notices if n.args["task"] == "apply"] == []
    assert (story.row("apply").waiting, story.row("apply").next_at) == ("device_officer", None)
    later = story.tick("2018-03-01").notices
    assert [n for n in later if n.args["task"] == "apply"] == []
