"""The keys of a stage and of the actions that lead out of it."""

from functools import partial

from engine.core.definition import Action, ActionKind, ClockEffect, ReasonPolicy
from workflows.read_gate_table import GATE
from workflows.read_named import Named
from workflows.read_parts import StagePart
from workflows.read_records import Record, may, must
from workflows.read_rule_table import DUE
from workflows.read_task_table import TASK
from workflows.read_texts import Choice
from workflows.read_words import CLAUSES, FLAG, KEY, KEYS, TEXT

REASON = may(Choice(ReasonPolicy), "Whether it asks why: never, in words, or by a code.")

ACTION = Record("action", partial(Action, kind=ActionKind.ADVANCE, source=""), {
    "name": must(TEXT, "What the action is called."),
    "kind": may(Choice(ActionKind), "Whether it leads on or back."),
    "to": must(KEY, "The stage it leads to."),
    "roles": must(KEYS, "Who may do it."),
    "gate": may(GATE, "What must hold, beside the tasks that gate it."),
    "reason": REASON,
    "clock": may(Choice(ClockEffect), "What a return does to the deadline of the stage."),
}, keyed=True)  # fmt: skip

STAGE = Record("stage", StagePart, {
    "name": must(TEXT, "What the stage is called."),
    "holder": must(KEY, "The role that answers for it."),
    "clauses": may(CLAUSES, "The clauses of the source that it carries out."),
    "due": may(DUE, "Its planned finish."),
    "ladder": may(KEY, "The ladder a late stage climbs; `default` when left out."),
    "final": may(FLAG, "Whether it closes the project."),
    "tasks": may(Named(TASK), "What is owed in it."),
    "actions": may(Named(ACTION), "The ways out of it."),
}, keyed=True)  # fmt: skip
