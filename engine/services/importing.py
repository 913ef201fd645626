"""Opening projects from a sheet: read, shown with every fault by its cell, then opened."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.core.definition import Workflow
from engine.core.errors import Reason, RefusalError
from engine.core.events import Actor
from engine.core.filled import CODE, NEEDED, Filled, Known, read_lines
from engine.core.rows import Project
from engine.core.sheets import Problem, Table, place, table_of
from engine.core.uploads import refuse
from engine.services import grid
from engine.services.house import House
from engine.services.lifecycle import Ask, Lifecycle
from engine.services.queries import Queries
from engine.storage import boards

NEW, SAME, WRONG = "new", "same", "wrong"
"""What becomes of a line: opened, open already under this code and name, or refused."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A line of a sheet and what becomes of it; `reasons` are those of the workflow's rules."""

    filled: Filled
    state: str
    problems: tuple[Problem, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """A sheet before anything is opened; `digest` (SHA-256, 64 hex digits) is that of its table."""

    table: Table
    workflow: Workflow
    lines: tuple[Judged, ...]
    digest: str

    def of(self, state: str) -> list[Judged]:
        """Return the lines of which this becomes, in the order of the sheet."""
        return [line for line in self.lines if line.state == state]


@dataclass(frozen=True, slots=True)
class Opened:
    """What an import did: the codes opened, those open before, and the lines left out."""

    opened: tuple[str, ...]
    same: tuple[str, ...]
    left: tuple[Judged, ...]


class Importing:
    """Lists of projects."""

    def __init__(self, house: House, queries: Queries, lifecycle: Lifecycle) -> None:
        self._house, self._queries, self._lifecycle = house, queries, lifecycle

    def workflows(self) -> list[Workflow]:
        """Return the newest version of every workflow that is published, by key."""
        with self._house.database.read() as cursor:
            keys = self._house.workflow_keys(cursor)
            return [self._house.newest_workflow(cursor, key) for key in keys]

    def known(self, workflow: Workflow) -> Known:
        """Return the orgs and waves that may be named for a workflow."""
        with self._house.database.read() as cursor:
            orgs = self._house.directory(cursor).orgs.values()
        waves = [wave for wave in self._queries.waves() if wave.workflow == workflow.key]
        return Known({org.code: org.name for org in orgs}, {w.code: w.name for w in waves})

    def table(self, name: str, content: bytes, titles: Mapping[str, str]) -> Table:
        """Return the first table of a file that lists projects.

        Args:
            name: what the file is called.
            content: its bytes.
            titles: the keys of columns by their heads, as `sheets.head_key` gives these.

        Raises:
            RefusalError: the file cannot be read, or no sheet of it has the heads needed.
        """
        for each in grid.read(name, content):
            found = table_of(each, titles, NEEDED)
            if found is not None:
                return found
        raise refuse("sheet_heads", file=name)

    def preview(self, table: Table, workflow: Workflow, actor: Actor) -> Preview:
        """Return what would become of every line for this actor; nothing is written."""
        read = read_lines(table, workflow, self.known(workflow))
        with self._house.database.write() as cursor:  # what is tried takes the locks of an act
            listed = boards.projects(self._house.database, cursor)
            held = {project.code: project for _, project in listed}
            lines = [self._judged(cursor, one, held, table, actor) for one in read]
        return Preview(table, workflow, tuple(lines), digest_of(table))

    def open(self, preview: Preview, actor: Actor, *, only_good: bool = False) -> Opened:
        """Open the projects of a preview, each by its own entry, and return what was done.

        All in one transaction, so that one refusal leaves nothing behind; with `only_good` each
        in its own. What is open already under the same code and name is left as it is, so that
        the same sheet opens nothing a second time.

        Raises:
            RefusalError: a line is wrong, and not only the good ones were asked for.
        """
        wrong, same = preview.of(WRONG), [line.filled.code for line in preview.of(SAME)]
        if wrong and not only_good:
            raise refuse("sheet_wrong", n=len(wrong))
        asks = [(line, _ask(line, actor, preview.digest)) for line in preview.of(NEW)]
        done, late = self._each(asks) if only_good else (self._all(asks), [])
        return Opened(tuple(done), tuple(same), (*wrong, *late))

    def _all(self, asks: Sequence[tuple[Judged, Ask]]) -> list[str]:
        with self._house.database.write() as cursor:
            for line, ask in asks:
                self._lifecycle.act_within(cursor, line.filled.code, ask)
        return [line.filled.code for line, _ in asks]

    def _each(self, asks: Sequence[tuple[Judged, Ask]]) -> tuple[list[str], list[Judged]]:
        done, late = [], []
        for line, ask in asks:
            try:
                self._lifecycle.act(line.filled.code, ask)
                done.append(line.filled.code)
            except RefusalError as refused:
                late.append(replace(line, state=WRONG, reasons=refused.reasons))
        return done, late

    def _judged(
        self, cursor: Any, one: Filled, held: Mapping[str, Project], table: Table, actor: Actor
    ) -> Judged:
        if one.command is None:
            return Judged(one, WRONG, one.problems)
        before = held.get(one.code)
        if before is not None:
            if before.name == one.name and before.workflow == one.command.workflow:
                return Judged(one, SAME)
            at = place(one.line.row, table.columns[CODE])
            return Judged(one, WRONG, (Problem(at, "taken", {"given": one.code}),))
        refused = self._lifecycle.refused_within(cursor, one.code, Ask(one.command, actor))
        if isinstance(refused, RefusalError):
            return Judged(one, WRONG, (), refused.reasons)
        return Judged(one, NEW)


def _ask(line: Judged, actor: Actor, digest: str) -> Ask:
    assert line.filled.command is not None  # asked of lines that were read
    return Ask(line.filled.command, actor, batch=f"sheet:{digest[:16]}")


def digest_of(table: Table) -> str:
    """Return the SHA-256 of what a table says, 64 hexadecimal digits."""
    said = repr([(line.row, sorted(line.cells.items())) for line in table.lines])
    return hashlib.sha256(said.encode()).hexdigest()
