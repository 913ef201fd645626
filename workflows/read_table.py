"""Every key of a workflow file, once: the reader reads by it and the schema is made from it."""

from functools import partial

from engine.core.definition import (
    Colour,
    ExtensionRule,
    Grade,
    Ladder,
    ReasonCode,
    Role,
    Rung,
    StandingAction,
    Unit,
    WaiverRule,
)
from workflows.read_named import Named
from workflows.read_numbers import Number
from workflows.read_parts import FilePart
from workflows.read_records import Record, may, must
from workflows.read_stage_table import REASON, STAGE
from workflows.read_task_table import TASK
from workflows.read_texts import Choice
from workflows.read_words import CLOCK_TIME, DAYS, DECIMAL, FLAG, KEY, KEYS, TEXT, TIMEZONE

ROLE = Record("role", Role, {
    "name": must(TEXT, "What the role is called."),
    "party": may(KEY, "The party whose posts hold it."),
}, keyed=True)  # fmt: skip

RUNG = Record("rung", Rung, {
    "name": must(TEXT, "What the step is called."),
    "days": must(DAYS, "Working days after the due day; negative: before it."),
    "to": must(
        KEYS,
        "Who is told: roles, or `holder` for whoever owes it; every post of a role is told.",
    ),
    "template": must(KEY, "The template of its notice."),
    "colour": may(Choice(Colour), "The colour that boards mark it with, beside its name."),
}, keyed=True)  # fmt: skip

GRADE = Record("grade", partial(Grade, passes=True), {
    "name": must(TEXT, "What the grade is called."),
    "from": must(DECIMAL, "The lowest score that earns it.", "floor"),
    "passes": may(FLAG, "Whether it is good enough; true when left out."),
}, keyed=True)  # fmt: skip

ENDS = (Unit.MONTH_END, Unit.LAST_WORKING_DAY)
"""Units that name a day of a month: a number of them is no time to be given."""

EXTENSION = Record("extension", ExtensionRule, {
    "askers": must(KEYS, "Who may ask for time."),
    "checkers": may(KEYS, "Who checks a request before it is decided; nobody when left out."),
    "deciders": must(KEYS, "Who decides."),
    "unit": may(Choice(Unit, without=ENDS), "What the days asked for count in."),
})  # fmt: skip

WAIVER = Record("waiver", WaiverRule, {
    "proposers": must(KEYS, "Who may propose to do without a task."),
    "confirmers": must(KEYS, "Who, as a second person, confirms it."),
})  # fmt: skip

STANDING = Record("standing_action", StandingAction, {
    "name": must(TEXT, "What the action is called."),
    "from": must(KEYS, "The standings it leaves; a project begins as `active`.", "source"),
    "to": must(KEY, "The standing it leads to."),
    "roles": must(KEYS, "Who may do it."),
    "stages": may(KEYS, "The stages it is possible in; all when left out."),
    "reason": REASON,
}, keyed=True)  # fmt: skip

WORKFLOW = Record("workflow", FilePart, {
    "workflow": must(KEY, "The key of the workflow."),
    "version": must(Number(1, 1_000_000), "Raised with every change that is published."),
    "name": must(TEXT, "What the workflow is called."),
    "timezone": must(TIMEZONE, "The office's time zone, by its IANA name."),
    "opens_at": must(CLOCK_TIME, "The time of day at which the office opens, HH:MM."),
    "closes_at": may(CLOCK_TIME, "The time of day at which it closes; needed by `until: close`."),
    "calendar": must(KEY, "The calendar of working days."),
    "due_soon_days": must(Number(0, 366), "Working days before a due day that count as soon."),
    "initial": must(KEY, "The stage a project begins in."),
    "roles": must(Named(ROLE, least=1), "The functions that people hold."),
    "parties": may(Named(TEXT), "The names under which orgs are bound to a project."),
    "dates": may(Named(TEXT), "Dates that are chosen for each project."),
    "reasons": may(Named(TEXT, make=ReasonCode), "Coded reasons."),
    "ladders": may(
        Named(Named(RUNG, as_tuple=True, least=1), make=Ladder),
        "What a deadline climbs; `default` is for whoever names none.",
    ),
    "grades": may(Named(GRADE, as_tuple=True), "Bands of scores, best first."),
    "openers": must(KEYS, "Who may open a project."),
    "binders": may(KEYS, "Who may bind orgs to it."),
    "correctors": must(KEYS, "Who may correct its records."),
    "extension": may(EXTENSION, "How a deadline is extended."),
    "waiver": may(WAIVER, "How a task is waived."),
    "standing": may(Named(STANDING), "Actions beside the stages: suspend, resume, end."),
    "stages": must(Named(STAGE, least=1), "The states of a project, in their order."),
    "tracks": may(Named(TASK), "Tasks that belong to no stage."),
})  # fmt: skip
