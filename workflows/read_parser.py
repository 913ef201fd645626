"""From YAML events to a tree, with every fault of the form collected on the way."""

import re
from collections.abc import Iterator, Mapping
from typing import Protocol

import yaml

from engine.core.errors import Fault
from workflows.read_nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode
from workflows.read_text import FORBIDDEN, WHOLE_FILE

MAX_DEPTH = 20

LOADERS = (getattr(yaml, "CSafeLoader", yaml.SafeLoader), yaml.SafeLoader)
"""libyaml first, ten times as fast; where a PyYAML was built without it, Python's own must do."""

# A text may well begin with a word and a full-width colon; a key is what begins a line.
KEY_START = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\s*：")
KEY_LINE = re.compile(r"[ \t]*(?:- +)*(?=[\"']?\w+[\"']?\s*：)")
TAB_INDENT = re.compile(r" *(?=\t\s*[^\s#])")

FULL_WIDTH = '"{}" ends in a full-width colon; write ":" and a space, or quote what is text'
TAB = "a tab stands where spaces must indent"


class _Mark(Protocol):
    """A place as either of PyYAML's parsers gives it, counted from 0."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


class _TooDeepError(Exception):
    """Ends the reading: what stands deeper is not looked at."""


class Parser:
    """Reads one text once: `tree` gives the root, after which `faults` is complete."""

    def __init__(self, text: str, where: str, max_depth: int = MAX_DEPTH) -> None:
        self.faults: list[Fault] = []
        self._where, self._max_depth = where, max_depth
        self._lines = text.split("\n")
        self._path: list[str] = []
        self._text_lines: set[int] = set()  # that continue a quoted or block text
        self._flagged: set[int] = set()  # that have a fault
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
        at, self._path = self._path, []
        self._scan_tabs()
        if broken is not None:
            self._scan_keys(range(1, len(self._lines) + 1))
            self._path = at
            self._add_broken(broken)
        return root

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
        if not node.quoted and KEY_START.match(node.text):
            self._check_line_start(node, _place(event.end_mark)[0])
        return node

    def _check_line_start(self, node: ScalarNode, last: int) -> None:
        if not self._lines[node.line - 1][: node.column - 1].strip(" -"):
            self._scan_keys(range(node.line, last + 1))

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
            self._path.append(key)
            if key in entries:
                self._add(event, f"is given twice, first in line {entries[key].line}")
            value = self._node(next(self._events), depth + 1)
            entries.setdefault(key, Entry(line, column, value))
            self._path.pop()
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
            self._add_full_width(node.line, node.column, node.text)
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
            self._text_lines.update(range(line + 1, last + (end_column > 1)))
        for found in FORBIDDEN.finditer(node.text):
            self._add(event, f"an escape gives U+{ord(found[0]):04X}, which is not allowed")
        return node

    def _scan_tabs(self) -> None:
        for number, line in enumerate(self._lines, start=1):
            if (found := TAB_INDENT.match(line)) and number not in self._text_lines:
                self._put(number, found.end() + 1, TAB)

    def _scan_keys(self, numbers: range) -> None:
        """Find full-width colons that kept the parser from seeing a key."""
        for number in numbers:
            line = self._lines[number - 1]
            is_passed = number in self._text_lines or number in self._flagged
            if not is_passed and (found := KEY_LINE.match(line)):
                self._add_full_width(number, found.end() + 1, line[found.end() :])

    def _add_broken(self, error: Exception) -> None:
        """Add what the parser stumbled over, unless a fault just before explains it."""
        mark = getattr(error, "problem_mark", None)
        line, column = _place(mark)
        if not {line - 1, line} & self._flagged:
            problem = getattr(error, "problem", None) or getattr(error, "reason", None) or error
            self._put(line, column, f"is not YAML: {problem}")

    def _add_full_width(self, line: int, column: int, text: str) -> None:
        self._put(line, column, FULL_WIDTH.format(text.partition("：")[0].strip()))

    def _add(self, event: yaml.Event, message: str) -> None:
        self._put(*_place(event.start_mark), message)

    def _put(self, line: int, column: int, message: str) -> None:
        key = ".".join(self._path) or WHOLE_FILE
        self.faults.append(Fault(self._where, line, column, key, message))
        self._flagged.add(line)


def _place(mark: _Mark | None) -> tuple[int, int]:
    """Return line and column of a mark, both from 1."""
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
