"""Due days under random pauses, extensions, returns and new calendars, against a clerk's notebook.

The notebook knows no rows. It writes down what happened and, where something happened that has the
day reckoned anew, counts it day by day with the calendar of that day.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.calendar import Calendar
from engine.core.commands import AskExtension, DecideExtension, Target
from engine.core.definition import ClockEffect, DueRule, PauseRule, Roll, Unit, Workflow
from engine.core.rows import Grant, Pause
from tests.builders import WEEKDAYS, Story, a_calendar, a_project, a_workflow
from tests.core.asks import act, submit
from tests.core.test_schedule_laws import due_by_hand
from tests.core.ways import PLAN_PAPERS

FEWER = settings(max_examples=max(settings.default.max_examples // 4, 20))  # type: ignore[union-attr]  # always set
CALENDARS: tuple[Calendar, ...] = (
    a_calendar(), a_calendar().known_on(date(2017, 11, 1)), WEEKDAYS,
)  # fmt: skip
OPENED = date(2017, 9, 4)

rules = st.builds(
    DueRule,
    st.just("entered"),
    st.integers(0, 60),
    st.sampled_from([Unit.WORKING_DAY, Unit.CALENDAR_DAY]),
    st.sampled_from([Roll.NONE, Roll.NEXT]),
    st.sampled_from(PauseRule),
)
steps = st.tuples(
    st.sampled_from(["ask", "until", "stand", "move", "calendar"]),
    st.integers(0, 12),
    st.integers(1, 25),
)


@dataclass
class Notebook:
    """What a clerk writes down of one project, and the days that follow from it."""

    rule: DueRule
    keeps: bool
    calendar: Calendar
    stage: str = "plan"
    begun: dict[str, date] = field(default_factory=lambda: {"plan": OPENED})
    granted: dict[str, list[Grant]] = field(default_factory=lambda: {"plan": []})
    pauses: list[Pause] = field(default_factory=list)
    suspended_on: date | None = None
    due: date = OPENED
    original: date = OPENED
    visit: int = 1
    counted: tuple[Any, ...] = ()

    def reckon(self) -> None:
        """Count the present stage's day anew, one day after another.

        A newer calendar alone moves nothing: where what happened gives the same day as before, both
        counted with the calendar of today, the day that is written down stands.
        """
        now = self._inputs()
        if self.counted[:1] == now[:1] and self._days(*self.counted) == self._days(*now):
            self.counted = now
            return
        self.counted = now
        self.original, self.due = self._days(*now)

    def _inputs(self) -> tuple[Any, ...]:
        begun, granted = self.begun[self.stage], self.granted[self.stage]
        return (self.visit, begun, list(self.pauses), list(granted))

    def _days(
        self, _: int, begun: date, pauses: list[Pause], granted: list[Grant]
    ) -> tuple[date, date]:
        return (
            due_by_hand(self.rule, begun, begun, [], [], self.calendar),
            due_by_hand(self.rule, begun, begun, pauses, granted, self.calendar),
        )

    def grant(self, on: date, days: int, unit: Unit) -> None:
        """Write down a grant."""
        held = Grant(1, 1, decided_on=on, decision="granted", days=days, unit=unit.value)
        self.granted[self.stage].append(held)
        self.reckon()

    def stand(self, on: date) -> None:
        """Write down a suspension or its end."""
        if self.suspended_on is None:
            self.suspended_on = on
        else:
            self.pauses.append(Pause(len(self.pauses) + 1, "suspended", self.suspended_on, on))
            self.suspended_on = None
        self.reckon()

    def move(self, on: date) -> None:
        """Write down the plan's hand-in, or its return with its clock kept or begun afresh."""
        self.visit += 1
        if self.stage == "plan":
            self.stage, self.begun["approval"], self.granted["approval"] = "approval", on, []
        else:
            self.stage = "plan"
            if not self.keeps:
                self.begun["plan"], self.granted["plan"] = on, []
        self.reckon()


def a_pilot(rule: DueRule, clock: ClockEffect) -> Workflow:
    """Return the pilot with one rule for its first two stages, and a return of that effect."""
    workflow = a_workflow()
    stages = {
        key: replace(stage, due=rule) if key in ("plan", "approval") else stage
        for key, stage in workflow.stages.items()
    }
    back = replace(workflow.actions["return_plan"], clock=clock)
    return replace(workflow, stages=stages, actions={**workflow.actions, "return_plan": back})


def more_time(story: Story, book: Notebook, on: date, days: int, *, by_day: bool) -> None:
    """Ask for more time and grant it, or be refused because the day is over."""
    until = book.due + timedelta(days=days) if by_day else None
    asked = AskExtension(Target(book.stage), 0 if by_day else days, "repairs", until)
    if on > book.due:
        assert "asked_after_due" in story.codes("county", asked, on)
        return
    story.do("county", asked, on)
    number = 0 if by_day else days
    answer = DecideExtension(Target(book.stage), granted=True, days=number, until=until)
    story.do("lead", answer, on)
    book.grant(on, days, Unit.CALENDAR_DAY if by_day else Unit.WORKING_DAY)


def move(story: Story, book: Notebook, on: date) -> None:
    """Hand the plan in, or return it; nothing moves in a suspension."""
    if book.suspended_on is not None:
        return
    if book.stage == "plan":
        story.go([(on.isoformat(), "county", submit(key)) for key in PLAN_PAPERS])
        story.do("county", act("submit"), on)
    else:
        story.do("lead", act("return_plan", "other"), on)
    book.move(on)


def stand(story: Story, book: Notebook, on: date) -> None:
    """Suspend the project, or resume it."""
    action = act("suspend", "other") if book.suspended_on is None else act("resume", note="on")
    story.do("county", action, on)
    book.stand(on)


@FEWER
@given(rules, st.sampled_from(ClockEffect), st.lists(steps, max_size=14))
def test_a_due_day_is_what_a_clerk_counts_whatever_has_happened(
    rule: DueRule, clock: ClockEffect, history: list[tuple[str, int, int]]
) -> None:
    story = a_project(workflow=a_pilot(rule, clock), calendar=CALENDARS[0])
    book = Notebook(rule, clock is ClockEffect.KEEP, CALENDARS[0])
    book.reckon()
    on = OPENED
    for what, gap, number in history:
        on += timedelta(days=gap)
        if what in ("ask", "until"):
            more_time(story, book, on, number, by_day=what == "until")
        elif what == "stand":
            stand(story, book, on)
        elif what == "move":
            move(story, book, on)
        else:
            story.calendar = book.calendar = CALENDARS[number % len(CALENDARS)]
        row = story.row(book.stage)
        assert (row.original_due, row.due) == (book.original, book.due)


@FEWER
@given(rules, st.lists(steps, max_size=10))
def test_what_is_over_never_moves(rule: DueRule, history: list[tuple[str, int, int]]) -> None:
    story = a_project(workflow=a_pilot(rule, ClockEffect.FRESH))
    book = Notebook(rule, keeps=False, calendar=a_calendar())
    book.reckon()
    move(story, book, OPENED)
    over = story.rows("plan")[0]
    on = OPENED
    for what, gap, number in history:
        on += timedelta(days=gap)
        if what == "stand":
            stand(story, book, on)
        elif what == "move":
            move(story, book, on)
        else:
            story.calendar = CALENDARS[number % len(CALENDARS)]
        assert story.rows("plan")[0] == over
