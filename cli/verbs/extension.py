"""``shidian extension``: more time, asked by one side and decided by another."""

from typing import Annotated

import typer

from cli.acting import perform
from cli.errors import WrongError
from cli.forms import codes, target, whole
from cli.options import Codes, Days, Period, Ref, TaskName, Why
from cli.session import Session
from cli.verb import Done, acts, branch
from engine.core.commands import AskExtension, DecideExtension

app = branch("extension")

Wanted = Annotated[int, typer.Argument(metavar="DAYS", parser=whole)]
Decision = Annotated[str, typer.Argument(metavar="grant|refuse")]
Because = Annotated[str | None, typer.Option("--reason", metavar="TEXT")]
DECISIONS = ("grant", "refuse")


@acts(app, "ask")
def ask(
    session: Session, code: Codes, task: TaskName, days: Wanted, *, reason: Why,
    period: Period = None, ref: Ref = None,
) -> Done:  # fmt: skip
    """Ask for more days before a task or stage falls due."""
    return perform(session, codes(code), AskExtension(target(task, period, ref), days, reason))


@acts(app, "decide")
def decide(
    session: Session, code: Codes, task: TaskName, decision: Decision, *, days: Days = None,
    reason: Because = None, period: Period = None, ref: Ref = None,
) -> Done:  # fmt: skip
    """Grant or refuse what was asked."""
    if decision not in DECISIONS:
        raise WrongError("choice", given=decision, choices=", ".join(DECISIONS))
    granted = decision == "grant"
    if granted and days is None:
        raise WrongError("grant_days")
    meant = target(task, period, ref)
    return perform(session, codes(code), DecideExtension(meant, granted, days or 0, reason))
