"""``shidian extension``: more time, asked by one side, checked perhaps, decided by another."""

from datetime import date
from typing import Annotated

import typer

from cli.acting import perform
from cli.errors import WrongError
from cli.forms import codes, day, target, whole
from cli.options import Codes, Days, Period, Ref, TaskName, Why
from cli.session import Session
from cli.verb import Done, acts, branch
from engine.core.commands import AskExtension, CheckExtension, DecideExtension

app = branch("extension")

Wanted = Annotated[int | None, typer.Argument(metavar="DAYS", parser=whole)]
Until = Annotated[date | None, typer.Option("--until", metavar="DATE", parser=day)]
Check = Annotated[str, typer.Argument(metavar="pass|back")]
Decision = Annotated[str, typer.Argument(metavar="grant|refuse")]
Because = Annotated[str | None, typer.Option("--reason", metavar="TEXT")]
CHECKS = ("pass", "back")
DECISIONS = ("grant", "refuse")


@acts(app, "ask")
def ask(
    session: Session, code: Codes, task: TaskName, days: Wanted = None, *, reason: Why,
    until: Until = None, period: Period = None, ref: Ref = None,
) -> Done:  # fmt: skip
    """Ask for more days, or for another day, before a task or stage falls due."""
    if (days is None) == (until is None):
        raise WrongError("days_or_until")
    command = AskExtension(target(task, period, ref), days or 0, reason, until)
    return perform(session, codes(code), command)


@acts(app, "check")
def check(
    session: Session, code: Codes, task: TaskName, verdict: Check, *, reason: Because = None,
    period: Period = None, ref: Ref = None,
) -> Done:  # fmt: skip
    """Pass a request on to whoever decides, or send it back."""
    if verdict not in CHECKS:
        raise WrongError("choice", given=verdict, choices=", ".join(CHECKS))
    meant = target(task, period, ref)
    return perform(session, codes(code), CheckExtension(meant, verdict == "pass", reason))


@acts(app, "decide")
def decide(
    session: Session, code: Codes, task: TaskName, decision: Decision, *, days: Days = None,
    until: Until = None, reason: Because = None, period: Period = None, ref: Ref = None,
) -> Done:  # fmt: skip
    """Grant or refuse what was asked."""
    if decision not in DECISIONS:
        raise WrongError("choice", given=decision, choices=", ".join(DECISIONS))
    granted = decision == "grant"
    if granted and (days is None) == (until is None):
        raise WrongError("grant_days")
    meant = target(task, period, ref)
    command = DecideExtension(meant, granted, days or 0, reason, until)
    return perform(session, codes(code), command)
