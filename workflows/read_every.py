"""The form of how often a cadence recurs: a word, or a number of days."""

from dataclasses import dataclass
from functools import partial

from engine.core.recurrence import Every, Interval
from workflows.read_hints import clip
from workflows.read_nodes import MappingNode, Node
from workflows.read_numbers import Number
from workflows.read_problems import Path, Problem, text_of, wrong
from workflows.read_records import Record, must
from workflows.read_shapes import Defs, Json
from workflows.read_texts import Choice

MOST_DAYS = 3_660

RUN = Record("every_days", partial(Interval, Every.DAYS), {
    "days": must(Number(1, MOST_DAYS), "How many calendar days each period has."),
})  # fmt: skip
WORD = Choice(Every, without=(Every.DAYS,))
MEANING = "one of " + ", ".join(WORD.allowed) + ", or {days: <number>}"


@dataclass(frozen=True, slots=True)
class EveryShape:
    """``month`` and the like, or ``{days: 45}``."""

    def read(self, node: Node, path: Path, found: list[Problem]) -> object:
        """Return the interval."""
        if isinstance(node, MappingNode):
            return RUN.read(node, path, found)
        text = text_of(node)
        if text is None:
            found.append(wrong(path, MEANING, node))
        elif text not in WORD.allowed:
            message = f'must be {MEANING}, not "{clip(text)}"'
            found.append(Problem(path, message, text, tuple(map(str, WORD.allowed))))
        else:
            return Interval(Every(text))
        return self.blank()

    def blank(self) -> object:
        """Return a month."""
        return Interval(Every.MONTH)

    def schema(self, defs: Defs, /) -> dict[str, Json]:
        """Return the choice of a word or a run of days."""
        return {"anyOf": [WORD.schema(defs), RUN.schema(defs)]}
