"""The plays of a book: records and samples become dated steps, checked before anything runs."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from engine.core.commands import Open
from engine.core.plan import PlannedProject, Play
from engine.core.state import Post
from workflows.book_records import Record, as_day
from workflows.book_source import Book
from workflows.book_steps import BUILDERS, KEYS, Step
from workflows.read_hints import near
from workflows.read_nodes import Entry, MappingNode, Node, Plain, SequenceNode, plain

BEFORE, AS_TOLD, AFTER = 10, 50, 90
"""Order within a day: samples come before what the scenario tells unless they say ``after``."""

TOLD = {"on": "occurred", "at": "recorded"}
"""The field of a record that says a day where the book says none."""


class Plays:
    """Turns the ``plays`` and ``samples`` of a book into steps in the order they happen."""

    def __init__(
        self, book: Book, projects: tuple[PlannedProject, ...], posts: tuple[Post, ...]
    ) -> None:
        self._book = book
        self._projects = {project.code: project for project in projects}
        self._posts = {post.code for post in posts}
        self._spread = {post.code.partition("@")[0] for post in posts if "@" in post.code}
        self._taken: dict[int, int] = {}

    def read(self) -> tuple[Play, ...]:
        """Return every step, by day of recording, then order, then place in the files."""
        found = [play for node in self._book.section("plays") for play in self._group(node)]
        for node in self._book.section("samples"):
            found += self._sample(node)
        return tuple(sorted(found, key=lambda play: (play.on, play.order)))

    def _group(self, node: MappingNode) -> Iterator[Play]:
        for record in self._book.chosen(node):
            # The first group that takes a record is the one that says what it does.
            if self._taken.setdefault(id(record), id(node)) != id(node):
                continue
            for step in _steps(node):
                yield from self._step(step, node, record, AS_TOLD)

    def _sample(self, node: MappingNode) -> Iterator[Play]:
        order = AFTER if self._book.filled(node, "after", None) is True else BEFORE
        if "open" in node.entries:
            yield from self._open(node, order)
        for step in _steps(node):
            yield from self._step(step, node, None, order)

    def _open(self, node: MappingNode, order: int) -> Iterator[Play]:
        wave = self._book.text(node, "open")
        chosen = [project for project in self._projects.values() if project.wave == wave]
        if not chosen:
            self._book.faults.add(node, "open", f'no project is of wave "{wave}"')
        on, by = self._day(node, None, "on"), self._book.text(node, "by")
        for project in chosen:
            command = Open(
                project.code, project.name, project.parties, project.dates, project.parent, wave,
                project.workflow,
            )  # fmt: skip
            yield Play(f"open {wave}", node.line, on, on, (project.code,), by, command, order=order)

    def _step(
        self, step: MappingNode, group: MappingNode, record: Record | None, order: int
    ) -> Iterator[Play]:
        self._check_keys(step)
        wanted = step.entries.get("set")
        if wanted and record and record.values.get(str(plain(wanted.value))) is None:
            return
        word = self._book.text(step, "do", record)
        if word not in BUILDERS:
            hint = near(word, list(BUILDERS))
            self._book.faults.add(step, "do", f'unknown step "{word}"{hint}')
            return
        for code in self._codes(step, group, record):
            yield from self._plays(step, group, record, code, order)

    def _check_keys(self, step: MappingNode) -> None:
        for key, entry in step.entries.items():
            if key not in KEYS:
                self._book.faults.add(entry.value, key, f"unknown key{near(key, list(KEYS))}")

    def _plays(
        self, step: MappingNode, group: MappingNode, record: Record | None, code: str, order: int
    ) -> Iterator[Play]:
        values = {key: self._value(entry, record) for key, entry in step.entries.items()}
        at = self._day(step if "at" in step.entries else group, record, "at", "on")
        on = self._day(step if "on" in step.entries else group, record, "on")
        source = record.id if record else f"sample:{step.line}"
        for by, extra in self._voices(step, group, record, code, values):
            ready = Step({**values, **extra}, self._book.workflow, code, self._complain(step))
            for command in BUILDERS[str(values["do"])](ready):
                yield Play(
                    source, step.line, at, on, (code,), by, command, ready.maybe("behalf"),
                    ready.maybe("expect"), ready.maybe("of"), ready.number("order") or order,
                )  # fmt: skip

    def _voices(
        self, step: MappingNode, group: MappingNode, record: Record | None, code: str,
        values: Mapping[str, Plain],
    ) -> Iterator[tuple[str, dict[str, Plain]]]:  # fmt: skip
        """Who performs a step: one post, or every judge with a score of its own."""
        scores = values.get("scores")
        if isinstance(scores, dict):
            others = values.get("other_scores")
            mine = others.get(code) if isinstance(others, dict) else None
            for post, score in (mine if isinstance(mine, dict) else scores).items():
                yield self._post(step, post), {"value": score}
            return
        by = self._book.text(step if "by" in step.entries else group, "by", record)
        yield self._post(step, by), {}

    def _post(self, step: MappingNode, code: str) -> str:
        if code in self._posts:
            return code
        if code in self._spread:
            return f"{code}@{{{self._party(code)}}}"
        self._book.faults.add(step, "by", f'unknown post "{code}"{near(code, sorted(self._posts))}')
        return code

    def _party(self, code: str) -> str:
        for node in self._book.section("posts"):
            held = node.entries.get("party_of")
            named = plain(held.value) if held else {}
            if isinstance(named, dict) and code in named:
                return str(named[code])
        return code

    def _value(self, entry: Entry, record: Record | None) -> Plain:
        return self._filled(plain(entry.value), entry.value, record)

    def _filled(self, value: Plain, node: Node, record: Record | None) -> Plain:
        if isinstance(value, dict):
            return {key: self._filled(one, node, record) for key, one in value.items()}
        if isinstance(value, list):
            return [self._filled(one, node, record) for one in value]
        try:
            return self._book.records.fill(value, record)
        except KeyError as error:
            self._book.faults.add(node, "value", str(error.args[0]))
            return None

    def _day(self, node: MappingNode, record: Record | None, *keys: str) -> date:
        for key in keys:
            value = self._book.filled(node, key, record)
            if value is None and record is not None and key not in node.entries:
                value = record.values.get(TOLD[key])
            found = as_day(value)
            if found is not None:
                return found
        message = "is missing or no day; write it as 2017-08-31"
        if record is not None and keys[0] not in node.entries:
            self._book.faults.add_record(record, TOLD[keys[0]], message)
        else:
            self._book.faults.add(node, keys[0], message)
        return date.min

    def _codes(
        self, step: MappingNode, group: MappingNode, record: Record | None
    ) -> tuple[str, ...]:
        for node in (step, group):
            named = self._book.filled(node, "projects", record)
            if isinstance(named, list):
                return self._known(node, [str(one) for one in named])
            if named is not None:
                return self._known(node, [str(named)])
        scope = str(record.values.get("scope", "")) if record else ""
        kind, _, name = scope.partition(":")
        if record is not None and kind == "project":
            if name not in self._projects:
                hint = near(name, list(self._projects))
                self._book.faults.add_record(record, "scope", f'unknown project "{name}"{hint}')
            return (name,) if name in self._projects else ()
        return self._of_waves(group)

    def _of_waves(self, group: MappingNode) -> tuple[str, ...]:
        named = self._book.filled(group, "wave", None)
        waves = [str(one) for one in named] if isinstance(named, list) else [str(named)]
        found = tuple(code for code, project in self._projects.items() if project.wave in waves)
        if not found:
            self._book.faults.add(group, "wave", f"no project is of wave {', '.join(waves)}")
        return found

    def _known(self, node: Node, codes: list[str]) -> tuple[str, ...]:
        for code in codes:
            if code not in self._projects:
                hint = near(code, list(self._projects))
                self._book.faults.add(node, "projects", f'unknown project "{code}"{hint}')
        return tuple(code for code in codes if code in self._projects)

    def _complain(self, step: MappingNode) -> Callable[[str, str], None]:
        return lambda key, message: self._book.faults.add(step, key, message)


def _steps(node: MappingNode) -> list[MappingNode]:
    entry = node.entries.get("steps")
    if entry is None or not isinstance(entry.value, SequenceNode):
        return []
    return [item for item in entry.value.items if isinstance(item, MappingNode)]
