"""Files that come with a form: taken in first, so that a refused act loses none of them."""

from dataclasses import replace

from starlette.datastructures import UploadFile

from engine.core.commands import Command, Paper, Record, Seal, Submit
from engine.core.uploads import MOST_BYTES
from engine.services.papers import Papers
from engine.storage.papers import Paper as Held
from web.asked import Asked

FILE, KEPT = "file", "kept"
"""The field with a new file, and the one that names a file taken in by an earlier try."""


def received(asked: Asked, papers: Papers, person: str) -> Held | None:
    """Return the file that came with a form, or that an earlier try left; None without one.

    Raises:
        RefusalError: it is of no kind that is taken in, too large, or packed to do harm.
    """
    given = asked.form.get(FILE)
    if isinstance(given, UploadFile) and given.filename:
        return papers.take(given.filename, given.file.read(MOST_BYTES + 1), person)
    kept = asked.typed(KEPT)
    held = papers.named({kept}).get(kept) if kept else None
    # Somebody else's file is not taken over by naming its digest.
    return held if held is not None and held.person == person else None


def with_paper(command: Command, held: Held | None) -> Command:
    """Return a request that cites a file, where it is one that cites papers."""
    if held is None or not isinstance(command, Submit | Seal | Record):
        return command
    paper: Paper = command.paper
    cited = replace(paper, digest=held.digest, title=paper.title or held.name)
    return replace(command, paper=cited)
