"""``shidian notice why``: why a notice was sent, and why nobody has been told."""

from typing import Annotated

import typer

from cli import telling_page
from cli.errors import WrongError
from cli.forms import whole
from cli.options import Project
from cli.session import Session
from cli.verb import Done, reads
from cli.verbs.notice import app

Code = Annotated[str | None, typer.Argument(metavar="CODE")]
Number = Annotated[int | None, typer.Argument(metavar="N", parser=whole)]
Task = Annotated[str | None, typer.Option("--task", metavar="TASK")]


@reads(app, "why")
def why(
    session: Session, code: Code = None, n: Number = None, *, project: Project = None,
    task: Task = None,
) -> Done:  # fmt: skip
    """Print why a notice was sent, or what is told of a task and why nobody is told now."""
    telling, say = session.desk.telling, session.say
    if code is not None and n is not None and project is None and task is None:
        told = telling.notice(code, n)
        session.answer(telling_page.told_data(told), lambda: telling_page.told(say, told))
    elif project is not None and task is not None and code is None:
        watch = telling.task(project, task)
        session.answer(telling_page.watch_data(watch), lambda: telling_page.watch(say, watch))
    else:
        raise WrongError("notice_or_task")
    return None
