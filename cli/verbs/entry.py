"""``shidian entry``: putting right what was entered by mistake; the entry itself stays readable."""

from typing import Annotated

import typer

from cli.acting import perform
from cli.forms import pairs, whole
from cli.options import Code, Why
from cli.session import Session
from cli.verb import Done, acts, branch
from engine.core.commands import Correct, Void

app = branch("entry")

Seq = Annotated[int, typer.Argument(metavar="N", parser=whole)]
Values = Annotated[list[str], typer.Argument(metavar="NAME=VALUE")]


@acts(app, "void")
def void(session: Session, code: Code, seq: Seq, *, reason: Why) -> Done:
    """Mark what an entry added as entered by mistake."""
    return perform(session, [code], Void(seq, reason))


@acts(app, "correct")
def correct(session: Session, code: Code, seq: Seq, values: Values, *, reason: Why) -> Done:
    """Put right values that an entry gave."""
    return perform(session, [code], Correct(seq, pairs(values), reason))
