"""The register as files and views: taking it out, opening projects from a sheet, kept views."""

import base64
import binascii
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from engine.core.definition import Workflow
from engine.core.errors import UnknownObjectError, UsageError
from engine.services.importing import NEW, SAME, WRONG, Judged, Preview
from engine.services.projects import Wanted
from engine.services.views import Kept
from web import register
from web.api.operation import Call, Operation, Operations, Reply
from web.api.schemas import Flag, Text
from web.rules import Rule

READS = Operations()


@dataclass(frozen=True, slots=True)
class ExportAsked:
    """Which projects, in which order and form; `cols` are column keys with commas between."""

    form: Literal["xlsx", "csv", "gb18030"]
    q: Text = ""
    parent: Text = ""
    stage: Text = ""
    standing: Text = ""
    lamp: Text = ""
    wave: Text = ""
    workflow: Text = ""
    order: Literal["code", "opened", "due", "late"] = "code"
    cols: Annotated[str, Field(max_length=2000)] = ""


@dataclass(frozen=True, slots=True)
class FileShown:
    """A file; its content in Base64."""

    name: str
    media_type: str
    projects: int
    content: str


@dataclass(frozen=True, slots=True)
class SheetAsked:
    """A sheet that lists projects: its name and its content in Base64, and their workflow.

    With `only_good` rows with faults are left out; else one of them keeps all from being opened.
    """

    name: Text
    content: str
    workflow: Text
    only_good: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    """Whether only to check the sheet."""

    dry_run: Flag = False


@dataclass(frozen=True, slots=True)
class WrongShown:
    """What is wrong in a row; `cell` is empty where the rules of the workflow bar the row."""

    row: int
    cell: str
    text: str


@dataclass(frozen=True, slots=True)
class ImportShown:
    """The codes opened, those that were open before, and what is wrong in the other rows."""

    opened: list[str]
    same: list[str]
    wrong: list[WrongShown]
    dry_run: bool


@dataclass(frozen=True, slots=True)
class ViewAsked:
    """A view to keep: `asked` holds its filters, ``order`` and ``cols`` as texts by name."""

    name: Text
    asked: dict[str, str]
    share: bool = False
    opens: bool = False


@dataclass(frozen=True, slots=True)
class ViewNamed:
    """A view by its id."""

    id: Text


@dataclass(frozen=True, slots=True)
class ViewShown:
    """A view of the register: one's own, or one that the unit shares."""

    id: str
    name: str
    asked: dict[str, str]
    is_shared: bool
    is_mine: bool
    opens: bool


@dataclass(frozen=True, slots=True)
class ViewList:
    """The views that a person may use, own ones first."""

    items: list[ViewShown]


def export(call: Call) -> Reply:
    """Return the register as a file; that it was taken out is recorded."""
    body: ExportAsked = call.body
    names = ("q", "parent", "stage", "standing", "lamp", "wave", "workflow", "order")
    wanted = Wanted.of({name: getattr(body, name) for name in names})
    taken = register.taken(
        call.desk, call.say, call.bearer.actor(), wanted, call.org, body.cols, body.form
    )
    content = base64.b64encode(taken.body).decode()
    return Reply(FileShown(taken.name, taken.media_type, taken.n, content))


def open_all(call: Call) -> Reply:
    """Open the projects of a sheet, or say what is wrong in which cell.

    Raises:
        UsageError: the content is no Base64.
        RefusalError: the file cannot be read, or a row has faults and not only the good were asked.
    """
    body, workflow, actor = call.body, _workflow(call), call.bearer.actor()
    try:
        content = base64.b64decode(body.content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise UsageError("content: Base64", "base64") from error
    table = register.table_read(call.desk, body.name, content, workflow)
    preview = call.desk.importing.preview(table, workflow, actor)
    if call.query.dry_run:
        return Reply(_shown(call, preview, []))
    if preview.of(WRONG) and not body.only_good:
        return Reply(_shown(call, preview, []))
    done = call.desk.importing.open(preview, actor, only_good=body.only_good)
    wrong = [one for line in done.left for one in _wrong(call, workflow, line)]
    return Reply(ImportShown(list(done.opened), list(done.same), wrong, dry_run=False))


def _workflow(call: Call) -> Workflow:
    found = call.desk.importing.workflows()
    for one in found:
        if one.key == call.body.workflow:
            return one
    raise UnknownObjectError("workflow", call.body.workflow, tuple(one.key for one in found))


def _wrong(call: Call, workflow: Workflow, line: Judged) -> list[WrongShown]:
    told = register.said(call.say, workflow, line)
    return [WrongShown(line.filled.line.row, cell, text) for cell, text in told]


def _shown(call: Call, preview: Preview, opened: list[str]) -> ImportShown:
    would = [line.filled.code for line in preview.of(NEW)] if call.query.dry_run else opened
    wrong = [one for line in preview.of(WRONG) for one in _wrong(call, preview.workflow, line)]
    same = [line.filled.code for line in preview.of(SAME)]
    return ImportShown(would, same, wrong, dry_run=call.query.dry_run)


@READS.get("views_list", "/views", ViewList)
def views(call: Call) -> Reply:
    """Return the views that the person may use."""
    return Reply(_views(call))


def _views(call: Call) -> ViewList:
    kept = call.desk.views.of(call.bearer.account.person, call.org)
    return ViewList([_view(one) for one in kept])


def _view(one: Kept) -> ViewShown:
    return ViewShown(one.id, one.name, dict(one.asked), one.is_shared, one.is_mine, one.opens)


def keep_view(call: Call) -> Reply:
    """Keep a view; one of the same name is changed."""
    body, person, org = call.body, call.bearer.account.person, call.org
    shared, held = (org if body.share else None), call.desk.views.of(person, org)
    id_ = next((one.id for one in held if one.is_mine and one.name == body.name), None)
    if id_ is None:
        id_ = call.desk.views.keep(person, body.name, body.asked, shared)
    else:
        call.desk.views.change(id_, person, body.name, body.asked, shared)
    if body.opens:
        call.desk.views.open_with(id_, person, org)
    return Reply(_views(call))


def remove_view(call: Call) -> Reply:
    """Remove one's own view."""
    call.desk.views.remove(call.body.id, call.bearer.account.person)
    return Reply(_views(call))


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "projects_export", "POST", "/projects/export", Rule.SIGNED_IN, "read", export, FileShown,
        takes=ExportAsked,
    ),
    Operation(
        "projects_import", "POST", "/projects/import", Rule.SIGNED_IN, "act", open_all, ImportShown,
        query=Tried, takes=SheetAsked,
    ),
    *READS,
    Operation(
        "views_keep", "POST", "/views", Rule.SIGNED_IN, "act", keep_view, ViewList, takes=ViewAsked
    ),
    Operation(
        "views_remove", "POST", "/views/remove", Rule.SIGNED_IN, "act", remove_view, ViewList,
        takes=ViewNamed,
    ),
)  # fmt: skip
