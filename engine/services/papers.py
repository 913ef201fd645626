"""Papers that come with an act: judged, kept under their digest, and shown to who may see them."""

from pathlib import Path

from engine.core.errors import UnknownObjectError
from engine.core.rows import Part, Party
from engine.core.uploads import judged, without_place
from engine.services.house import House
from engine.services.lifecycle import stream_of
from engine.services.people import may_see
from engine.storage import papers
from engine.storage.papers import Paper

LONGEST_NAME = 120


class Papers:
    """The files of one house, in a folder; what they are called stands in the database."""

    def __init__(self, house: House, folder: Path) -> None:
        self._house, self._folder = house, folder

    def take(self, name: str, content: bytes, person: str) -> Paper:
        """Keep a file that somebody hands in; commits.

        Raises:
            RefusalError: it is of no kind that is taken in, too large, or packed to do harm.
            StorageError: there is no room for it.
        """
        kind = judged(name, content)
        content = without_place(content)
        digest = papers.put(self._folder, content)
        database = self._house.database
        with database.write() as cursor:
            now = database.clock(cursor)
            called = _called(name, kind.suffix)
            paper = Paper(digest, called, kind.media_type, len(content), now, person)
            papers.add(database, cursor, paper)
            held = papers.find(database, cursor, digest)
        return held or paper

    def show(self, code: str, digest: str, org: str) -> tuple[Paper, bytes]:
        """Return a paper of a project, and its bytes.

        Raises:
            UnknownObjectError: the project cites no such paper, or the org may not see it.
            StorageError: the file is gone, or no longer what was taken in.
        """
        with self._house.database.read() as cursor:
            state = self._house.store(cursor).find(stream_of(code))
            directory = self._house.directory(cursor)
            held = papers.find(self._house.database, cursor, digest)
        seen = state is not None and may_see(directory, org, state.rows(Party))
        cited = state is not None and any(part.digest == digest for part in state.rows(Part))
        if not seen or not cited or held is None:
            raise UnknownObjectError("paper", digest[:12])
        return held, papers.read(self._folder, digest)

    def named(self, digests: set[str]) -> dict[str, Paper]:
        """Return the papers of these digests that were taken in, by digest."""
        with self._house.database.read() as cursor:
            found = [papers.find(self._house.database, cursor, one) for one in sorted(digests)]
        return {paper.digest: paper for paper in found if paper is not None}


def _called(name: str, suffix: str) -> str:
    """Return a name for a file: the last part of the one given, with the ending of what it is."""
    last = name.replace("\\", "/").rpartition("/")[2]
    stem = "".join(c for c in last.rpartition(".")[0] or last if c.isprintable())
    return f"{stem.strip()[:LONGEST_NAME] or 'paper'}{suffix}"
