"""``shidian project``, the reads: the board, one project, what can be done in it, its history."""

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Group, RenderableType
from rich.text import Text

from cli import boards, entries, outlook, output, project_page, refusals, shapes
from cli.errors import WrongError
from cli.options import Asking, Code, Day, Wave
from cli.session import Session
from cli.verb import Done, branch, reads
from engine.core.decide.dispatch import Option
from engine.core.definition import Workflow
from engine.core.lamps import Light
from engine.services.board import BoardRow
from engine.services.projects import ORDERS, Wanted

app = branch("project")

Lamps = Annotated[str | None, typer.Option("--lamp", metavar="LAMP")]
Look = Annotated[str | None, typer.Option("--find", metavar="TEXT")]
StageName = Annotated[str | None, typer.Option("--stage", metavar="STAGE")]
Region = Annotated[str | None, typer.Option("--region", metavar="ORG")]
Order = Annotated[str | None, typer.Option("--order", metavar="ORDER")]


@reads(app, "list")
def list_(
    session: Session, *, q: Look = None, stage: StageName = None, region: Region = None,
    wave: Wave = None, lamp: Lamps = None, order: Order = None, on: Day = None,
) -> Done:  # fmt: skip
    """Print the board."""
    wanted = wanted_of(q, stage, region, wave, lamp, order)
    rows = session.desk.projects.rows(wanted, on=on)
    session.answer([shapes.board_row(row) for row in rows], lambda: _board(session, rows))
    return None


def wanted_of(
    q: str | None, stage: str | None, region: str | None, wave: str | None, lamp: str | None,
    order: str | None,
) -> Wanted:  # fmt: skip
    """Return which projects the options of a verb ask for.

    Raises:
        WrongError: there is no such lamp or order.
    """
    if order is not None and order not in ORDERS:
        raise WrongError("order", given=order, choices=", ".join(ORDERS))
    return Wanted(
        q or "", region or "", stage or "", "", _light(lamp) or "", wave or "", "",
        order or ORDERS[0],
    )  # fmt: skip


def _board(session: Session, rows: Sequence[BoardRow]) -> RenderableType:
    head = list(outlook.lines(session.say, session.desk.calendars.outlook()))
    board = boards.board(session.say, rows, session.desk.queries.waves())
    return output.apart([*([Group(*head)] if head else []), board, *_foot(session)])


def _foot(session: Session) -> list[RenderableType]:
    house = session.desk.house
    found = boards.foot(session.say, session.desk.queries.pulse(), house.ports.timezone)
    return [found] if found is not None else []


def _light(given: str | None) -> Light | None:
    if given is None:
        return None
    try:
        return Light(given)
    except ValueError as error:
        raise WrongError("lamp", given=given, choices=", ".join(Light)) from error


@reads(app, "show")
def show(session: Session, code: Code, *, on: Day = None) -> Done:
    """Print one project."""
    found = session.desk.queries.project(code, on)
    session.answer(shapes.detail(found), lambda: project_page.page(session.say, found))
    return None


@reads(app, "history")
def history(session: Session, code: Code) -> Done:
    """Print every entry of a project, oldest first."""
    workflow = session.desk.queries.project(code).workflow
    found = session.desk.audit.history(code)
    session.answer(
        [entries.data(entry) for entry in found],
        lambda: entries.table(session.say, found, {code: workflow}),
    )
    return None


@reads(app, "options", Asking)
def options(session: Session, code: Code) -> Done:
    """Print every action of a project, with every reason that blocks it for the post."""
    workflow = session.desk.queries.project(code).workflow
    found = session.desk.lifecycle.options(code, session.actor(), session.asking.on)
    session.answer(
        [refusals.option_data(session.say, workflow, option) for option in found],
        lambda: Group(*[_option(session, workflow, code, option) for option in found]),
    )
    return None


def _option(session: Session, workflow: Workflow, code: str, option: Option) -> RenderableType:
    say = session.say
    is_free = not option.reasons
    head = Text.assemble(
        ("✓ " if is_free else "× ", "green" if is_free else "red"),
        (say.name(workflow, "action", option.key), "bold"), (f"  {option.key}", "dim"), "  ",
        say.say("line.can_do" if is_free else "line.cannot_do", n=len(option.reasons)),
    )  # fmt: skip
    if is_free:
        return head
    return Group(head, refusals.reasons(say, workflow, code, option.reasons))
