"""The keys of what a task may hold: deadline, cadence, fields, steps, seals, review, quota."""

from functools import partial

from engine.core.definition import (
    CutOff,
    DueRule,
    Field,
    FieldType,
    PauseRule,
    QuotaRule,
    ReviewRule,
    Roll,
    SealMode,
    SealParty,
    SealRule,
    SealType,
    Step,
    Unit,
)
from engine.core.recurrence import Cadence, FirstPeriod, SuspendedPeriod
from workflows.read_every import EveryShape
from workflows.read_lists import ListOf
from workflows.read_named import Named
from workflows.read_numbers import Number
from workflows.read_records import Record, may, must
from workflows.read_texts import Choice
from workflows.read_words import ANCHOR, DAYS, DECIMAL, FLAG, KEY, KEYS, TEXT, WORDS

DUE = Record("due", DueRule, {
    "from": must(ANCHOR, "What it counts from; see `counts_start`.", "anchor"),
    "count": may(DAYS, "How many units after it; negative: before it."),
    "unit": may(Choice(Unit), "What is counted."),
    "roll": may(Choice(Roll), "Where a last day goes that is not a working day."),
    "pause": may(Choice(PauseRule), "What a suspension gives back."),
    "counts_start": may(FLAG, "Whether the day it counts from is the first day counted."),
    "until": may(Choice(CutOff), "Whether the due day ends at midnight or at close of business."),
    "words": may(TEXT, "What the source says of the deadline."),
})  # fmt: skip

CADENCE = Record("cadence", Cadence, {
    "every": must(EveryShape(), "The period that each occurrence belongs to.", "interval"),
    "starts": may(KEY, "The named date that it begins on; without one, when the task opens."),
    "first": may(Choice(FirstPeriod), "When the period it begins in is owed."),
    "suspended": may(Choice(SuspendedPeriod), "Whether a period is owed that was suspended."),
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
