"""From YAML events to a tree, with every fault of the form collected on the way."""

from collections.abc import Iterator, Mapping
from typing import Protocol

import yaml

from workflows.faults import Faults
from workflows.read_lines import Lines
from workflows.read_nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode
from workflows.read_text import FORBIDDEN

MAX_DEPTH = 20

LOADERS = (getattr(yaml, "CSafeLoader", yaml.SafeLoader), yaml.SafeLoader)
"""libyaml first, ten times as fast; where a PyYAML was built without it, Python's own must do."""


class _Mark(Protocol):
    """A place as either of PyYAML's parsers gives it, counted from 0."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


class _TooDeepError(Exception):
    """Ends the reading: what stands deeper is not looked at."""


class Parser:
    """Reads one text once; what is wrong with its form goes into the faults it was given."""

    def __init__(self, text: str, faults: Faults, max_depth: int = MAX_DEPTH) -> None:
        self._max_depth = max_depth
        self._lines = Lines(text, faults)
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=LOADERS[0])

    def tree(self) -> Node | None:
        """Return the root; None when the text is empty or breaks off being YAML."""
        root: Node | None = None
        broken: Exception | None = None
        try:
            root = self._stream()
        except _TooDeepError:
            pass
        # Beside its own errors, the Python parser lets those of chr() and int() through.
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            broken = error
        at, self._lines.path = self._lines.path, []
        self._lines.scan_tabs()
        if broken is not None:
            self._lines.scan_keys()
            self._lines.path = at
            self._break_off(broken)
        return root

    def _break_off(self, error: Exception) -> None:
        line, column = _place(getattr(error, "problem_mark", None))
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or error
        self._lines.put_broken(line, column, problem)

    def _stream(self) -> Node | None:
        root: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self._add(event, "a second document begins here; a file holds one")
                if event.version or event.tags:
                    self._add(event, "directives (%) are not allowed")
                root = self._node(next(self._events), 1)
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        self._check_extras(event)
        line, column = _place(event.start_mark)
        if isinstance(event, yaml.CollectionStartEvent) and depth > self._max_depth:
            self._add(event, f"is nested more than {self._max_depth} deep")
            raise _TooDeepError
        if isinstance(event, yaml.MappingStartEvent):
            return MappingNode(line, column, self._entries(depth))
        if isinstance(event, yaml.SequenceStartEvent):
            return SequenceNode(line, column, self._items(depth))
        if not isinstance(event, yaml.ScalarEvent):
            return ScalarNode(line, column, "")
        node = self._scalar(event)
        if not node.quoted:
            self._lines.scan_text(line, column, node.text, _place(event.end_mark)[0])
        return node

    def _check_extras(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._add(event, f'the alias "*{event.anchor}" is not allowed; write the value out')
            return
        if getattr(event, "anchor", None) is not None:
            self._add(event, f'the anchor "&{getattr(event, "anchor", "")}" is not allowed')
        tag = getattr(event, "tag", None)
        if tag is not None:
            short = str(tag).replace("tag:yaml.org,2002:", "!!")
            self._add(event, f'the tag "{short}" is not allowed; quote what must be text')

    def _entries(self, depth: int) -> Mapping[str, Entry]:
        entries: dict[str, Entry] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event, depth)
            line, column = _place(event.start_mark)
            self._lines.path.append(key)
            if key in entries:
                self._add(event, f"is given twice, first in line {entries[key].line}")
            value = self._node(next(self._events), depth + 1)
            entries.setdefault(key, Entry(line, column, value))
            self._lines.path.pop()
        return entries

    def _key(self, event: yaml.Event, depth: int) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._add(event, "a key must be text")
            self._node(event, depth + 1)
            return ""
        self._check_extras(event)
        node = self._scalar(event)
        if not node.quoted and not node.text:
            self._add(event, "a key is missing here")
        if not node.quoted and "：" in node.text:
            self._lines.put_full_width(node.line, node.column, node.text)
        return node.text

    def _items(self, depth: int) -> tuple[Node, ...]:
        items = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return tuple(items)

    def _scalar(self, event: yaml.ScalarEvent) -> ScalarNode:
        line, column = _place(event.start_mark)
        node = ScalarNode(line, column, event.value, quoted=not event.implicit[0])
        if node.quoted:
            last, end_column = _place(event.end_mark)
            self._lines.hold_text(line + 1, last if end_column > 1 else last - 1)
        for found in FORBIDDEN.finditer(node.text):
            self._add(event, f"an escape gives U+{ord(found[0]):04X}, which is not allowed")
        return node

    def _add(self, event: yaml.Event, message: str) -> None:
        self._lines.put(*_place(event.start_mark), message)


def _place(mark: _Mark | None) -> tuple[int, int]:
    """Return line and column of a mark, both from 1."""
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
