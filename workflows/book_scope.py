"""Which projects a step of a book is about."""

from collections.abc import Iterable

from engine.core.plan import PlannedProject
from workflows.book_case import Case
from workflows.book_source import Book
from workflows.book_spot import Held, as_text


class Scope:
    """The projects of a book by wave, and which of them steps name."""

    def __init__(self, book: Book, projects: Iterable[PlannedProject]) -> None:
        self._book = book
        self._by_wave: dict[str, list[str]] = {}
        for project in projects:
            self._by_wave.setdefault(project.wave, []).append(project.code)

    def codes(self, case: Case) -> tuple[str, ...]:
        """Return the projects that a step, its group or its record names, else those of waves."""
        if "projects" in case.says("projects").entries:
            return self._known(case.must("projects"))
        scope = as_text(case.record.values.get("scope")) if case.record else ""
        if case.record and scope.startswith("project:"):
            named = Held(scope.removeprefix("project:"), case.record.spot("scope"))
            return self._known(named)
        return self.of_waves(self._book.must(case.group, "wave", case.record))

    def of_waves(self, waves: Held | None) -> tuple[str, ...]:
        """Return the projects of the waves named; a wave without any is noted."""
        found: list[str] = []
        if waves is None:
            return ()
        for wave in waves.texts():
            self._book.waves.ask(wave, waves.spot)
            if wave in self._book.waves and wave not in self._by_wave:
                waves.spot.complain(f'no project is of wave "{wave}"')
            found += self._by_wave.get(wave, [])
        return tuple(dict.fromkeys(found))

    def _known(self, named: Held | None) -> tuple[str, ...]:
        if named is None:
            return ()
        codes = named.texts()
        for code in codes:
            if code not in self._book.projects:
                named.spot.unknown("project", code, self._book.projects)
        return tuple(code for code in codes if code in self._book.projects)
