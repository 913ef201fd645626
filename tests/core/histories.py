"""Random histories: what people and the clock may ask of a project, in any order and late."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import chain

from hypothesis import strategies as st

from engine.core.commands import (
    Act,
    Bind,
    Command,
    ConfirmWaiver,
    Correct,
    Paper,
    ProposeWaiver,
    Record,
    Reopen,
    Seal,
    Submit,
    Target,
    Tick,
    Void,
)
from engine.core.decide.decision import Decision
from engine.core.definition import ActionKind, FieldType, Task, TaskKind
from engine.core.rows import Grant, Part, TaskRow, Waiver
from tests.builders import POSTS, Story, a_project, a_trial
from tests.core import asks
from tests.core.ways import PILOT, TRIAL

Request = tuple[str, Command]
"""The post, and what it asks."""

Pick = tuple[str, int, int, int]
"""A kind of request, which one of them, how many days pass before, how long ago it happened."""

PASSING = st.sampled_from([0, 0, 0, 1, 3, 10, 40])
AGO = st.sampled_from([0, 0, 0, 0, 1, 4, 30])
LATEST = asks.day("2019-06-30")
"""No history goes beyond this day, so that no date of one leaves the calendar."""

REASONS = {"pilot_project": "other", "equipment_trial": "risk_found"}
VALUES = {FieldType.DATE: "2018-03-01", FieldType.TEXT: "words"}
SCORES = ("82.5", "0", "54.99", "59.9", "60", "100")
DAYS = (None, "2017-09-29", "2018-02-01", "2018-10-31")
MISTAKES = ({"value": "61"}, {"on": "2018-03-02"}, {"doc_no": "X-9"})


@st.composite
def histories(draw: st.DrawFn, steps: int = 25) -> tuple[Story, list[Pick]]:
    """Return a project at some stage, and what is then asked of it."""
    begin, stages = draw(st.sampled_from([(a_project, [*PILOT]), (a_trial, [*TRIAL])]))
    story = begin(draw(st.sampled_from(stages)))
    kinds = st.sampled_from(["work"] * 5 + [*KINDS])
    picks = st.tuples(kinds, st.integers(0, 997), PASSING, AGO)
    return story, draw(st.lists(picks, max_size=steps))


def play(story: Story, picks: list[Pick]) -> Iterator[Decision | None]:
    """Ask one thing after another; yield the decision on each, None where nothing fits."""
    for kind, number, passing, ago in picks:
        known = max(story.today, min(story.today + timedelta(days=passing), LATEST))
        on = known - timedelta(days=ago)
        found = list(KINDS[kind](story))
        if not found:
            yield None
            continue
        post, command = found[number % len(found)]
        decision = story.ask(post, command, on, known=known)
        story.today = known
        yield decision if decision.reasons else story.do(post, command, on, known=known)


def push(story: Story) -> None:
    """Do whatever can be done for the present stage, and leave it where that is possible."""
    for post, command in chain(list(_work(story)), list(_work(story)), list(_advances(story))):
        is_kind = not isinstance(command, Seal) or command.verdict == "consent"
        if is_kind and not story.ask(post, command).reasons:
            story.do(post, command)


def by(*roles: str) -> list[str]:
    """Return the posts that hold one of some roles, wherever they are."""
    return [post for post, (_, held) in POSTS.items() if {*held.split()} & {*roles}]


def _open(story: Story) -> list[TaskRow]:
    return [row for row in story.state.rows(TaskRow) if row.status == "open"]


def _target(row: TaskRow) -> Target:
    return Target(row.key, row.period, row.ref)


def _work(story: Story) -> Iterator[Request]:
    for row in _open(story):
        if row.kind != "stage":
            task = story.workflow.tasks[row.key]
            yield from OF_KIND[task.kind](task, row)


def _deliverable(task: Task, row: TaskRow) -> Iterator[Request]:
    for post in by(task.holder):
        for slot in task.slots:
            yield post, Submit(_target(row), slot.key, Paper("W-1"))
    for post in by(*task.accepted_by):
        yield post, asks.accept(task.key)
        yield post, asks.accept(task.key, "look again", yes=False)


def _seal(task: Task, row: TaskRow) -> Iterator[Request]:
    rule = task.seal
    for party in rule.parties if rule else ():
        for post in by(*party.enterers, *([party.role] if party.role else [])):
            for verdict in ("consent", "consent", "conditional", "refuse", "abstain"):
                yield post, Seal(_target(row), (party.key,), verdict, Paper("S-1"), "so")


def _review(task: Task, row: TaskRow) -> Iterator[Request]:
    rule = task.review
    for post in by(rule.judges) if rule else ():
        yield from ((post, asks.score(value, task.key)) for value in SCORES)
    for post in by(*rule.concludes) if rule else ():
        for verdict in (None, "pass", "revise"):
            yield post, asks.conclude(task.key, verdict, "so")


def _record(task: Task, row: TaskRow) -> Iterator[Request]:
    data = {f.key: f.choices[0] if f.choices else VALUES.get(f.type, "7") for f in task.fields}
    target = Target(row.key, None, row.ref)
    for post in by(*(role for step in task.steps for role in step.roles)):
        for org in ("agency", "rival") if task.binds else (None,):
            yield post, Record(target, data, org=org)


def _quota(task: Task, row: TaskRow) -> Iterator[Request]:
    rule = task.quota
    for post in by(*rule.counters) if rule else ():
        for party in rule.per if rule else ():
            yield from ((post, asks.count(party, heads, task.key)) for heads in (1, 4))


OF_KIND: dict[TaskKind, Callable[[Task, TaskRow], Iterator[Request]]] = {
    TaskKind.DELIVERABLE: _deliverable,
    TaskKind.SEAL: _seal,
    TaskKind.REVIEW: _review,
    TaskKind.RECORD: _record,
    TaskKind.QUOTA: _quota,
}


def _advances(story: Story) -> Iterator[Request]:
    for action in story.workflow.actions_from(story.state.project.stage):
        if action.kind is ActionKind.ADVANCE:
            yield from ((post, asks.act(action.key)) for post in by(*action.roles))


def _returns(story: Story) -> Iterator[Request]:
    reason = REASONS[story.workflow.key]
    for action in story.workflow.actions_from(story.state.project.stage):
        again = [task.key for task in story.workflow.tasks.values() if task.stage == action.to]
        for items in ((), *((key,) for key in again), tuple(again[:2])):
            for post in by(*action.roles) if action.kind is ActionKind.RETURN else ():
                yield post, Act(action.key, reason, "because", items)


def _standings(story: Story) -> Iterator[Request]:
    for action in story.workflow.standing.values():
        for post in by(*action.roles):
            yield post, Act(action.key, REASONS[story.workflow.key], "because")


def _more_time(story: Story) -> Iterator[Request]:
    rule = story.workflow.extension
    pending = {held.task for held in story.state.rows(Grant) if held.decision is None}
    for row in _open(story) if rule else ():
        key, period, ref = row.key, row.period, row.ref
        if rule and row.n in pending:
            yield from ((p, asks.grant(key, 3, period=period, ref=ref)) for p in by(*rule.deciders))
            yield from ((p, asks.deny(key, ref=ref)) for p in by(*rule.deciders))
        elif rule:
            yield from ((p, asks.ask(key, 5, period=period, ref=ref)) for p in by(*rule.askers))


def _waivers(story: Story) -> Iterator[Request]:
    rule = story.workflow.waiver
    pending = {held.task for held in story.state.rows(Waiver) if held.confirmed_on is None}
    for row in _open(story) if rule else ():
        for post in by(*rule.proposers, *rule.confirmers) if rule else ():
            if row.n in pending:
                yield post, ConfirmWaiver(_target(row))
            else:
                yield post, ProposeWaiver(_target(row), "not needed here")


def _bindings(story: Story) -> Iterator[Request]:
    for post in by(*story.workflow.binders):
        for party in story.workflow.parties:
            for org in (None, "agency", "rival", "team", "institute", "maker"):
                yield post, Bind(party, org)
        for name in story.workflow.dates:
            yield from ((post, asks.choose(name, on)) for on in DAYS)


def _raising(story: Story) -> Iterator[Request]:
    for task in story.workflow.tasks.values():
        for ref in ("r1", "r2"):
            for post in by(*task.raisers):
                yield from ((post, asks.raised(ref, task.key, days=days)) for days in (None, 0, 9))
            for post in by(*task.reopeners):
                named = ref if task.raisers else None
                yield post, Reopen(Target(task.key, None, named), "not good enough")


def _corrections(story: Story) -> Iterator[Request]:
    seqs = sorted({part.seq for part in story.state.rows(Part)})
    for post in by(*story.workflow.correctors):
        for seq in seqs[-6:]:
            yield post, Void(seq, "entered by mistake")
            yield from ((post, Correct(seq, values, "mistyped")) for values in MISTAKES)


def _clock(story: Story) -> Iterator[Request]:
    yield "clock", Tick()


KINDS: dict[str, Callable[[Story], Iterator[Request]]] = {
    "work": _work,
    "advance": _advances,
    "return": _returns,
    "standing": _standings,
    "time": _more_time,
    "waiver": _waivers,
    "binding": _bindings,
    "raising": _raising,
    "correction": _corrections,
    "clock": _clock,
}
"""The kinds of request, each with those that fit a project as it stands."""
