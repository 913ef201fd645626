"""YAML as nodes with their lines: no alias, tag or repeated key, and every fault at once.

Nothing is constructed, so a scalar is what stands in the file: ``no`` stays a word and
2018-02-30 can be refused in words.
"""

import re
from calendar import monthrange
from collections.abc import Collection
from datetime import date
from difflib import get_close_matches
from typing import cast

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from engine.core.errors import DefinitionError, Fault

MAX_CHARACTERS = 100_000
MAX_DEPTH = 8

_REFUSED = "refused"
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,6}", re.ASCII)


class Faults:
    """Gathers what is wrong with one file, so that a person mends it in one go."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.found: list[Fault] = []

    def add(self, node: Node | None, key: str, message: str) -> None:
        """Note a fault where a node begins; None stands for the start of the file."""
        self.at(node.start_mark if node is not None else None, key, message)

    def at(self, mark: yaml.Mark | None, key: str, message: str) -> None:
        """Note a fault at a place; None stands for the start of the file."""
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        self.found.append(Fault(self.where, line, column, key, message))

    def settle(self) -> None:
        """Raise `DefinitionError` with everything noted, if anything was."""
        if self.found:
            raise DefinitionError(self.found)


class _StrictLoader(yaml.SafeLoader):
    """Composes nodes and notes what a definition may not contain."""

    def __init__(self, text: str, faults: Faults) -> None:
        super().__init__(text)
        self.noted = faults
        self.depth = 0

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]  # the stubs lack its type
        mark = cast("yaml.Mark", event.start_mark)  # the C parser's marks do not occur here
        if self.depth == MAX_DEPTH:
            raise yaml.MarkedYAMLError(problem=f"nested deeper than {MAX_DEPTH}", problem_mark=mark)
        if isinstance(event, yaml.AliasEvent):
            self.get_event()  # type: ignore[no-untyped-call]  # the stubs lack its type
            self.noted.at(mark, f"*{event.anchor}", "an alias; write the value out")
            return ScalarNode(_REFUSED, "", mark, mark)
        self._strip(event, mark)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def _strip(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, mark: yaml.Mark) -> None:
        if event.anchor is not None:
            self.noted.at(mark, f"&{event.anchor}", "an anchor; drop it, aliases are not read")
            event.anchor = None
        if event.tag is not None:
            self.noted.at(mark, event.tag, "a tag; drop it, values are read as they stand")
            event.tag = None


def compose(text: str, faults: Faults) -> Node | None:
    """Return the file's one document as a node, or None when it cannot be read at all.

    Faults of form are noted; the node may be used all the same, to find the others.
    """
    if len(text) > MAX_CHARACTERS:
        faults.add(None, "file", f"longer than {MAX_CHARACTERS} characters; split it")
        return None
    try:
        node = _StrictLoader(text, faults).get_single_node()
    except yaml.MarkedYAMLError as error:
        faults.at(error.problem_mark, "yaml", f"{error.problem}; mend the form of the file")
        return None
    except yaml.YAMLError as error:
        faults.add(None, "yaml", f"{error}; save the file as plain UTF-8 text")
        return None
    if node is None:
        faults.add(None, "file", "empty; see the README beside the files for what belongs here")
    return node


def entries(
    node: Node, key: str, faults: Faults, known: Collection[str] | None = None
) -> dict[str, Node]:
    """Return a mapping's values by key, in the order of the file; every fault is noted.

    Args:
        node: what should be a mapping.
        key: what to call it in a fault.
        faults: where to note them.
        known: the only keys allowed; None allows any.
    """
    if not isinstance(node, MappingNode):
        faults.add(node, key, "not a mapping; write 'key: value' lines")
        return {}
    found: dict[str, Node] = {}
    lines: dict[str, int] = {}
    for name_node, value in node.value:
        name = scalar(name_node, key, faults)
        if name is None:
            continue
        if name in lines:
            first = f"first on line {lines[name]}"
            faults.add(name_node, name, f"written twice, {first}; keep one")
        elif known is not None and name not in known:
            faults.add(name_node, name, f"unknown key; {_hint(name, known)}")
        else:
            found[name] = value
        lines.setdefault(name, name_node.start_mark.line + 1)
    return found


def items(node: Node, key: str, faults: Faults) -> list[Node]:
    """Return the items of a sequence; a lone scalar is a sequence of one."""
    if isinstance(node, SequenceNode):
        return list(node.value)
    if isinstance(node, ScalarNode):
        return [node]
    faults.add(node, key, "a mapping where a value or a list belongs")
    return []


def scalar(node: Node, key: str, faults: Faults) -> str | None:
    """Return the text of a scalar; None, with a fault noted, when it is something else."""
    if node.tag == _REFUSED:
        return None
    if isinstance(node, ScalarNode):
        return str(node.value)
    faults.add(node, key, "a list or mapping where a single value belongs")
    return None


def whole(node: Node, key: str, faults: Faults) -> int | None:
    """Return a whole number; None, with a fault noted, when it is something else."""
    text = scalar(node, key, faults)
    if text is None:
        return None
    if not _WHOLE.fullmatch(text):
        faults.add(node, key, f"{text!r} is no whole number; write digits only")
        return None
    return int(text)


def day(node: Node, key: str, faults: Faults, text: str | None = None) -> date | None:
    """Return a calendar day; None, with a fault noted, when it is something else.

    Args:
        node: where it stands.
        key: what to call it in a fault.
        faults: where to note them.
        text: the part of the scalar that should be a day; None takes all of it.
    """
    text = scalar(node, key, faults) if text is None else text
    if text is None:
        return None
    if not (found := _DAY.fullmatch(text)):
        faults.add(node, key, f"{text!r} is no day; write it as 2018-02-28")
        return None
    year, month, number = (int(part) for part in found.groups())
    try:
        return date(year, month, number)
    except ValueError:
        last = f"; that month ends on {monthrange(year, month)[1]}" if month in range(1, 13) else ""
        faults.add(node, key, f"{text} is not in the calendar{last}")
        return None


def is_null(node: Node) -> bool:
    """Return whether a value is written as null or left empty."""
    return bool(node.tag == "tag:yaml.org,2002:null")


def _hint(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, known, 1)
    return f'did you mean "{near[0]}"?' if near else f"allowed are {', '.join(known)}"
