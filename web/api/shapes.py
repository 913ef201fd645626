"""Projects, tasks and lamps as the API shows them: keys for programs, names for people."""

from dataclasses import dataclass
from datetime import date

from engine.core.context import parties
from engine.core.definition import Workflow
from engine.core.directory import Directory
from engine.core.lamps import Lamp, task_lamp
from engine.core.opening import label
from engine.core.rows import Dated, Project, TaskRow, Visit
from engine.core.state import Draft, State
from engine.services.board import BoardRow
from engine.services.queries import Detail
from templates.words import Words
from web.facing import name_of


@dataclass(frozen=True, slots=True)
class Named:
    """Something that a workflow defines: its key, and its name in the language asked for."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class LampShown:
    """How a project or task stands, with the reason as a sentence.

    `late` and `left` are working days. `provisional` marks a due day that rests on a year whose
    notice of holidays is not out yet.
    """

    light: str
    name: str
    sentence: str
    due: date | None
    provisional: bool
    late: int
    left: int
    holder: str | None


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One project of the register."""

    code: str
    name: str
    workflow: str
    parent: str | None
    region: str
    wave: str | None
    stage: Named
    standing: Named
    lamp: LampShown
    opened_on: date | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class PartyShown:
    """An org bound to the project under a party's name."""

    party: Named
    org: str
    org_name: str


@dataclass(frozen=True, slots=True)
class DateShown:
    """A date of the source: its words, and the day read from them, None where there is none."""

    name: Named
    words: str
    on: date | None
    reading: str | None


@dataclass(frozen=True, slots=True)
class VisitShown:
    """One stay in a stage."""

    stage: Named
    entered_on: date | None
    left_on: date | None


@dataclass(frozen=True, slots=True)
class ProjectShown:
    """One project. `version` is the number of its ETag: send it back as If-Match."""

    project: ProjectLine
    version: int
    parties: list[PartyShown]
    dates: list[DateShown]
    visits: list[VisitShown]


@dataclass(frozen=True, slots=True)
class TaskShown:
    """One task: what is owed, by whom, by when. Days are of the office's calendar."""

    n: int
    key: str
    label: str
    name: str
    kind: str
    status: str
    holder: Named
    waiting: str | None
    round: int
    opened_on: date | None
    due: date | None
    original_due: date | None
    provisional: bool
    words: str | None
    done_on: date | None
    outcome: str | None
    lamp: LampShown | None


def named(say: Words, workflow: Workflow, kind: str, key: str) -> Named:
    """Return a key with its name."""
    return Named(key, say.name(workflow, kind, key))


def lamp_shown(say: Words, workflow: Workflow, lamp: Lamp) -> LampShown:
    """Return a lamp in words."""
    return LampShown(
        lamp.light.value, say.light(lamp), say.lamp(lamp, workflow), lamp.due,
        lamp.provisional, lamp.late, lamp.left, lamp.holder,
    )  # fmt: skip


def line_of(
    say: Words, project: Project, workflow: Workflow, lamp: Lamp, region: str
) -> ProjectLine:
    """Return a project as one line."""
    return ProjectLine(
        project.code, project.name, project.workflow, project.parent, region, project.wave,
        named(say, workflow, "stage", project.stage),
        named(say, workflow, "standing", project.standing), lamp_shown(say, workflow, lamp),
        project.opened_on, project.closed_on,
    )  # fmt: skip


def row_shown(say: Words, row: BoardRow) -> ProjectLine:
    """Return a project of the board as one line."""
    return line_of(say, row.project, row.workflow, row.lamp, row.region)


def project_shown(say: Words, found: Detail) -> ProjectShown:
    """Return one project with what its page tells."""
    state, workflow, directory = found.state, found.workflow, found.directory
    region = directory.org_name(state.project.parent)
    return ProjectShown(
        line_of(say, state.project, workflow, found.lamp, region), state.version,
        _parties(say, state, workflow, directory),
        [
            DateShown(named(say, workflow, "date", d.name), d.words, d.on, d.reading)
            for d in state.rows(Dated)
        ],
        [
            VisitShown(named(say, workflow, "stage", v.stage), v.entered_on, v.left_on)
            for v in state.rows(Visit)
        ],
    )  # fmt: skip


def _parties(
    say: Words, state: State, workflow: Workflow, directory: Directory
) -> list[PartyShown]:
    bound = parties(Draft(state))
    return [
        PartyShown(named(say, workflow, "party", name), org, directory.org_name(org))
        for name, org in sorted(bound.items())
    ]


def task_shown(say: Words, found: Detail, row: TaskRow) -> TaskShown:
    """Return one task; the lamp is told while it is open."""
    workflow = found.workflow
    lamp = (
        task_lamp(found.state, workflow, found.calendar, row, found.on)
        if row.status == "open"
        else None
    )
    return TaskShown(
        row.n, row.key, label(row), name_of(say, workflow, row), row.kind, row.status,
        named(say, workflow, "role", row.holder), row.waiting, row.round, row.opened_on, row.due,
        row.original_due, row.provisional, row.words, row.done_on, row.outcome,
        lamp_shown(say, workflow, lamp) if lamp else None,
    )  # fmt: skip
