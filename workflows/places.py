"""Where the values of a file stand, and where texts name a measure without giving it."""

import re
from collections.abc import Iterator
from pathlib import Path

from engine.core.needs import Need, Place
from engine.core.wording import open_words
from workflows.read_nodes import MappingNode, Node, ScalarNode, SequenceNode
from workflows.yamlfile import content, load

SCENARIO_BYTES = 4 * 1024 * 1024
_PART = re.compile("[。；;，,\n]")
_HEADING = re.compile(r"\s*([(（]?[一二三四五六七八九十]{1,3}[)）、.][^。:：\s]{1,30})")


def places(text: str) -> dict[str, Place]:
    """Return line and text of every value of a YAML text that was read before, by dotted path.

    Raises:
        DefinitionError: it is no YAML of ours.
    """
    return dict(_walk(load(text, "published"), ""))


def _walk(node: Node, path: str) -> Iterator[tuple[str, Place]]:
    if isinstance(node, ScalarNode):
        yield path, (node.line, node.text)
    elif isinstance(node, SequenceNode):
        for n, item in enumerate(node.items):
            yield from _walk(item, f"{path}.{n}")
    elif isinstance(node, MappingNode):
        for key, entry in node.entries.items():
            below = f"{path}.{key}" if path else key
            if not isinstance(entry.value, ScalarNode):
                yield below, (entry.line, "")
            yield from _walk(entry.value, below)


def open_words_beside(book: Path) -> list[Need]:
    """Return the measures that the files of a programme name and do not give, file by file.

    Looked at are the YAML files in the book's folder, and its plain texts: the notice itself. A
    clause of a text is the numbered heading that a line stands under.

    Raises:
        DefinitionError: a file cannot be read.
    """
    found: list[Need] = []
    for path in sorted(book.parent.glob("*.yaml")):
        node = load(content(path, max_bytes=SCENARIO_BYTES), path.name, max_bytes=SCENARIO_BYTES)
        found += [_need(path, line, place, text, ()) for place, (line, text) in _walk(node, "")
                  if open_words(text)]  # fmt: skip
    for path in sorted(book.parent.glob("*.txt")):
        found += _of_text(path)
    return found


def _of_text(path: Path) -> Iterator[Need]:
    heading: tuple[str, ...] = ()
    text = content(path, max_bytes=SCENARIO_BYTES).decode("utf-8", "replace")
    for line, said in enumerate(text.splitlines(), start=1):
        if begun := _HEADING.match(said):
            heading = (begun[1],)
        if open_words(said):
            yield _need(path, line, "", said, heading)


def _need(path: Path, line: int, place: str, text: str, clauses: tuple[str, ...]) -> Need:
    shown = "…".join(dict.fromkeys(part for part in _PART.split(text) if open_words(part))).strip()
    return Need(
        code="words", where=path.name, line=line, place=place, name={"zh": shown, "en": shown},
        words="、".join(open_words(text)), clauses=clauses,
    )  # fmt: skip
