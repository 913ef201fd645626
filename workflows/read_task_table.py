"""The keys of a task, kind by kind."""

from enum import StrEnum
from functools import partial

from engine.core.definition import Slot, Task, TaskKind
from workflows.read_cases import Cases, any_of
from workflows.read_named import Named
from workflows.read_records import Key, Record, may, must
from workflows.read_rule_table import CADENCE, DUE, FIELD, QUOTA, REVIEW, SEAL, STEP
from workflows.read_texts import Choice
from workflows.read_words import ANY_KEYS, CLAUSES, FLAG, KEY, KEYS, OPENING, TEXT


class Strength(StrEnum):
    """The source's word of duty: 要, 应, 鼓励, 可."""

    MUST = "must"
    SHOULD = "should"
    ENCOURAGED = "encouraged"
    MAY = "may"


COMMON = {
    "name": must(TEXT, "What is owed."),
    "holder": must(KEY, "The role that owes it."),
    "opens": may(OPENING, "When it opens; with its stage, or in tracks at the start."),
    "clauses": may(CLAUSES, "The clauses of the source that demand it."),
    "gates": may(ANY_KEYS, "Actions that wait for it."),
    "due": may(DUE, "When it falls due."),
    "ladder": may(KEY, "The ladder its deadline climbs; `default` when left out."),
    "strength": may(Choice(Strength), "The source's word; only `must` can turn red."),
    "survives": may(FLAG, "Whether it stays owed after the project closes."),
    "while_suspended": may(FLAG, "Whether its clock runs on while the project is suspended."),
    "fields": may(Named(FIELD, as_tuple=True, least=1), "Values that it carries."),
    "raisers": may(KEYS, "Who may raise it, where it opens by being raised."),
    "reopeners": may(KEYS, "Who may open it again."),
    "cadence": may(CADENCE, "How it recurs."),
}

OWN = {
    TaskKind.DELIVERABLE: {
        "slots": may(Named(TEXT, make=Slot, as_tuple=True, least=1), "Its papers; else one."),
        "accepted_by": may(KEYS, "Who accepts it; nobody need when left out."),
    },
    TaskKind.SEAL: {"seal": must(SEAL, "Whose seals it takes.")},
    TaskKind.REVIEW: {"review": must(REVIEW, "How a panel scores it.")},
    TaskKind.RECORD: {
        "steps": may(Named(STEP, as_tuple=True, least=1), "Its steps; else one."),
        "binds": may(KEY, "The party whose org it names for the project."),
    },
    TaskKind.QUOTA: {"quota": must(QUOTA, "What it counts.")},
}  # fmt: skip


def _kind(*kinds: TaskKind) -> Key:
    others = tuple(kind for kind in TaskKind if kind not in kinds)
    return must(Choice(TaskKind, without=others), "What kind of thing is owed.")


def _task(kind: TaskKind) -> Record:
    make = partial(Task, stage=None, opens="")
    return Record(f"task_{kind}", make, {"kind": _kind(kind), **COMMON, **OWN[kind]}, keyed=True)


TASK_CASES = {str(kind): _task(kind) for kind in OWN}
TASK = Cases("task", "kind", TASK_CASES, any_of(TASK_CASES, "kind", _kind(*OWN)))
