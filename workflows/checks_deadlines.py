"""Whether due days have what they count from and climb, and scales are in order."""

from collections.abc import Collection, Iterator

from engine.core.administrators import KINDS
from engine.core.definition import DueRule, Rung, Workflow
from workflows.checks_paths import task_path
from workflows.checks_tasks import GIVEN, PERIOD_END
from workflows.read_problems import Problem, unknown


def scale_problems(workflow: Workflow) -> Iterator[Problem]:
    """Yield rungs and grades out of order, and roles that are named like something else."""
    for ladder in workflow.ladders.values():
        for before, rung in zip(ladder.rungs, ladder.rungs[1:], strict=False):
            if rung.days <= before.days:
                at = ("ladders", ladder.key, rung.key, "days")
                yield Problem(at, f'must be more than the {before.days} of "{before.key}"')
    yield from _renamed_rungs(workflow)
    for better, grade in zip(workflow.grades, workflow.grades[1:], strict=False):
        if grade.floor >= better.floor:
            path = ("grades", grade.key, "from")
            yield Problem(path, f'must be less than the {better.floor} of "{better.key}"')
    if "holder" in workflow.roles:
        message = "means whoever owes the task; call the role otherwise"
        yield Problem(("roles", "holder"), message, on_key=True)
    for kind in KINDS:
        if kind in workflow.roles:
            message = "is an administrator of the product, who takes no part; call it otherwise"
            yield Problem(("roles", kind), message, on_key=True)


def _renamed_rungs(workflow: Workflow) -> Iterator[Problem]:
    """Yield rungs that share a key but not a name: a notice is known by the key alone."""
    first: dict[str, tuple[str, Rung]] = {}
    for ladder in workflow.ladders.values():
        for rung in ladder.rungs:
            other, held = first.setdefault(rung.key, (ladder.key, rung))
            if held.name != rung.name:
                message = f'is called otherwise in ladder "{other}"; give it a key of its own'
                yield Problem(("ladders", ladder.key, rung.key, "name"), message)


def template_problems(workflow: Workflow, templates: Collection[str]) -> Iterator[Problem]:
    """Yield rungs whose notice has a template that nobody made."""
    for ladder in workflow.ladders.values():
        for rung in ladder.rungs:
            if rung.template not in templates:
                at = ("ladders", ladder.key, rung.key, "template")
                yield unknown(at, "template", rung.template, templates)


def deadline_problems(workflow: Workflow) -> Iterator[Problem]:
    """Yield planned finishes that nothing fixes, and deadlines that would climb no ladder."""
    has_default = not workflow.ladders or "default" in workflow.ladders
    message = "has a due day but no ladder, and there is no ladder called default"
    for stage in workflow.stages.values():
        path = ("stages", stage.key)
        if stage.due and stage.due.anchor in (GIVEN, PERIOD_END):
            yield Problem((*path, "due", "from"), f"a stage has no {stage.due.anchor} day")
        if _is_lost(stage.due, stage.ladder, has_default=has_default):
            yield Problem(path, message)
    for task in workflow.tasks.values():
        is_lost = _is_lost(task.due, task.ladder, has_default=has_default)
        if is_lost and task.strength == "must":
            yield Problem(task_path(task), message)


def _is_lost(due: DueRule | None, ladder: str | None, *, has_default: bool) -> bool:
    return due is not None and ladder is None and not has_default
