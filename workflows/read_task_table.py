"""The keys of a task and of a gate; `read_table` holds those of the file around them."""

from enum import StrEnum
from functools import partial

from engine.core.definition import (
    Cadence,
    DueRule,
    Field,
    FieldType,
    FirstPeriod,
    PauseRule,
    QuotaRule,
    ReviewRule,
    Roll,
    SealMode,
    SealParty,
    SealRule,
    SealType,
    Slot,
    Step,
    Task,
    TaskKind,
    Unit,
)
from workflows.read_lists import ListOf, Named
from workflows.read_records import Cases, Forms, Gate, Key, Record, any_of, may, must
from workflows.read_shapes import Choice, Number
from workflows.read_words import (
    AFTER_TASK,
    ANCHOR,
    ANY_KEYS,
    CLAUSES,
    COUNT,
    DAYS,
    DECIMAL,
    FLAG,
    KEY,
    KEYS,
    OPENING,
    TEXT,
    WORDS,
)


class Period(StrEnum):
    """How often a cadence recurs."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


class Strength(StrEnum):
    """The source's word of duty: 要, 应, 鼓励, 可."""

    MUST = "must"
    SHOULD = "should"
    ENCOURAGED = "encouraged"
    MAY = "may"


DUE = Record("due", DueRule, {
    "from": must(ANCHOR, "What it counts from; that day itself does not count.", "anchor"),
    "count": may(DAYS, "How many units after it; negative: before it."),
    "unit": may(Choice(Unit), "What is counted."),
    "roll": may(Choice(Roll), "Where a last day goes that is not a working day."),
    "pause": may(Choice(PauseRule), "What a suspension gives back."),
    "words": may(TEXT, "What the source says of the deadline."),
})  # fmt: skip

CADENCE = Record("cadence", Cadence, {
    "every": must(Choice(Period), "The period that each occurrence belongs to."),
    "starts": may(KEY, "The named date that it begins on; without one, when the task opens."),
    "first": may(Choice(FirstPeriod), "When the period it begins in is owed."),
})  # fmt: skip

FIELD = Record("field", Field, {
    "name": must(TEXT, "What the value is called."),
    "type": may(Choice(FieldType), "Its form."),
    "required": may(FLAG, "Whether it must be given."),
    "choices": may(ListOf(WORDS, least=1), "The values of a choice."),
}, keyed=True)  # fmt: skip

STEP = Record("step", Step, {
    "name": must(TEXT, "What is done."),
    "roles": must(KEYS, "Who may do it."),
}, keyed=True)  # fmt: skip

SEAL_PARTY = Record("seal_party", partial(SealParty, role=None), {
    "name": must(TEXT, "Who seals."),
    "role": may(KEY, "The role that seals in the system."),
    "type": may(Choice(SealType), "What the seal means."),
    "group": may(KEY, "Its group, of which one must consent (mode per_group)."),
    "enterers": may(KEYS, "Roles that may enter a consent given on paper."),
}, keyed=True)  # fmt: skip

SEAL = Record("seal", SealRule, {
    "parties": must(Named(SEAL_PARTY, as_tuple=True, least=1), "Who seals."),
    "mode": may(Choice(SealMode), "How many must consent, and in which order."),
    "count": may(Number(1, 1000), "How many, under mode count."),
    "veto": may(FLAG, "Whether one refusal ends it; true when left out."),
})  # fmt: skip

REVIEW = Record("review", ReviewRule, {
    "judges": must(KEY, "The role whose posts score."),
    "panel": must(Number(1, 1000), "How many scores it takes."),
    "concludes": must(KEYS, "Who draws the conclusion."),
    "pass_at": must(DECIMAL, "The mean that passes."),
    "spread_alarm": must(DECIMAL, "The spread of scores that raises an alarm."),
    "reopens": may(KEYS, "Tasks that open again when it is not passed."),
})  # fmt: skip

QUOTA = Record("quota", QuotaRule, {
    "at_least": must(Number(1, 1_000_000), "How many for each party."),
    "per": must(KEYS, "The parties that each need as many."),
    "counters": must(KEYS, "Who reports the count."),
})  # fmt: skip

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


def _guard(name: str, keys: dict[str, Key]) -> Record:
    return Record(f"guard_{name}", dict, keys)


ONE_TASK = must(KEY, "The task that is meant.")
AT_MOST = "How many may be left."

GATE = Gate({
    "tasks": _guard("tasks", {"of": must(KEYS, "Tasks that must be done.")}),
    "quota": _guard("quota", {"of": ONE_TASK}),
    "seals": _guard("seals", {"of": ONE_TASK}),
    "grade": _guard("grade", {"of": ONE_TASK, "at_least": must(KEY, "The lowest good grade.")}),
    "issues": Forms({
        "overdue": _guard("issues_overdue", {"of": ONE_TASK, "overdue": must(COUNT, AT_MOST)}),
        "open": _guard("issues_open", {"of": ONE_TASK, "open": must(COUNT, AT_MOST)}),
    }),
    "children": _guard("children", {
        "workflow": must(KEY, "The workflow of the projects below."),
        "stage": must(KEY, "The stage that they must be in."),
        "at_least": must(Number(1, 1_000_000), "How many of them."),
    }),
    "cited": _guard("cited", {"of": ONE_TASK}),
    "date": Forms({
        "not_before": _guard("date_not_before", {"not_before": must(KEY, "The named date.")}),
        "after": _guard("date_after", {
            "after": must(AFTER_TASK, "The task after whose end the days count."),
            "working_days": must(Number(0, 2000), "How many working days after it."),
        }),
    }),
    "distinct": _guard("distinct", {
        "parties": must(ListOf(KEY, least=2, unique=True), "Parties that are different orgs."),
    }),
})  # fmt: skip
