"""``shidian task``, the judging: seals, scores, conclusions."""

from typing import Annotated

import typer

from cli.acting import perform
from cli.errors import WrongError
from cli.forms import codes, paper, target
from cli.options import Codes, DocNo, File, Note, TaskName, Title
from cli.session import Session
from cli.verb import Done, acts
from cli.verbs.task import app
from engine.core.commands import Conclude, Score, Seal

Parties = Annotated[list[str], typer.Argument(metavar="SEAL")]
Verdict = Annotated[str, typer.Option("--verdict", metavar="VERDICT")]
Outcome = Annotated[str | None, typer.Option("--verdict", metavar="VERDICT")]
Value = Annotated[str | None, typer.Argument(metavar="SCORE")]
Recuse = Annotated[bool, typer.Option("--recuse")]


@acts(app, "seal")
def seal(
    session: Session, code: Codes, task: TaskName, party: Parties, *, verdict: Verdict = "consent",
    doc_no: DocNo = None, title: Title = None, file: File = None, note: Note = None,
) -> Done:  # fmt: skip
    """Enter the seals of one or more parties."""
    cited = paper(doc_no, title, file)
    return perform(session, codes(code), Seal(target(task), tuple(party), verdict, cited, note))


@acts(app, "score")
def score(
    session: Session, code: Codes, task: TaskName, value: Value = None, *, recuse: Recuse = False,
    note: Note = None,
) -> Done:  # fmt: skip
    """Give a panel score, or recuse oneself."""
    if (value is None) != recuse:
        raise WrongError("score_or_recuse")
    return perform(session, codes(code), Score(target(task), value, recuse, note))


@acts(app, "conclude")
def conclude(
    session: Session, code: Codes, task: TaskName, *, verdict: Outcome = None, note: Note = None
) -> Done:
    """Close a panel review."""
    return perform(session, codes(code), Conclude(target(task), verdict, note))
