"""What holds after every history, however people and the clock may have acted."""

from collections import Counter
from copy import copy
from itertools import pairwise

from hypothesis import given, settings

from engine.core.commands import Act, Tick
from engine.core.decide.decision import is_live
from engine.core.decide.dispatch import decide
from engine.core.machine import moves, next_stage
from engine.core.parts import unmet_parts
from engine.core.rows import Pause, TaskRow
from engine.core.state import Draft, State, fold
from tests.builders import Story
from tests.core.asks import day
from tests.core.histories import REASONS, Pick, histories, play, push

FEWER = settings(max_examples=max(settings.default.max_examples // 4, 10))  # type: ignore[union-attr]  # always set
"""A history is a few dozen examples of its own."""


def told(story: Story, picks: list[Pick]) -> Story:
    """Return a story after everything that was asked, pushed on now and then."""
    for (_, number, _, _), _ in zip(picks, play(story, picks), strict=False):
        if number % 7 == 0:
            push(story)
    return story


@FEWER
@given(histories())
def test_folding_the_trail_gives_the_state(history: tuple[Story, list[Pick]]) -> None:
    story = told(*history)

    folded = fold(story.state.stream, [entry.cells for entry in story.past])

    assert rows_of(folded) == rows_of(story.state)
    assert folded.seq == story.state.seq


def rows_of(state: State) -> dict[str, dict[int, object]]:
    """Return the rows of every table that has some."""
    return {table: dict(rows) for table, rows in state.tables.items() if rows}


@FEWER
@given(histories())
def test_an_action_is_refused_with_exactly_the_reasons_that_options_show(
    history: tuple[Story, list[Pick]],
) -> None:
    story = told(*history)
    reason = REASONS[story.workflow.key]

    for post in ("county", "lead", "officer", "medical"):
        for option in story.options(post).values():
            decision = story.ask(post, Act(option.key, reason, "because"))
            assert decision.reasons == option.reasons


@FEWER
@given(histories())
def test_a_move_never_leaves_the_workflow(history: tuple[Story, list[Pick]]) -> None:
    story, picks = history
    stage = story.state.project.stage

    for decision in play(story, picks):
        if decision is None or decision.reasons:
            continue
        if decision.kind == "stage.moved":
            assert decision.deed in moves(story.workflow, stage)
            stage = next_stage(story.workflow, stage, decision.deed)
        assert story.state.project.stage == stage


@FEWER
@given(histories())
def test_a_refusal_changes_nothing(history: tuple[Story, list[Pick]]) -> None:
    story, picks = history
    before = copy(story.state)

    for decision in play(story, picks):
        if decision is None or decision.reasons:
            assert story.state == before
            assert decision is None or decision.draft.cells() == []
        before = copy(story.state)


@FEWER
@given(histories())
def test_a_task_is_open_once_and_what_is_over_has_a_day_and_no_clock(
    history: tuple[Story, list[Pick]],
) -> None:
    story = told(*history)

    owed = Counter[tuple[str, str | None, str | None]]()
    for row in story.state.rows(TaskRow):
        if row.status == "open":
            assert row.done_on is None
            owed[row.key, row.period, row.ref] += row.kind != "series"
        else:
            assert (row.next_at, row.waiting) == (None, None)
            assert row.done_on is not None
            assert row.carried or row.opened_on is None or row.opened_on <= row.done_on
    assert max(owed.values(), default=0) <= 1


@FEWER
@given(histories())
def test_what_is_done_lacks_nothing(history: tuple[Story, list[Pick]]) -> None:
    story = told(*history)
    draft, ctx = Draft(story.state), story.frame("county")

    for row in story.state.rows(TaskRow):
        if row.status == "done" and row.kind not in ("stage", "series", "review"):
            assert unmet_parts(draft, ctx, story.workflow.tasks[row.key], row) == []


@FEWER
@given(histories())
def test_suspensions_follow_one_another_and_one_is_open_while_suspended(
    history: tuple[Story, list[Pick]],
) -> None:
    story = told(*history)

    pauses = [*story.state.rows(Pause)]
    for earlier, later in pairwise(pauses):
        assert earlier.to_on is not None
        assert later.from_on is not None
        assert earlier.to_on <= later.from_on
    live = is_live(Draft(story.state), story.frame("county"))
    is_open = [pause.standing for pause in pauses if pause.to_on is None]
    assert is_open == ([story.state.project.standing] if live and pauses_now(story) else [])


def pauses_now(story: Story) -> bool:
    """Return whether the project stands still."""
    return story.state.project.standing != "active"


@FEWER
@given(histories())
def test_after_the_close_only_what_survives_is_owed(history: tuple[Story, list[Pick]]) -> None:
    story = told(*history)
    if is_live(Draft(story.state), story.frame("county")):
        return

    owed = [row for row in story.state.rows(TaskRow) if row.status == "open"]
    assert all(story.workflow.tasks[row.key].survives for row in owed)


@FEWER
@given(histories())
def test_the_clock_asked_twice_finds_nothing_the_second_time(
    history: tuple[Story, list[Pick]],
) -> None:
    story = told(*history)

    first = story.tick(story.today)
    second = decide(story.state, Tick(), story.frame("clock"))

    assert not first.reasons
    assert (second.draft.cells(), second.notices) == ([], ())


@FEWER
@given(histories())
def test_there_is_a_lamp_for_every_day(history: tuple[Story, list[Pick]]) -> None:
    story = told(*history)

    for on in ("2017-09-01", "2017-09-29", "2018-03-31", "2018-12-31"):
        assert story.lamp(day(on)).light


@FEWER
@given(histories())
def test_the_same_request_of_the_same_state_is_decided_the_same(
    history: tuple[Story, list[Pick]],
) -> None:
    story, picks = history
    told(story, picks)
    act = Act("suspend", "other", "because")

    first, second = (story.ask("county", act, story.today) for _ in range(2))

    assert first.reasons == second.reasons
    assert first.draft.cells() == second.draft.cells()
