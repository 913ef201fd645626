"""``shidian waiver``: that a task need not be met, proposed by one person, confirmed by another."""

from cli.acting import perform
from cli.forms import codes, target
from cli.options import Codes, Period, Ref, TaskName, Why
from cli.session import Session
from cli.verb import Done, acts, branch
from engine.core.commands import ConfirmWaiver, ProposeWaiver

app = branch("waiver")


@acts(app, "propose")
def propose(
    session: Session, code: Codes, task: TaskName, *, reason: Why, period: Period = None,
    ref: Ref = None,
) -> Done:  # fmt: skip
    """Propose that a task need not be met."""
    return perform(session, codes(code), ProposeWaiver(target(task, period, ref), reason))


@acts(app, "confirm")
def confirm(
    session: Session, code: Codes, task: TaskName, *, period: Period = None, ref: Ref = None
) -> Done:
    """Confirm a proposed waiver."""
    return perform(session, codes(code), ConfirmWaiver(target(task, period, ref)))
