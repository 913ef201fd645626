"""``shidian deadline``: where a due day comes from."""

from datetime import date
from typing import Annotated

import typer

from cli import deadline_page
from cli.forms import day
from cli.options import Code, TaskName
from cli.session import Session
from cli.verb import Done, branch, reads

app = branch("deadline")

KnownOn = Annotated[date | None, typer.Option("--known-on", metavar="DATE", parser=day)]


@reads(app, "explain")
def explain(session: Session, code: Code, task: TaskName, *, known_on: KnownOn = None) -> Done:
    """Print every step by which a due day came about."""
    found = session.desk.deadlines.explain(code, task, known_on)
    directory = session.desk.queries.project(code).directory
    office = directory.org_name(found.office) if found.office else None
    session.answer(
        deadline_page.data(found), lambda: deadline_page.page(session.say, found, office)
    )
    return None


@app.callback()
def _word() -> None:
    """Keep the word above its one verb, so that others can stand beside it."""
