"""Whose turn it is says what `decide` would say, at every step of two workflows, for every post."""

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import ProposeWaiver
from engine.core.decide.turns import Turn, turn_reasons, turns
from engine.core.errors import Reason
from engine.core.rows import TaskRow
from engine.core.state import Draft
from tests.builders import POSTS, Story, a_project, a_trial, the
from tests.core.asks import act, ask, grant, submit
from tests.core.turning import command_of
from tests.core.ways import PILOT, PLAN_PAPERS, TRIAL, Step


def _told(way: Mapping[str, list[Step]], begin: Callable[[], Story]) -> list[Story]:
    """Return the story as it stood before every step of a way."""
    steps = [step for stage in way.values() for step in stage]
    return [begin().go(steps[:n]) for n in range(0, len(steps) + 1, 4)]


STORIES = [*_told(PILOT, a_project), *_told(TRIAL, a_trial)]
PLACES = st.integers(0, len(STORIES) - 1)


def _of(story: Story, post: str) -> list[tuple[Turn, list[Reason]]]:
    draft, ctx = Draft(story.state), story.frame(post)
    return [(turn, turn_reasons(draft, ctx, turn)) for turn in turns(draft, ctx)]


@given(PLACES, st.sampled_from(sorted(POSTS)))
def test_a_turn_without_reasons_is_accepted_when_it_is_asked_for_in_full(
    place: int, post: str
) -> None:
    story = STORIES[place]
    for turn, reasons in _of(story, post):
        if not reasons:
            decision = story.ask(post, command_of(story, turn))
            assert not decision.reasons, (turn, decision.reasons)


@given(PLACES, st.sampled_from(sorted(POSTS)))
def test_a_turn_that_is_barred_is_refused_with_the_same_reasons(place: int, post: str) -> None:
    story = STORIES[place]
    for turn, reasons in _of(story, post):
        if reasons:
            refused = story.ask(post, command_of(story, turn)).reasons
            assert all(reason in refused for reason in reasons), (turn, reasons, refused)


@pytest.mark.parametrize("story", STORIES, ids=repr)
def test_every_turn_has_somebody_who_may_take_it_or_says_what_else_is_missing(
    story: Story,
) -> None:
    found = {turn for post in POSTS for turn, reasons in _of(story, post) if not reasons}
    for turn, reasons in _of(story, "visitor"):
        others = [reason for reason in reasons if reason.code != "role_missing"]
        assert turn in found or others or turn.verb in ("ask_extension", "seal", "score"), turn


def test_the_turns_of_a_new_project_are_its_papers_and_nothing_that_waits_for_them() -> None:
    story = a_project()

    rows = {row.n: row for row in story.state.rows(TaskRow)}
    papers = [row for row in rows.values() if row.key in PLAN_PAPERS]
    here = {row.n for row in papers} | {row.n for row in rows.values() if row.kind == "stage"}
    found = [t for t, _ in _of(story, "county") if t.is_main and t.task in here]

    assert {(rows[t.task].key, t.verb) for t in found} == {(key, "submit") for key in PLAN_PAPERS}


def test_a_move_becomes_a_turn_as_soon_as_its_gate_is_met() -> None:
    story = a_project()
    for key in PLAN_PAPERS:
        assert "act" not in [turn.verb for turn, _ in _of(story, "county")]
        story.do("county", submit(key))

    (turn, reasons) = next(pair for pair in _of(story, "county") if pair[0].verb == "act")

    assert (turn.part, reasons) == ("submit", [])
    assert [r.code for r in turn_reasons(Draft(story.state), story.frame("agency"), turn)] == [
        "role_missing"
    ]
    assert not story.ask("county", act("submit")).reasons


def test_a_request_for_time_leaves_one_turn_and_bars_whoever_asked() -> None:
    story = a_project()
    row = story.row("plan")
    story.do("county", ask("plan", 3))

    found = {turn.verb: reasons for turn, reasons in _of(story, "lead") if turn.task == row.n}
    barred = [turn_reasons(Draft(story.state), story.frame("county"), t)
              for t, _ in _of(story, "county") if t.task == row.n]  # fmt: skip

    assert found == {"decide_extension": []}
    assert [[reason.code for reason in reasons] for reasons in barred] == [
        list(story.codes("county", grant("plan", 3)))
    ]


def test_a_proposed_waiver_is_confirmed_by_a_second_person() -> None:
    story = a_project("approval")
    row = next(r for r in story.state.rows(TaskRow) if r.status == "open" and r.kind != "stage")
    proposer = next(
        post for post in POSTS
        for turn, reasons in _of(story, post)
        if turn.verb == "propose_waiver" and turn.task == row.n and not reasons
    )  # fmt: skip
    story.do(proposer, ProposeWaiver(the(row.key), "not needed here"))

    verbs = {turn.verb for turn, _ in _of(story, "lead") if turn.task == row.n}
    turn = next(t for t, _ in _of(story, proposer) if t.verb == "confirm_waiver")

    assert "confirm_waiver" in verbs
    assert "propose_waiver" not in verbs
    assert turn_reasons(Draft(story.state), story.frame(proposer), turn)
