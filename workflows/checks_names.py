"""Every name that a workflow mentions, and whether something of that name is defined."""

from collections.abc import Collection, Iterable, Iterator

from engine.core.definition import Workflow
from workflows.checks_mentions import Mention, in_sections, in_stage
from workflows.checks_paths import action_path, task_path
from workflows.checks_task_mentions import in_action, in_task
from workflows.read_problems import Problem, unknown

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
    yield from in_sections(workflow)
    for stage in workflow.stages.values():
        yield from in_stage(stage)
    for task in workflow.tasks.values():
        yield from in_task(task, task_path(task))
    for action in workflow.actions.values():
        yield from in_action(action, action_path(action))


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
