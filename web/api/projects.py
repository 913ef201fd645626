"""Reading projects: the register, one project, its tasks, turns, options, history and past."""

from dataclasses import dataclass
from datetime import date, datetime

from engine.core.decide.turns import Turn
from engine.core.errors import Reason, UnknownObjectError
from engine.core.rows import TaskRow
from engine.services.inbox import Opened
from engine.services.projects import Wanted
from engine.services.queries import Detail
from web.api.entries import EntryPage, EntryWhole, entry_shown, entry_whole
from web.api.operation import Call, Operations, Reply
from web.api.paging import cut
from web.api.problems import ReasonShown, reason_shown
from web.api.schemas import Limit, Moment, Text
from web.api.shapes import (
    LampShown,
    Named,
    ProjectLine,
    ProjectShown,
    TaskShown,
    lamp_shown,
    named,
    project_shown,
    row_shown,
    task_shown,
)
from web.facing import turn_name

OPERATIONS = Operations()


@dataclass(frozen=True, slots=True)
class ProjectsAsked:
    """Which projects: every filter that is given must hold."""

    q: Text | None = None
    parent: Text | None = None
    stage: Text | None = None
    lamp: Text | None = None
    wave: Text | None = None
    workflow: Text | None = None
    limit: Limit = 50
    cursor: str | None = None

    def wanted(self) -> Wanted:
        """Return the filters as the register takes them."""
        names = ("q", "parent", "stage", "lamp", "wave", "workflow")
        return Wanted(**{name: getattr(self, name) or "" for name in names})


@dataclass(frozen=True, slots=True)
class Paged:
    """Which page."""

    limit: Limit = 50
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """A page of projects by code, and the cursor of the next."""

    items: list[ProjectLine]
    next: str | None


@dataclass(frozen=True, slots=True)
class TaskList:
    """The tasks of a project, in the order of their numbers."""

    items: list[TaskShown]


@dataclass(frozen=True, slots=True)
class OptionShown:
    """An action with every reason that blocks it for the asker."""

    key: str
    name: str
    kind: str
    to: str
    possible: bool
    reasons: list[ReasonShown]


@dataclass(frozen=True, slots=True)
class OptionList:
    """What can be done with a project as a whole."""

    items: list[OptionShown]


@dataclass(frozen=True, slots=True)
class TurnShown:
    """One thing to do next with a task: the verb, the part it is about, and whose turn it is."""

    task: int
    label: str
    verb: str
    name: str
    part: str | None
    roles: list[Named]
    is_main: bool
    possible: bool
    reasons: list[ReasonShown]


@dataclass(frozen=True, slots=True)
class TurnList:
    """What can be done next with the open tasks of a project, and why not."""

    items: list[TurnShown]


@dataclass(frozen=True, slots=True)
class AsOfAsked:
    """The day asked about, and the moment by which it was known; now where left out."""

    on: date | None = None
    known: Moment | None = None


@dataclass(frozen=True, slots=True)
class AsOfShown:
    """A project as it was on a day, by what had been recorded by a moment."""

    code: str
    on: date
    known: datetime
    stage: Named
    standing: Named
    lamp: LampShown
    owed: list[str]
    entries: int


def seen(call: Call) -> Detail:
    """Return the project of a call.

    Raises:
        UnknownObjectError: there is none of that code, or the post may not see it.
    """
    return call.desk.queries.project(call.at["code"], org=call.org)


@OPERATIONS.get("projects_list", "/projects", ProjectPage, ProjectsAsked)
def projects(call: Call) -> Reply:
    """Return the projects that the post may see."""
    found = call.desk.projects.streams(call.query.wanted(), call.org)
    page = cut(found, lambda stream: [stream], call.query)
    rows = call.desk.queries.rows(page.items)
    return Reply(ProjectPage([row_shown(call.say, row) for row in rows], page.next))


@OPERATIONS.get("project_show", "/projects/{code}", ProjectShown)
def project(call: Call) -> Reply:
    """Return one project; its version is the ETag."""
    found = seen(call)
    return Reply(project_shown(call.say, found), found.state.version)


@OPERATIONS.get("project_tasks", "/projects/{code}/tasks", TaskList)
def tasks(call: Call) -> Reply:
    """Return the tasks of a project, those that are done as well."""
    found = seen(call)
    rows = [row for row in found.state.rows(TaskRow) if row.kind != "series"]
    return Reply(TaskList([task_shown(call.say, found, row) for row in rows]), found.state.version)


@OPERATIONS.get("project_options", "/projects/{code}/options", OptionList)
def options(call: Call) -> Reply:
    """Return every action of a project with every reason that blocks it."""
    found, say = seen(call), call.say
    listed = call.desk.lifecycle.options(call.at["code"], call.bearer.actor())
    shown = [
        OptionShown(
            one.key, say.name(found.workflow, "action", one.key), one.kind, one.to,
            not one.reasons, [reason_shown(say, found.workflow, r) for r in one.reasons],
        )
        for one in listed
    ]  # fmt: skip
    return Reply(OptionList(shown), found.state.version)


@OPERATIONS.get("project_turns", "/projects/{code}/turns", TurnList)
def turns(call: Call) -> Reply:
    """Return whose turn it is with each open task."""
    found, code = seen(call), call.at["code"]
    actor, shown = call.bearer.actor(), []
    for row in found.state.rows(TaskRow):
        if row.status == "open" and row.kind != "series":
            opened = call.desk.inbox.open(code, row.n, actor)
            shown += [_turn(call, opened, one.turn, one.reasons) for one in opened.offers]
    return Reply(TurnList(shown), found.state.version)


def _turn(call: Call, opened: Opened, turn: Turn, reasons: tuple[Reason, ...]) -> TurnShown:
    say, workflow, row = call.say, opened.workflow, opened.row
    return TurnShown(
        turn.task, say.label(workflow, row.key, row.title), turn.verb,
        turn_name(say, workflow, row, turn), turn.part,
        [named(say, workflow, "role", key) for key in turn.roles], turn.is_main, not reasons,
        [reason_shown(say, workflow, reason) for reason in reasons],
    )  # fmt: skip


@OPERATIONS.get("project_history", "/projects/{code}/history", EntryPage, Paged)
def history(call: Call) -> Reply:
    """Return the entries of a project."""
    zone = seen(call).workflow.timezone
    page = cut(call.desk.audit.history(call.at["code"]), lambda entry: [entry.seq], call.query)
    return Reply(EntryPage([entry_shown(call.say, one, zone) for one in page.items], page.next))


@OPERATIONS.get("project_entry", "/projects/{code}/entries/{n}", EntryWhole)
def entry(call: Call) -> Reply:
    """Return one entry of a project with its proof."""
    zone, number = seen(call).workflow.timezone, int(call.at["n"])
    for one in call.desk.audit.history(call.at["code"]):
        if one.seq == number:
            return Reply(entry_whole(call.say, one, zone))
    raise UnknownObjectError("entry", call.at["n"])


@OPERATIONS.get("project_asof", "/projects/{code}/asof", AsOfShown, AsOfAsked)
def asof(call: Call) -> Reply:
    """Return a project as it was on a day, by what was known at a moment."""
    workflow, say, code = seen(call).workflow, call.say, call.at["code"]
    was = call.desk.audit.asof(code, call.query.on, call.query.known)
    return Reply(
        AsOfShown(
            code, was.on, was.known, named(say, workflow, "stage", was.view.stage),
            named(say, workflow, "standing", was.view.standing),
            lamp_shown(say, workflow, was.lamp),
            [say.label(workflow, row.key, row.title) for row in was.view.owed], was.entries,
        )
    )  # fmt: skip
