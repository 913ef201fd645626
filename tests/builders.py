"""Valid things for tests, each with one override visible: workflows, people, projects."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from engine.core.calendar import Calendar
from engine.core.commands import Command, Open, Phrase, Target, Tick
from engine.core.context import Context
from engine.core.deadlines import local_moment
from engine.core.decide.corrections import Past
from engine.core.decide.decision import Decision
from engine.core.decide.dispatch import Option, decide, options
from engine.core.definition import Workflow
from engine.core.directory import Directory
from engine.core.errors import Reason
from engine.core.events import CLOCK, SILENT, Actor, canonical
from engine.core.lamps import Lamp, lamp
from engine.core.rows import Org, Post, TaskRow
from engine.core.state import State
from tests.core.asks import Day, day, phrase
from tests.core.ways import PILOT, TRIAL, USERS, Step
from workflows.calendars_reader import load_calendar
from workflows.reader import load_workflow, shipped

HERE = Path(__file__).parent


@cache
def a_workflow() -> Workflow:
    """Return the shipped workflow of a pilot project."""
    return load_workflow(shipped()["pilot_project"])


@cache
def equipment() -> Workflow:
    """Return the second workflow, which shares no stage, role or word with the first."""
    return load_workflow(HERE / "workflows" / "equipment_trial.yaml")


@cache
def a_calendar() -> Calendar:
    """Return the shipped working days."""
    return load_calendar()


WEEKDAYS = Calendar(())
"""Monday to Friday and nothing else."""

ORGS = {
    "bureau": None, "county_bureau": "bureau", "community": "county_bureau", "agency": None,
    "rival": None, "team": None, "institute": None,
    "hospital": None, "ward": "hospital", "maker": None, "assessors": None,
}  # fmt: skip
"""Every org by code, with the one above it."""

POSTS = {
    "lead": ("bureau", "city_lead"), "finance": ("bureau", "city_finance"),
    "county": ("county_bureau", "county"), "county2": ("county_bureau", "county"),
    "liaison": ("community", "community"), "agency": ("agency", "agency"),
    "rival": ("rival", "agency"), "supervisor": ("team", "supervisor"),
    "judge1": ("institute", "evaluator"), "judge2": ("institute", "evaluator"),
    "judge3": ("institute", "evaluator"), "judge4": ("institute", "evaluator"),
    "insider": ("team", "evaluator"), "visitor": ("rival", ""),
    "manager": ("ward", "ward_manager"), **dict.fromkeys(USERS, ("ward", "key_user")),
    "officer": ("hospital", "device_officer"), "it": ("hospital", "it_security"),
    "privacy": ("hospital", "data_protection"), "hygiene": ("hospital", "hygiene"),
    "buyer": ("hospital", "purchasing"), "medical": ("hospital", "medical_director"),
    "managing": ("hospital", "managing_director"), "supplier": ("maker", "supplier_contact"),
}  # fmt: skip
"""Every post by code: its org, and the roles it grants."""


def a_directory(**posts: Post) -> Directory:
    """Return the register of everybody in these tests, with some posts put in their place."""
    orgs = {
        code: Org(n, code=code, name=f"The {code}", kind="unit", parent=parent)
        for n, (code, parent) in enumerate(ORGS.items(), start=1)
    }
    held = {code: a_post(code, org, roles) for code, (org, roles) in POSTS.items()}
    return Directory(orgs, {**held, **posts})


def a_post(code: str, org: str, roles: str, **columns: Any) -> Post:
    """Return a post of an org that grants some roles."""
    return Post(1, code=code, org=org, name=f"The {code}", roles=roles, **columns)


@dataclass(slots=True, kw_only=True, repr=False)
class Story:
    """A project told request by request: its state, and the entries that led there.

    Days stand for moments: a request is recorded at ten in the morning, office time, of `known`,
    or at the hour `at`.
    """

    workflow: Workflow
    calendar: Calendar
    directory: Directory = field(default_factory=a_directory)
    children: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    state: State = field(default_factory=lambda: State("project:P1"))
    past: list[Past] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    today: date = date(2017, 9, 4)

    def __repr__(self) -> str:
        return f"Story({self.workflow.key}, {self.state.project.stage}, {self.today})"

    def actor(self, post: str, person: str | None = None, on_behalf: str | None = None) -> Actor:
        """Return who acts in a post; the person is called like the post unless told."""
        held = self.directory.posts.get(post)
        return Actor(person or post, post, held.org if held else "-", "cli", on_behalf)

    def frame(self, post: str, on: Day | None = None, **more: Any) -> Context:
        """Return the frame of a request; `known` is the day of recording, `on` unless told."""
        known = more.get("known")
        recorded = day(known) if known else max(self.today, day(on) if on else self.today)
        who = CLOCK if post == CLOCK.post else self.actor(
            post, more.get("person"), more.get("on_behalf")
        )  # fmt: skip
        return Context(
            workflow=self.workflow, actor=who, now=self.moment(recorded, more.get("at", "10:00")),
            occurred_on=day(on) if on else recorded, calendar=self.calendar,
            directory=self.directory, children=self.children,
        )  # fmt: skip

    def moment(self, on: date, at: str = "10:00") -> datetime:
        """Return an hour of the office's day, ten in the morning unless told, in UTC."""
        return local_moment(on, at, self.workflow.timezone)

    def ask(self, post: str, command: Command, on: Day | None = None, **more: Any) -> Decision:
        """Return the decision on a request; nothing is kept of it."""
        return decide(self.state, command, self.frame(post, on, **more), tuple(self.past))

    def do(self, post: str, command: Command, on: Day | None = None, **more: Any) -> Decision:
        """Ask, hold that it was not refused, keep it, and return the decision."""
        ctx = self.frame(post, on, **more)
        decision = decide(self.state, command, ctx, tuple(self.past))
        self.state = done(decision)
        self.today = ctx.today
        body = json.loads(canonical({"cells": decision.draft.cells()}))
        self.past.append(Past(self.state.seq, decision.kind, tuple(body["cells"])))
        self.decisions.append(decision)
        return decision

    def go(self, steps: Iterable[Step]) -> "Story":
        """Do every step on its day, and return the story."""
        for on, post, command in steps:
            self.do(post, command, on)
        return self

    def refusal(
        self, post: str, command: Command, on: Day | None = None, **more: Any
    ) -> tuple[Reason, ...]:
        """Ask, hold that it was refused and changed nothing, and return the reasons."""
        decision = self.ask(post, command, on, **more)
        assert decision.reasons, f"{command} was not refused"
        assert decision.kind == "attempt.denied"
        assert decision.draft.cells() == []
        return decision.reasons

    def codes(self, post: str, command: Command, on: Day | None = None, **more: Any) -> list[str]:
        """Return the codes of a refusal's reasons, in their order."""
        return [reason.code for reason in self.refusal(post, command, on, **more)]

    def tick(self, on: Day) -> Decision:
        """Let the clock do what has fallen due by a day."""
        return self.do("clock", Tick(), on)

    def tick_through(self, first: Day, last: Day) -> "Story":
        """Let the clock work on every day from the first to the last."""
        for n in range((day(last) - day(first)).days + 1):
            self.tick(day(first) + timedelta(days=n))
        return self

    def options(self, post: str, on: Day | None = None, **more: Any) -> dict[str, Option]:
        """Return the actions as a post finds them, by key."""
        return {found.key: found for found in options(self.state, self.frame(post, on, **more))}

    def rows(self, key: str) -> list[TaskRow]:
        """Return every row of a task, oldest first, the series itself aside."""
        kept = [row for row in self.state.rows(TaskRow) if row.key == key]
        return [row for row in kept if row.kind != "series"]

    def row(self, key: str, mark: str | None = None) -> TaskRow:
        """Return the newest row of a task, of a period or reference when told."""
        return [row for row in self.rows(key) if mark in (None, row.period, row.ref)][-1]

    def lamp(self, on: Day, at: datetime | None = None) -> Lamp:
        """Return the lamp on a day, as seen at a moment when told."""
        return lamp(self.state, self.workflow, self.calendar, day(on), at)


def done(decision: Decision) -> State:
    """Hold that a request was not refused, and return the state after it."""
    assert not decision.reasons, [f"{r.code} {dict(r.facts)}" for r in decision.reasons]
    before = decision.draft.base
    return decision.draft.state(before.seq + 1, before.version + (decision.kind not in SILENT))


PARTIES = {
    "sponsor": "bureau", "region": "county_bureau", "community": "community",
    "supervisor": "team", "evaluator": "institute",
}  # fmt: skip
DATES = {
    "plan_finish": "2017-09-29", "setup_finish": "2017-11-30", "start_by": "2017-12-15",
    "cadence_from": "2018-01-01", "planned_end": "2018-09-28", "closing_finish": "2018-10-31",
    "convert_finish": "2018-10-31",
}  # fmt: skip


def opened(
    story: Story, by: str, on: Day, parties: Mapping[str, str], dates: Mapping[str, str | None]
) -> Story:
    """Open the story's project on a day, and return the story."""
    story.today = day(on)
    named: dict[str, Phrase] = {name: phrase(when) for name, when in dates.items()}
    story.do(by, Open("P1", "A pilot", parties, named), on)
    return story


def a_project(
    stage: str = "plan",
    *,
    opened_on: Day = "2017-09-04",
    parties: Mapping[str, str] | None = None,
    dates: Mapping[str, str | None] | None = None,
    **frame: Any,
) -> Story:
    """Return a pilot project that has come to a stage, every gate on the way met.

    Args:
        stage: where it stands.
        opened_on: the day on which it was opened.
        parties: orgs bound in place of the usual ones, by name.
        dates: days chosen in place of the usual ones; None leaves one undated.
        frame: another workflow, calendar, directory or children.
    """
    story = Story(**{"workflow": a_workflow(), "calendar": a_calendar(), **frame})
    opened(story, "county", opened_on, {**PARTIES, **(parties or {})}, {**DATES, **(dates or {})})
    return story.go(_way(PILOT, stage))


def a_trial(stage: str = "apply", **frame: Any) -> Story:
    """Return an equipment trial that has come to a stage; it works from Monday to Friday."""
    story = Story(**{"workflow": equipment(), "calendar": WEEKDAYS, **frame})
    bound = {"ward": "ward", "supplier": "maker", "institute": "assessors"}
    dates = {"delivery": "2018-02-01", "trial_end": "2018-05-31", "budget_day": "2018-06-29"}
    return opened(story, "officer", "2018-01-08", bound, dates).go(_way(TRIAL, stage))


def _way(ways: Mapping[str, list[Step]], stage: str) -> Iterable[Step]:
    order = list(ways)
    return [step for key in order[: order.index(stage) + 1] for step in ways[key]]


def a_context(story: Story | None = None, **overrides: Any) -> Context:
    """Return the frame of a request by the county on the day a project was opened."""
    told = story or Story(workflow=a_workflow(), calendar=a_calendar())
    return replace(told.frame("county"), **overrides)


def the(key: str, mark: str | None = None) -> Target:
    """Return the task of that key, of a period or reference when told."""
    is_period = mark is not None and mark[:2] == "20"
    return Target(key, mark if is_period else None, None if is_period else mark)
