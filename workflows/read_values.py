"""What single values say, for readers that note what is wrong and go on."""

import re
from calendar import monthrange
from datetime import date

from workflows.faults import Faults
from workflows.read_hints import clip
from workflows.read_nodes import Node, ScalarNode
from workflows.read_problems import described

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,6}", re.ASCII)
_NOTHING = ("~", "Null", "NULL")
"""What others write for nothing; here only ``null`` is."""


def scalar(node: Node, key: str, faults: Faults) -> str | None:
    """Return the text of a scalar; None, with a fault noted, when it is something else."""
    if not isinstance(node, ScalarNode):
        faults.add(node, key, f"must be a single value, not {described(node)}")
        return None
    if node.text in _NOTHING and not node.quoted:
        faults.add(node, key, f'"{node.text}" is a text here; write null for the unknown')
        return None
    return node.text


def whole(node: Node, key: str, faults: Faults) -> int | None:
    """Return a whole number; None, with a fault noted, when it is something else."""
    text = scalar(node, key, faults)
    if text is None:
        return None
    if not _WHOLE.fullmatch(text):
        faults.add(node, key, f'"{clip(text)}" is no whole number; write digits only')
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
        faults.add(node, key, f'"{clip(text)}" is no day; write it as 2018-02-28')
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
    return isinstance(node, ScalarNode) and node.is_nothing
