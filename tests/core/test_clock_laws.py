"""Ticking daily and ticking once at the end come to the same, whatever has happened before."""

from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.decide.decision import Decision
from engine.core.rows import TaskRow
from tests.builders import Story
from tests.core.histories import Pick, histories, play

FEWER = settings(max_examples=max(settings.default.max_examples // 8, 10))  # type: ignore[union-attr]  # always set

Rung = tuple[str, str]


def climbed(decisions: Iterable[Decision]) -> list[Rung]:
    """Return the rungs that were climbed, by task, in a fixed order."""
    facts = [fact for decision in decisions for fact in decision.facts["rungs"]]
    return sorted((fact["task"], fact["rung"]) for fact in facts)


def resting(story: Story) -> dict[tuple[str, int, str | None, str | None], object]:
    """Return how far every task has come, by what names it rather than by its number."""
    return {
        (row.key, row.round, row.period, row.ref): (row.rung, row.term, row.next_at, row.due)
        for row in story.state.rows(TaskRow)
    }


def again(story: Story) -> Story:
    """Return a story of the same state, to be told otherwise."""
    return Story(
        workflow=story.workflow, calendar=story.calendar, directory=story.directory,
        state=story.state, past=[*story.past], today=story.today,
    )  # fmt: skip


@FEWER
@given(histories(steps=12), st.integers(1, 120))
def test_a_clock_that_slept_passes_the_same_rungs_as_one_that_worked_daily(
    history: tuple[Story, list[Pick]], days: int
) -> None:
    story, picks = history
    list(play(story, picks))
    sleeper = again(story)
    mornings = [story.today + timedelta(days=n) for n in range(days + 1)]

    daily = [story.tick(on) for on in mornings]
    once = sleeper.tick(mornings[-1])

    assert climbed(daily) == climbed([once])
    assert resting(story) == resting(sleeper)


@FEWER
@given(histories(steps=12), st.integers(1, 120), st.integers(1, 9))
def test_each_rung_of_a_term_is_told_to_a_post_once(
    history: tuple[Story, list[Pick]], days: int, every: int
) -> None:
    story, picks = history
    told = [d for d in play(story, picks) if d is not None and not d.reasons]
    last: date = story.today + timedelta(days=days)
    while story.today < last:
        told.append(story.tick(min(story.today + timedelta(days=every), last)))

    named = [(notice.cause, notice.post) for decision in told for notice in decision.notices]
    assert len(named) == len(set(named))


@FEWER
@given(histories(steps=12), st.integers(1, 120))
def test_of_the_rungs_a_sleeper_missed_a_post_is_sent_only_the_highest_that_concerns_it(
    history: tuple[Story, list[Pick]], days: int
) -> None:
    story, picks = history
    list(play(story, picks))

    decision = story.tick(story.today + timedelta(days=days))

    by_post: dict[tuple[int | None, str], list[bool]] = {}
    for notice in decision.notices:
        by_post.setdefault((notice.task, notice.post), []).append(notice.merged)
    assert all(merged == [True] * (len(merged) - 1) + [False] for merged in by_post.values())
