"""Head-counts: short, met, or not to be judged because the party is nobody yet (trap T10)."""

import pytest

from engine.core.commands import Bind
from engine.core.errors import Reason
from tests.builders import Story, a_project, a_trial
from tests.core.asks import correct, count, day, void


def lacks(story: Story, action: str = "start", by: str = "county") -> list[Reason]:
    """Return why an action is blocked, as far as head-counts are concerned."""
    found = story.options(by)[action].reasons
    return [reason for reason in found if reason.code.startswith("quota")]


def test_a_party_that_nobody_is_yet_cannot_be_judged_which_is_not_failed() -> None:
    story = a_project("design_review")
    story.do("county", Bind("agency", None), "2017-10-30")

    short, undecided = lacks(story)

    assert (short.code, short.undecided) == ("quota_short", False)
    assert (undecided.code, undecided.undecided) == ("quota_undecided", True)
    assert (undecided.facts["party"], undecided.lift) == ("agency", "project bind")


def test_a_party_short_of_heads_says_how_many_it_has() -> None:
    story = a_project("design_review")
    story.do("liaison", count("community", 1), "2017-10-30")

    community, agency = lacks(story)

    assert dict(community.facts) == {
        "task": "seed_workers", "party": "community", "need": 2, "have": 1,
    }  # fmt: skip
    assert (community.holder, community.lift) == ("county", "task count")
    assert agency.facts["have"] == 0


def test_heads_add_up_over_several_reports() -> None:
    story = a_trial("trial")
    for heads in (1, 2, 1):
        story.do("manager", count("ward", heads, "trained_users"), "2018-02-09")

    assert story.row("trained_users").status == "done"


def test_a_quota_is_done_when_every_party_has_enough_and_not_before() -> None:
    story = a_project("design_review")
    story.do("county", count("community", 5), "2017-10-30")
    assert story.row("seed_workers").status == "open"

    story.do("county", count("agency", 2), "2017-10-31")

    row = story.row("seed_workers")
    assert (row.status, row.done_on) == ("done", day("2017-10-31"))


def test_heads_of_one_agency_do_not_count_for_the_next() -> None:
    story = a_project("design_review")
    story.do("county", count("community", 2), "2017-10-30")
    story.do("county", count("agency", 2), "2017-10-30")

    story.do("county", Bind("agency", "rival"), "2017-11-06")

    assert story.row("seed_workers").status == "open"
    assert [reason.facts["have"] for reason in lacks(story)] == [0]


def test_a_party_that_returns_brings_its_heads_along() -> None:
    story = a_project("design_review")
    story.do("county", count("community", 2), "2017-10-30")
    story.do("county", count("agency", 2), "2017-10-30")
    story.do("county", Bind("agency", "rival"), "2017-11-06")

    story.do("county", Bind("agency", "agency"), "2017-11-08")

    row = story.row("seed_workers")
    assert (row.status, row.done_on) == ("done", day("2017-11-08"))


def test_a_quota_met_by_a_binding_climbs_no_ladder_any_more() -> None:
    story = a_trial("trial")
    story.do("manager", count("ward", 4, "trained_users"), "2018-02-09")
    story.do("officer", Bind("ward", "maker"), "2018-02-12")
    assert story.row("trained_users").next_at is not None

    story.do("officer", Bind("ward", "ward"), "2018-02-13")

    assert (story.row("trained_users").status, story.row("trained_users").next_at) == (
        "done", None,
    )  # fmt: skip


@pytest.mark.parametrize("heads", [0, -3, 10_001])
def test_a_head_count_lies_between_1_and_10000(heads: int) -> None:
    codes = a_project("design_review").codes("county", count("agency", heads))

    assert codes == ["count_malformed"]


def test_heads_are_reported_only_for_a_party_that_the_quota_asks_for() -> None:
    assert a_project("plan").codes("county", count("sponsor", 2)) == ["unknown_party"]


def test_heads_cannot_be_reported_for_nobody() -> None:
    (reason,) = a_project("plan").refusal("county", count("agency", 2))

    assert (reason.code, reason.lift) == ("party_unbound", "project bind")


def test_only_who_counts_may_report() -> None:
    assert a_project("plan").codes("supervisor", count("community", 2)) == ["role_missing"]


def test_a_corrected_head_count_is_held_against_the_quota_at_once() -> None:
    story = a_project("design_review")
    story.do("county", count("community", 2), "2017-10-30")
    story.do("county", count("agency", 1), "2017-10-31")

    story.do("county", correct(story.state.seq, value="2"), "2017-11-01")
    assert story.row("seed_workers").status == "done"

    story.do("county", correct(story.state.seq - 1, value="1"), "2017-11-02")
    assert story.row("seed_workers").status == "open"


@pytest.mark.parametrize("value", ["1", "10000"])
def test_a_head_count_is_corrected_to_any_head_count(value: str) -> None:
    story = a_project("design_review")
    story.do("county", count("agency", 3), "2017-10-31")

    assert story.ask("county", correct(story.state.seq, value=value)).reasons == ()


@pytest.mark.parametrize("value", ["0", "-2", "two", "10001", "２"])
def test_a_head_count_is_corrected_only_to_a_head_count(value: str) -> None:
    story = a_project("design_review")
    story.do("county", count("agency", 1), "2017-10-31")

    codes = story.codes("county", correct(story.state.seq, value=value))

    assert codes == ["count_malformed"]


def test_a_void_head_count_leaves_the_quota_short() -> None:
    story = a_project("design_review")
    story.do("county", count("community", 2), "2017-10-30")
    story.do("county", count("agency", 2), "2017-10-31")

    decision = story.do("county", void(story.state.seq), "2017-11-01")

    assert decision.facts["reopened"] == ["seed_workers"]
    assert story.row("seed_workers").status == "open"
