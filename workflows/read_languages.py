"""The form of a text by language, as everything that people read is written."""

import re
from dataclasses import dataclass

from workflows.read_nodes import MappingNode, Node
from workflows.read_problems import Path, Problem, unknown, wrong
from workflows.read_shapes import Defs, Json, Shape

LANGUAGE_PATTERN = "[a-z]{2,3}(-[A-Za-z0-9]+)*"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text by language: `zh` and `en` always, others beside them."""

    words: Shape
    always: tuple[str, ...] = ("zh", "en")

    def read(self, node: Node, path: Path, found: list[Problem]) -> object:
        """Return the texts by language tag."""
        if not isinstance(node, MappingNode):
            found.append(wrong(path, "a text by language {zh: …, en: …}", node))
            return self.blank()
        missing = [tag for tag in self.always if tag not in node.entries]
        found.extend(Problem((*path, tag), "is missing") for tag in missing)
        strange = [tag for tag in node.entries if not re.fullmatch(LANGUAGE_PATTERN, tag)]
        found.extend(unknown((*path, tag), "language", tag, self.always) for tag in strange)
        return {
            tag: self.words.read(entry.value, (*path, tag), found)
            for tag, entry in node.entries.items()
        }

    def blank(self) -> object:
        """Return empty texts."""
        return dict.fromkeys(self.always, "")

    def schema(self, defs: Defs, /) -> dict[str, Json]:
        """Return a reference to the one definition of a text."""
        words = self.words.schema(defs)
        defs["text"] = {
            "type": "object",
            "required": list(self.always),
            "properties": dict.fromkeys(self.always, words),
            "patternProperties": {f"^(?:{LANGUAGE_PATTERN})$": words},
            "additionalProperties": False,
        }
        return {"$ref": "#/$defs/text"}
