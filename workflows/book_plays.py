"""The plays of a book: records and samples become dated steps, checked before anything runs."""

from collections.abc import Iterator

from engine.core.plan import PlannedProject, Play
from workflows import book_keys
from workflows.book_case import Case
from workflows.book_choice import chosen
from workflows.book_order import Told, check_order, in_order
from workflows.book_scope import Scope
from workflows.book_source import Book
from workflows.book_telling import opened, told
from workflows.book_times import Times
from workflows.read_nodes import MappingNode

BEFORE, AS_TOLD, AFTER = 10, 50, 90
"""Order within a day: samples come before what the scenario tells unless they say ``after``."""


class Plays:
    """Turns the ``plays`` and ``samples`` of a book into steps in the order they happen."""

    def __init__(self, book: Book, projects: tuple[PlannedProject, ...], times: Times) -> None:
        self._book, self._times = book, times
        self._taken: dict[int, MappingNode] = {}
        self._projects = {project.code: project for project in projects}
        self._scope = Scope(book, projects)
        self._unsure = {project.code for project in projects if project.wave not in book.waves}

    def read(self) -> tuple[Play, ...]:
        """Return every step, by day of recording, then order, then place in the files."""
        groups = self._book.section("plays", book_keys.PLAY)
        samples = self._book.section("samples", book_keys.SAMPLE)
        found = [each for node in groups for each in self._group(node)]
        found += [each for node in samples for each in self._sample(node)]
        found = in_order(found)
        check_order(found, self._unsure)
        return tuple(each.play for each in found)

    def _group(self, node: MappingNode) -> Iterator[Told]:
        steps = self._steps(node)
        for record in chosen(self._book, node):
            # The first group that takes a record is the one that says what it does.
            if self._taken.setdefault(id(record), node) is node:
                for step in steps:
                    case = Case(self._book, step, node, record, AS_TOLD)
                    yield from told(case, self._scope, self._times)

    def _sample(self, node: MappingNode) -> Iterator[Told]:
        after = self._book.held(node, "after")
        order = AFTER if after and after.flag() else BEFORE
        if "open" in node.entries:
            case = Case(self._book, node, node, None, order)
            plays, codes = opened(case, self._projects, self._scope, self._times)
            self._unsure.update(() if plays else codes)
            yield from plays
        for step in self._steps(node):
            yield from told(Case(self._book, step, node, None, order), self._scope, self._times)

    def _steps(self, node: MappingNode) -> list[MappingNode]:
        entry = node.entries.get("steps")
        return self._book.mappings(entry.value, "steps", book_keys.STEP) if entry else []
