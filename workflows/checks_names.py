"""Every name that a workflow mentions, and whether something of that name is defined."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from engine.core.definition import Action, Condition, DueRule, Stage, Task, Workflow
from workflows.read_parts import DONE
from workflows.read_problems import Path, Problem, unknown

HOLDER = "holder"
"""Stands for whoever owes the task, among the recipients of a rung."""

SECTIONS = {
    "roles": {"role", "recipient"},
    "parties": {"party"},
    "dates": {"date"},
    "ladders": {"ladder"},
    "grades": {"grade"},
    "tracks": {"task"},
    "stages": {"stage", "task", "action"},
}
"""The kinds of name that each section of a file defines."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it is used, and the kind of thing it should name."""

    kind: str
    name: str
    path: Path


def unknown_names(workflow: Workflow, unsure: Collection[str]) -> Iterator[Problem]:
    """Yield every name that nothing defines, save kinds of name that are `unsure`."""
    known = _known(workflow)
    for mention in mentions(workflow):
        # An empty name stands for one that could not be read, which is a problem already.
        if mention.name and mention.kind not in unsure and mention.name not in known[mention.kind]:
            yield unknown(mention.path, mention.kind, mention.name, known[mention.kind])


def unsure_kinds(problems: Iterable[Problem]) -> set[str]:
    """Return the kinds of name whose definitions are themselves not read to the end."""
    unsure: set[str] = set()
    for problem in problems:
        top, *below = problem.path or ("",)
        if len(below) == 1 and problem.on_key:
            unsure |= SECTIONS.get(str(top), set())
        elif not below:
            optional = {"party", "date", "ladder", "grade", "task"}
            unsure |= SECTIONS.get(str(top), optional)
        elif top == "stages" and (len(below) == 1 or below[1:] in (["tasks"], ["actions"])):
            unsure |= {"task", "action"}
    return unsure


def mentions(workflow: Workflow) -> Iterator[Mention]:
    """Yield every use of a name, in the order of the file's sections."""
    yield Mention("stage", workflow.initial, ("initial",))
    yield from _in_sections(workflow)
    for stage in workflow.stages.values():
        yield from _in_stage(stage)
    for task in workflow.tasks.values():
        yield from _in_task(task, task_path(task))
    for action in workflow.actions.values():
        yield from _in_action(action, action_path(action))


def task_path(task: Task) -> Path:
    """Return where a task stands in its file."""
    return ("stages", task.stage, "tasks", task.key) if task.stage else ("tracks", task.key)


def action_path(action: Action) -> Path:
    """Return where a stage action stands in its file."""
    return ("stages", action.source, "actions", action.key)


def conditions(node: Condition | None, path: Path) -> Iterator[tuple[Condition, Path]]:
    """Yield a condition and every one inside it, each with its path."""
    if node is None:
        return
    at = (*path, node.guard)
    yield node, at
    for position, child in enumerate(node.children):
        yield from conditions(child, at if node.guard == "not" else (*at, position))


def named_task(rule: str) -> str | None:
    """Return the task that an anchor or opening ``task:<key>`` names, or None."""
    kind, _, name = rule.partition(":")
    return name if kind == "task" else None


def _known(workflow: Workflow) -> dict[str, Collection[str]]:
    return {
        "role": workflow.roles.keys(),
        "recipient": dict.fromkeys((HOLDER, *workflow.roles)),
        "party": workflow.parties.keys(),
        "date": workflow.dates.keys(),
        "ladder": workflow.ladders.keys(),
        "grade": dict.fromkeys(grade.key for grade in workflow.grades),
        "stage": workflow.stages.keys(),
        "task": workflow.tasks.keys(),
        "action": workflow.actions.keys(),
    }


def _one(kind: str, name: str | None, path: Path) -> Iterator[Mention]:
    if name is not None:
        yield Mention(kind, name, path)


def _each(kind: str, names: Iterable[str], path: Path) -> Iterator[Mention]:
    for position, name in enumerate(names):
        yield Mention(kind, name, (*path, position))


def _in_sections(workflow: Workflow) -> Iterator[Mention]:
    for role in workflow.roles.values():
        yield from _one("party", role.party, ("roles", role.key, "party"))
    for ladder in workflow.ladders.values():
        for rung in ladder.rungs:
            yield from _each("recipient", rung.to, ("ladders", ladder.key, rung.key, "to"))
    for section, roles in _role_lists(workflow):
        yield from _each("role", roles, section)
    for action in workflow.standing.values():
        path = ("standing", action.key)
        yield from _each("role", action.roles, (*path, "roles"))
        yield from _each("stage", action.stages, (*path, "stages"))


def _role_lists(workflow: Workflow) -> Iterator[tuple[Path, tuple[str, ...]]]:
    yield ("openers",), workflow.openers
    yield ("binders",), workflow.binders
    yield ("correctors",), workflow.correctors
    if workflow.extension:
        yield ("extension", "askers"), workflow.extension.askers
        yield ("extension", "deciders"), workflow.extension.deciders
    if workflow.waiver:
        yield ("waiver", "proposers"), workflow.waiver.proposers
        yield ("waiver", "confirmers"), workflow.waiver.confirmers


def _in_stage(stage: Stage) -> Iterator[Mention]:
    path = ("stages", stage.key)
    yield from _one("role", stage.holder, (*path, "holder"))
    yield from _one("ladder", stage.ladder, (*path, "ladder"))
    yield from _in_due(stage.due, path)


def _in_due(due: DueRule | None, path: Path) -> Iterator[Mention]:
    kind, _, name = (due.anchor if due else "").partition(":")
    if name:
        yield Mention(kind, name, (*path, "due", "from"))


def _in_task(task: Task, path: Path) -> Iterator[Mention]:
    yield from _one("role", task.holder, (*path, "holder"))
    yield from _each("action", task.gates, (*path, "gates"))
    yield from _one("ladder", task.ladder, (*path, "ladder"))
    yield from _one("party", task.binds, (*path, "binds"))
    kind, _, name = task.opens.partition(":")
    yield from _one(kind, name or None, (*path, "opens"))
    yield from _in_due(task.due, path)
    if task.cadence:
        yield from _one("date", task.cadence.starts, (*path, "cadence", "starts"))
    yield from _each("role", task.accepted_by, (*path, "accepted_by"))
    yield from _each("role", task.raisers, (*path, "raisers"))
    yield from _each("role", task.reopeners, (*path, "reopeners"))
    yield from _in_parts(task, path)


def _in_parts(task: Task, path: Path) -> Iterator[Mention]:
    for step in task.steps:
        if step.name is DONE:  # the step of a record that names none: its role is the holder
            continue
        yield from _each("role", step.roles, (*path, "steps", step.key, "roles"))
    for party in task.seal.parties if task.seal else ():
        at = (*path, "seal", "parties", party.key)
        yield from _one("role", party.role, (*at, "role"))
        yield from _each("role", party.enterers, (*at, "enterers"))
    if task.review:
        yield from _one("role", task.review.judges, (*path, "review", "judges"))
        yield from _each("role", task.review.concludes, (*path, "review", "concludes"))
        yield from _each("task", task.review.reopens, (*path, "review", "reopens"))
    if task.quota:
        yield from _each("party", task.quota.per, (*path, "quota", "per"))
        yield from _each("role", task.quota.counters, (*path, "quota", "counters"))


def _in_action(action: Action, path: Path) -> Iterator[Mention]:
    yield from _one("stage", action.to, (*path, "to"))
    yield from _each("role", action.roles, (*path, "roles"))
    for condition, at in conditions(action.gate, (*path, "gate")):
        yield from _in_condition(condition, at)


GUARD_NAMES = {"of": "task", "not_before": "date", "parties": "party"}
"""What the arguments of guards name; those of `children` name things of another file."""


def _in_condition(condition: Condition, path: Path) -> Iterator[Mention]:
    for argument, value in condition.args.items():
        kind = GUARD_NAMES.get(argument)
        if kind and isinstance(value, tuple):
            yield from _each(kind, value, (*path, argument))
        elif kind:
            yield Mention(kind, str(value), (*path, argument))
    if condition.guard == "grade":
        yield Mention("grade", str(condition.args["at_least"]), (*path, "at_least"))
    yield from _one("task", named_task(str(condition.args.get("after", ""))), (*path, "after"))
