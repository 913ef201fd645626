"""导入: a sheet is checked, shown with what is wrong in which cell, and only then opened."""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

from starlette.datastructures import UploadFile

from engine.core.definition import Workflow
from engine.core.errors import RefusalError, UsageError
from engine.core.uploads import refuse
from engine.services.grid import MOST_BYTES, SUFFIXES
from engine.services.importing import NEW, SAME, WRONG, Judged, Opened, Preview
from web import register
from web.asked import Answer, Asked, File, Go, Page
from web.carried import packed, unpacked
from web.routes import Routes
from web.rules import Rule

ROUTES = Routes()
MOST_SHOWN = 200
"""Problems and rows that a page shows; nobody mends more in one go."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong in a row: the cell, empty where the rules of the workflow bar the row."""

    row: int
    cell: str
    text: str


@ROUTES.get("/projects/import", Rule.SIGNED_IN)
def start(asked: Asked) -> Answer:
    """Show where a file is chosen."""
    return _page(asked)


@ROUTES.get("/projects/import/template.xlsx", Rule.SIGNED_IN)
def template(asked: Asked) -> Answer:
    """Return an empty sheet with the columns of a workflow."""
    desk, wanted = asked.site.desk, asked.query.get("workflow")
    found = desk.importing.workflows()
    workflow = next((one for one in found if one.key == wanted), found[0] if found else None)
    if workflow is None:
        return Go("/projects/import")
    taken = register.template(desk, asked.say, workflow)
    return File(taken.body, taken.media_type, taken.name)


@ROUTES.post("/projects/import", Rule.SIGNED_IN)
def check(asked: Asked) -> Answer:
    """Show what would become of every row of a file; nothing is written."""
    workflow, given = _workflow(asked), asked.form.get("file")
    try:
        if not isinstance(given, UploadFile) or not given.filename:
            raise refuse("upload_empty")
        content = given.file.read(MOST_BYTES + 1)
        table = register.table_read(asked.site.desk, given.filename, content, workflow)
    except RefusalError as refused:
        said = asked.say.reason(refused.reasons[0], workflow)
        return _page(asked, said, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    preview = asked.site.desk.importing.preview(table, workflow, asked.visitor.actor())
    return _preview(asked, preview, given.filename)


@ROUTES.post("/projects/import/open", Rule.SIGNED_IN)
def open_all(asked: Asked) -> Answer:
    """Open what was shown, all of it or only the rows without faults."""
    desk, workflow, actor = asked.site.desk, _workflow(asked), asked.visitor.actor()
    try:
        table = unpacked(asked.typed("table"))
    except UsageError:
        return Go("/projects/import")
    preview = desk.importing.preview(table, workflow, actor)
    if str(len(preview.of(NEW))) != asked.typed("n"):
        return _preview(asked, preview, asked.typed("name"), asked.say.say("importing.stale"))
    try:
        done = desk.importing.open(preview, actor, only_good=asked.typed("act") == "good")
    except RefusalError as refused:
        preview = desk.importing.preview(table, workflow, actor)
        said = asked.say.reason(refused.reasons[0], workflow)
        return _preview(asked, preview, asked.typed("name"), said)
    return _page(asked, done=done, left=_wrong(asked, workflow, done.left))


def _workflow(asked: Asked) -> Workflow:
    """Return the workflow that a form names.

    Raises:
        UsageError: there is none of that key.
    """
    found = asked.site.desk.importing.workflows()
    for one in found:
        if one.key == asked.typed("workflow"):
            return one
    known = ", ".join(one.key for one in found)
    raise UsageError(f"workflow: one of {known}", "workflow_unknown", known=known)


def _preview(asked: Asked, preview: Preview, name: str, problem: str = "") -> Page:
    workflow = preview.workflow
    wrong = _wrong(asked, workflow, preview.of(WRONG))
    facts = {
        "preview": preview, "name": name, "problem": problem, "workflow": workflow,
        "new": len(preview.of(NEW)), "same": len(preview.of(SAME)), "bad": len(preview.of(WRONG)),
        "wrong": wrong[:MOST_SHOWN], "more": max(0, len(wrong) - MOST_SHOWN),
        "lines": preview.lines[:MOST_SHOWN], "table": packed(preview.table),
        "notes": preview.table.notes[:20], "n_notes": len(preview.table.notes),
        "unknown": asked.say.listing(f"{text} ({at})" for at, text in preview.table.unknown),
        "workflow_name": workflow.name[asked.say.locale],
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return Page("import_preview.html.j2", facts, status)


def _wrong(asked: Asked, workflow: Workflow, lines: Iterable[Judged]) -> list[Wrong]:
    return [
        Wrong(line.filled.line.row, cell, text)
        for line in lines
        for cell, text in register.said(asked.say, workflow, line)
    ]


def _page(
    asked: Asked, problem: str = "", done: Opened | None = None, left: list[Wrong] | None = None,
    status: int = HTTPStatus.OK,
) -> Page:  # fmt: skip
    workflows = [
        (one.key, one.name[asked.say.locale]) for one in asked.site.desk.importing.workflows()
    ]
    facts = {
        "workflows": workflows, "problem": problem, "done": done, "left": left or [],
        "accept": ",".join(SUFFIXES), "chosen": asked.typed("workflow"),
    }  # fmt: skip
    return Page("importing.html.j2", facts, status)
