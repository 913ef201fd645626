"""What mappings and lists hold, for readers that note what is wrong and go on."""

from collections.abc import Collection

from workflows.faults import Faults
from workflows.read_hints import clip
from workflows.read_nodes import MappingNode, Node, ScalarNode, SequenceNode
from workflows.read_problems import described


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
        faults.add(node, key, f"must be a mapping ('key: value' lines), not {described(node)}")
        return {}
    if known is not None:
        check_keys(node, faults, known)
    return {
        name: entry.value
        for name, entry in node.entries.items()
        if known is None or name in known
    }  # fmt: skip


def check_keys(node: MappingNode, faults: Faults, known: Collection[str]) -> None:
    """Note every key of a mapping that nobody reads."""
    for name, entry in node.entries.items():
        if name not in known:
            faults.unknown(entry, clip(name), "key", name, known)


def items(node: Node, key: str, faults: Faults) -> list[Node]:
    """Return the items of a list; a lone scalar is a list of one."""
    if isinstance(node, SequenceNode):
        return list(node.items)
    if isinstance(node, ScalarNode):
        return [node]
    faults.add(node, key, "must be a value or a list, not a mapping")
    return []
