"""A workflow in words: how days are counted, what a move waits for, who is told on which day."""

from dataclasses import dataclass

from engine.core.definition import (
    Action,
    Condition,
    CutOff,
    DueRule,
    Roll,
    Task,
    Workflow,
)
from templates.words import Words

NAMED = ("task", "date", "party", "stage", "grade", "workflow")
"""What the arguments of a condition may name, in the order in which they are looked for."""

Step = tuple[str, str, str]
"""A rung in words: its name, its day against the due day, and who is told."""


@dataclass(frozen=True, slots=True)
class Owed:
    """One task of a stage as the page lists it."""

    name: str
    kind: str
    holder: str
    due: str
    words: str
    clauses: str
    waits: str


@dataclass(frozen=True, slots=True)
class Way:
    """One way out of a stage: where it leads, who may go it, what must hold before."""

    name: str
    to: str
    roles: str
    gates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One stage; the last part has no stage: what is owed throughout."""

    key: str
    name: str
    holder: str
    due: str
    words: str
    clauses: str
    tasks: tuple[Owed, ...]
    ways: tuple[Way, ...]
    is_final: bool


def due_in_words(say: Words, workflow: Workflow, rule: DueRule | None) -> str:
    """Return how a due day comes about: ``公示结果起 5 个工作日，遇休息日顺延``."""
    if rule is None:
        return say.say("flow.undated")
    kind, _, name = rule.anchor.partition(":")
    what = say.name(workflow, kind, name) if name else say.say(f"flow.anchor_{kind}")
    parts = [what]
    if rule.count:
        unit = say.say(f"flow.unit_{rule.unit.value}", n=rule.count)
        key = "flow.count_before" if rule.count < 0 else "flow.count_after"
        parts = [say.say(key, what=what, n=unit)]
    if rule.counts_start:
        parts.append(say.say("flow.counts_start"))
    if rule.roll is not Roll.NONE:
        parts.append(say.say(f"flow.roll_{rule.roll.value}"))
    if rule.until is CutOff.CLOSE and workflow.closes_at:
        parts.append(say.say("flow.until_close", at=workflow.closes_at))
    return say.say("flow.comma").join(parts)


def parts_of(say: Words, workflow: Workflow) -> list[Part]:
    """Return the stages in the order of the file, then what is owed beside them."""
    found = [
        Part(
            key, stage.name[say.locale], say.name(workflow, "role", stage.holder),
            due_in_words(say, workflow, stage.due), _words(say, stage.due),
            ", ".join(stage.clauses), _tasks(say, workflow, key),
            tuple(_way(say, workflow, one) for one in workflow.actions_from(key)), stage.final,
        )
        for key, stage in workflow.stages.items()
    ]  # fmt: skip
    beside = _tasks(say, workflow, None)
    if beside:
        found.append(
            Part("", say.say("flow.throughout"), "", "", "", "", beside, (), is_final=False)
        )
    return found


def _words(say: Words, rule: DueRule | None) -> str:
    return rule.words.get(say.locale, "") if rule is not None and rule.words else ""


def _tasks(say: Words, workflow: Workflow, stage: str | None) -> tuple[Owed, ...]:
    return tuple(
        _owed(say, workflow, task) for task in workflow.tasks.values() if task.stage == stage
    )


def _owed(say: Words, workflow: Workflow, task: Task) -> Owed:
    waits = say.listing(say.name(workflow, "action", key) for key in task.gates)
    kind = say.name(workflow, "task_kind", task.kind.value)
    if task.cadence is not None:
        interval = task.cadence.interval
        kind = say.say("flow.recurs", kind=kind, every=_every(say, interval.every, interval.days))
    return Owed(
        task.name[say.locale], kind, say.name(workflow, "role", task.holder),
        due_in_words(say, workflow, task.due), _words(say, task.due), ", ".join(task.clauses),
        waits,
    )  # fmt: skip


def _every(say: Words, every: str, days: int) -> str:
    key = f"flow.every_{every}"
    return say.say(key, days=days) if say.has(key) else str(every)


def _way(say: Words, workflow: Workflow, action: Action) -> Way:
    gates = [task.name[say.locale] for task in workflow.gating(action.key)]
    if action.gate is not None:
        gates.append(condition_in_words(say, workflow, action.gate))
    return Way(
        action.name[say.locale], workflow.stages[action.to].name[say.locale],
        say.listing(say.name(workflow, "role", role) for role in action.roles), tuple(gates),
    )  # fmt: skip


def condition_in_words(say: Words, workflow: Workflow, node: Condition) -> str:
    """Return a condition as one phrase; its children are joined by and, or, not."""
    if node.children:
        inner = [condition_in_words(say, workflow, child) for child in node.children]
        if node.guard == "not":
            return say.say("flow.not", what=inner[0])
        return say.say(f"flow.{node.guard}").join(inner)
    held = [_argument(say, workflow, name, value) for name, value in node.args.items()]
    guard = say.say(f"guard.{node.guard}")
    return say.say("flow.condition", guard=guard, what=say.listing(held)) if held else guard


def _argument(say: Words, workflow: Workflow, name: str, value: str | int | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return say.listing(_named(say, workflow, one) for one in value)
    if isinstance(value, int):
        return say.say(f"flow.arg_{name}", n=value) if say.has(f"flow.arg_{name}") else str(value)
    shown = _named(say, workflow, value)
    key = f"flow.arg_{name}"
    return say.say(key, n=shown) if say.has(key) else shown


def _named(say: Words, workflow: Workflow, value: str) -> str:
    key = value.rpartition(":")[2]
    names = (say.name(workflow, kind, key) for kind in NAMED)
    return next((name for name in names if name != key), value)


def ladders_in_words(
    say: Words, workflow: Workflow
) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Return each ladder with its rungs: name, day against the due day, and who is told."""
    return [
        (
            say.say("flow.ladder_default") if key == "default" else key,
            [
                (rung.name[say.locale], _rung_day(say, rung.days), _told(say, workflow, rung.to))
                for rung in ladder.rungs
            ],
        )
        for key, ladder in workflow.ladders.items()
    ]


def _rung_day(say: Words, days: int) -> str:
    if days == 0:
        return say.say("flow.rung_on")
    key = "flow.rung_after" if days > 0 else "flow.rung_before"
    return say.say(key, n=say.count("working_day", abs(days)))


def _told(say: Words, workflow: Workflow, to: tuple[str, ...]) -> str:
    holder = "holder"  # not a role: whoever holds the task
    return say.listing(
        say.say("flow.holder") if key == holder else say.name(workflow, "role", key) for key in to
    )


def roles_in_words(say: Words, workflow: Workflow) -> list[tuple[str, str]]:
    """Return each role with what binds it: the party whose post it is, or none."""
    return [
        (
            role.name[say.locale],
            say.say("flow.role_of", party=say.name(workflow, "party", role.party))
            if role.party
            else say.say("flow.role_office"),
        )
        for role in workflow.roles.values()
    ]
