"""``shidian project``, files: the register taken out, projects opened from a sheet, kept views."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from cli import output
from cli.errors import DONE, REFUSED, WrongError
from cli.options import Asking, Wave
from cli.session import Session
from cli.verb import Done, acts, reads
from cli.verbs.project import Lamps, Look, Order, Region, StageName, app, wanted_of
from engine.core.definition import Workflow
from engine.services.grid import MOST_BYTES
from engine.services.importing import NEW, SAME, WRONG, Opened, Preview
from engine.services.projects import Wanted
from templates.workbook import FORMS
from web import register

Out = Annotated[str, typer.Option("--out", "-o", metavar="FILE")]
Form = Annotated[str | None, typer.Option("--form", metavar="FORM")]
Cols = Annotated[str, typer.Option("--cols", metavar="COLUMN[,COLUMN]")]
Key = Annotated[str, typer.Option("--workflow", metavar="KEY")]
File = Annotated[str, typer.Argument(metavar="FILE")]
OnlyGood = Annotated[bool, typer.Option("--only-good")]
Share = Annotated[bool, typer.Option("--share")]
Opens = Annotated[bool, typer.Option("--opens")]
Name = Annotated[str, typer.Argument(metavar="NAME")]


@acts(app, "export")
def export(
    session: Session, *, out: Out = "projects.xlsx", form: Form = None, q: Look = None,
    stage: StageName = None, region: Region = None, wave: Wave = None, lamp: Lamps = None,
    order: Order = None, cols: Cols = "",
) -> Done:  # fmt: skip
    """Write the register as filtered to a file; that it was taken out is recorded."""
    path = Path(out)
    chosen = form or path.suffix.removeprefix(".")
    if chosen not in FORMS:
        raise WrongError("sheet_form", given=chosen, choices=", ".join(FORMS))
    wanted, actor = wanted_of(q, stage, region, wave, lamp, order), session.actor()
    if session.acting.dry_run:
        data = {"file": out, "projects": len(session.desk.projects.rows(wanted)), "dry_run": True}
    else:
        taken = register.taken(session.desk, session.say, actor, wanted, None, cols, chosen)
        _write(path, taken.body)
        data = {"file": out, "projects": taken.n, "dry_run": False}
    key = "register.would_write" if session.acting.dry_run else "register.written"
    session.answer(data, lambda: session.say.say(key, **data))
    return None


def _write(path: Path, body: bytes) -> None:
    try:
        path.write_bytes(body)
    except OSError as error:
        raise WrongError("unwritable", path=str(path), detail=error.strerror or "-") from error


@reads(app, "template")
def template(session: Session, *, workflow: Key = "pilot_project", out: Out = "new.xlsx") -> Done:
    """Write an empty sheet with the columns of a workflow."""
    taken = register.template(session.desk, session.say, _workflow(session, workflow))
    _write(Path(out), taken.body)
    data = {"file": out, "projects": 0}
    session.answer(data, lambda: session.say.say("register.written", **data))
    return None


def _workflow(session: Session, key: str) -> Workflow:
    house = session.desk.house
    with house.database.read() as cursor:
        return house.newest_workflow(cursor, key)


@acts(app, "import")
def import_(
    session: Session, file: File, *, workflow: Key = "pilot_project", only_good: OnlyGood = False
) -> Done:
    """Open the projects of a sheet: all or nothing, or only the rows without faults."""
    found, actor = _workflow(session, workflow), session.actor()
    table = register.table_read(session.desk, Path(file).name, _read(Path(file)), found)
    preview = session.desk.importing.preview(table, found, actor)
    bad, is_dry = preview.of(WRONG), session.acting.dry_run
    if is_dry or (bad and not only_good):
        same = tuple(line.filled.code for line in preview.of(SAME))
        done = Opened((), same, tuple(bad))
    else:
        done = session.desk.importing.open(preview, actor, only_good=only_good)
    _tell(session, preview, done)
    return REFUSED if bad and not (only_good and not is_dry) else DONE


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise WrongError("unreadable", path=str(path), detail=error.strerror or "-") from error


def _tell(session: Session, preview: Preview, done: Opened) -> None:
    say, is_dry = session.say, session.acting.dry_run
    would = [line.filled.code for line in preview.of(NEW)]
    wrong = [
        {"row": line.filled.line.row, "cell": cell, "text": text}
        for line in done.left
        for cell, text in register.said(say, preview.workflow, line)
    ]
    data: dict[str, Any] = {
        "opened": would if is_dry else list(done.opened), "same": list(done.same), "wrong": wrong,
        "dry_run": is_dry,
    }  # fmt: skip
    key = "importing.n_new" if is_dry else "importing.done"
    head = [say.say(key, n=len(data["opened"])), say.say("importing.n_same", n=len(done.same))]
    rows = [(one["cell"] or one["row"], one["text"]) for one in wrong]
    heads = [say.say("importing.head_cell"), say.say("importing.head_wrong")]
    parts: list[RenderableType] = [*head, *([output.table(heads, rows)] if rows else [])]
    session.answer(data, lambda: output.apart(parts))


@reads(app, "views", Asking)
def views(session: Session) -> Done:
    """Print the views that a person may use."""
    actor = session.actor()
    kept = session.desk.views.of(actor.person, actor.org)
    data = [
        {"name": one.name, "asked": dict(one.asked), "shared": one.is_shared, "mine": one.is_mine,
         "opens": one.opens}
        for one in kept
    ]  # fmt: skip
    rows = [(one.name, " ".join(f"{k}={v}" for k, v in one.asked.items())) for one in kept]
    heads = [session.say.say("views.name"), session.say.say("projects.filters")]
    session.answer(data, lambda: output.table(heads, rows))
    return None


@acts(app, "keep")
def keep(
    session: Session, name: Name, *, q: Look = None, stage: StageName = None,
    region: Region = None, wave: Wave = None, lamp: Lamps = None, order: Order = None,
    cols: Cols = "", share: Share = False, opens: Opens = False,
) -> Done:  # fmt: skip
    """Keep filters, columns and order under a name; a view of that name is changed."""
    actor, kept = session.actor(), session.desk.views
    wanted: Wanted = wanted_of(q, stage, region, wave, lamp, order)
    asked, shared = {**wanted.given(), "cols": cols}, actor.org if share else None
    held = {one.name: one.id for one in kept.of(actor.person, actor.org) if one.is_mine}
    if not session.acting.dry_run:
        id_ = held.get(name)
        if id_ is None:
            id_ = kept.keep(actor.person, name, asked, shared)
        else:
            kept.change(id_, actor.person, name, asked, shared)
        if opens:
            kept.open_with(id_, actor.person, actor.org)
    session.answer({"name": name}, lambda: session.say.say("views.kept", name=name))
    return None


@acts(app, "forget")
def forget(session: Session, name: Name) -> Done:
    """Remove one's own view."""
    actor = session.actor()
    held = session.desk.views.of(actor.person, actor.org)
    id_ = next((one.id for one in held if one.is_mine and one.name == name), None)
    if id_ is None:
        near = ", ".join(one.name for one in held) or "-"
        raise WrongError("no_view", given=name, near=near)
    if not session.acting.dry_run:
        session.desk.views.remove(id_, actor.person)
    session.answer({"name": name}, lambda: session.say.say("views.removed", name=name))
    return None
