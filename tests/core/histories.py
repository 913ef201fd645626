"""Random histories: what people and the clock may ask of a project, in any order and late."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from hypothesis import strategies as st

from engine.core.commands import (
    Act,
    Bind,
    Command,
    ConfirmWaiver,
    Correct,
    ProposeWaiver,
    Reopen,
    Seal,
    Target,
    Tick,
    Void,
)
from engine.core.definition import ActionKind, FieldType, Task, TaskKind, Workflow
from tests.builders import DATES, PILOT, POSTS, TRIAL, Story, a_project, a_trial
from tests.core import asks

Request = tuple[str, Command]
"""The post, and what it asks."""

Step = tuple[Request, int, int]
"""A request, how many days pass before it, and how many days ago the thing happened."""

Requests = st.SearchStrategy[Request]
By = Callable[..., st.SearchStrategy[str]]

PASSING = st.sampled_from([0, 0, 0, 1, 3, 10, 40])
AGO = st.sampled_from([0, 0, 0, 0, 1, 4, 30])
REASONS = {"pilot_project": "other", "equipment_trial": "risk_found"}
VALUES = {FieldType.DATE: "2018-03-01", FieldType.TEXT: "words"}
SCORES = ("0", "54.99", "59.9", "60", "82.5", "100")
LATEST = "2019-06-30"
"""No history goes beyond this day, so that no date of one leaves the calendar."""


@st.composite
def histories(draw: st.DrawFn, steps: int = 25) -> tuple[Story, list[Step]]:
    """Return a project at some stage and what is then asked of it."""
    begin, stages = draw(st.sampled_from([(a_project, [*PILOT]), (a_trial, [*TRIAL])]))
    story = begin(draw(st.sampled_from(stages)))
    asked = st.tuples(requests(story.workflow), PASSING, AGO)
    return story, draw(st.lists(asked, max_size=steps))


def play(story: Story, steps: list[Step]) -> Iterator[bool]:
    """Ask one request after another; yield after each whether it was granted."""
    for (post, command), passing, ago in steps:
        known = min(story.today + timedelta(days=passing), asks.day(LATEST))
        known = max(known, story.today)
        on = known - timedelta(days=ago)
        if story.ask(post, command, on, known=known).reasons:
            story.today = known
            yield False
        else:
            story.do(post, command, on, known=known)
            yield True


def requests(workflow: Workflow) -> Requests:
    """Return a strategy of requests, each by a post that may well be allowed to make it."""

    def by(*roles: str) -> st.SearchStrategy[str]:
        return st.sampled_from([p for p, (_, held) in POSTS.items() if {*held.split()} & {*roles}])

    found: list[Requests] = [st.tuples(st.just("clock"), st.just(Tick()))]
    found.append(st.tuples(by(*workflow.correctors), _corrections()))
    found += [*_actions(workflow, by), *_bindings(workflow, by), *_exceptions(workflow, by)]
    for task in workflow.tasks.values():
        found += [*OF_KIND[task.kind](task, by), *_raising(task, by)]
    return st.one_of(*found)


def _corrections() -> st.SearchStrategy[Command]:
    seqs = st.integers(1, 60)
    changes = st.sampled_from([{"value": "61"}, {"on": "2018-03-02"}, {"doc_no": "X-9"}])
    voids = st.builds(Void, seqs, st.just("entered by mistake"))
    return voids | st.builds(Correct, seqs, changes, st.just("mistyped"))


def _actions(workflow: Workflow, by: By) -> Iterator[Requests]:
    reason = REASONS[workflow.key]
    for standing in workflow.standing.values():
        yield st.tuples(by(*standing.roles), st.just(Act(standing.key, reason, "because")))
    for action in workflow.actions.values():
        again = [task.key for task in workflow.tasks.values() if task.stage == action.to]
        items: st.SearchStrategy[tuple[str, ...]] = st.just(())
        if action.kind is ActionKind.RETURN:
            items = st.lists(st.sampled_from(again), unique=True, max_size=2).map(tuple)
        asked = st.builds(Act, st.just(action.key), st.just(reason), st.just("because"), items)
        yield st.tuples(by(*action.roles), asked)


def _bindings(workflow: Workflow, by: By) -> Iterator[Requests]:
    parties = st.sampled_from([*workflow.parties])
    orgs = st.sampled_from([None, "agency", "rival", "team", "institute", "ward", "maker"])
    yield st.tuples(by(*workflow.binders), st.builds(Bind, parties, orgs))
    days = st.sampled_from([*DATES.values(), None])
    names = st.sampled_from([*workflow.dates])
    yield st.tuples(by(*workflow.binders), st.builds(asks.choose, names, days))


def _exceptions(workflow: Workflow, by: By) -> Iterator[Requests]:
    owed = st.sampled_from([*workflow.stages, *workflow.tasks])
    days = st.sampled_from([1, 5, 30])
    if workflow.extension:
        yield st.tuples(by(*workflow.extension.askers), st.builds(asks.ask, owed, days))
        yield st.tuples(by(*workflow.extension.deciders), st.builds(asks.grant, owed, days))
        yield st.tuples(by(*workflow.extension.deciders), st.builds(asks.deny, owed))
    if workflow.waiver:
        tasks = st.builds(Target, st.sampled_from([*workflow.tasks]))
        proposed = st.builds(ProposeWaiver, tasks, st.just("no longer needed"))
        yield st.tuples(by(*workflow.waiver.proposers), proposed)
        yield st.tuples(by(*workflow.waiver.confirmers), st.builds(ConfirmWaiver, tasks))


def _raising(task: Task, by: By) -> Iterator[Requests]:
    if task.raisers:
        refs = st.sampled_from(["r1", "r2"])
        days = st.sampled_from([None, 0, 10])
        asked = st.builds(asks.raised, refs, st.just(task.key), days=days)
        yield st.tuples(by(*task.raisers), asked)
    if task.reopeners:
        target = st.builds(Target, st.just(task.key), ref=st.sampled_from([None, "r1", "r2"]))
        yield st.tuples(by(*task.reopeners), st.builds(Reopen, target, st.just("not good")))


def _deliverable(task: Task, by: By) -> Iterator[Requests]:
    slots = st.sampled_from([slot.key for slot in task.slots])
    yield st.tuples(by(task.holder), st.builds(asks.submit, st.just(task.key), slots))
    if task.accepted_by:
        verdicts = st.booleans()
        asked = st.builds(asks.accept, st.just(task.key), st.just("look again"), yes=verdicts)
        yield st.tuples(by(*task.accepted_by), asked)


def _seal(task: Task, by: By) -> Iterator[Requests]:
    rule = task.seal
    for party in rule.parties if rule else ():
        verdicts = st.sampled_from(["consent", "consent", "consent", "conditional", "refuse"])
        paper = st.just(asks.submit("any", doc="S-1").paper)
        asked = st.builds(
            Seal, st.just(Target(task.key)), st.just((party.key,)), verdicts, paper, st.just("so")
        )
        yield st.tuples(by(*party.enterers, *([party.role] if party.role else [])), asked)


def _review(task: Task, by: By) -> Iterator[Requests]:
    rule = task.review
    if rule is not None:
        asked = st.builds(asks.score, st.sampled_from(SCORES), st.just(task.key))
        yield st.tuples(by(rule.judges), asked)
        verdicts = st.sampled_from([None, None, "pass", "revise"])
        ended = st.builds(asks.conclude, st.just(task.key), verdicts, st.just("so"))
        yield st.tuples(by(*rule.concludes), ended)


def _record(task: Task, by: By) -> Iterator[Requests]:
    data = {f.key: f.choices[0] if f.choices else VALUES.get(f.type, "7") for f in task.fields}
    orgs = st.sampled_from(["agency", "rival"]) if task.binds else st.none()
    refs = st.sampled_from([None, "r1", "r2"]) if task.raisers else st.none()
    for step in task.steps:
        asked = st.builds(asks.record, st.just(task.key), ref=refs, org=orgs, **{
            key: st.just(value) for key, value in data.items()
        })  # fmt: skip
        yield st.tuples(by(*step.roles), asked)


def _quota(task: Task, by: By) -> Iterator[Requests]:
    rule = task.quota
    if rule is not None:
        parties, heads = st.sampled_from(rule.per), st.sampled_from([1, 2, 4])
        asked = st.builds(asks.count, parties, heads, st.just(task.key))
        yield st.tuples(by(*rule.counters), asked)


OF_KIND: dict[TaskKind, Callable[[Task, By], Iterator[Requests]]] = {
    TaskKind.DELIVERABLE: _deliverable,
    TaskKind.SEAL: _seal,
    TaskKind.REVIEW: _review,
    TaskKind.RECORD: _record,
    TaskKind.QUOTA: _quota,
}
