"""Writes the generated parts of the documentation anew: ``python -m docs.generate``.

A part stands between ``<!-- begin: name -->`` and ``<!-- end -->``; what is around it is written
by hand. A test holds every part equal to what is made here, so that no list can fall behind.
"""

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from docs.parts import audit, clauses, house, lifecycle, terminal, verbs, workflow_keys

ROOT = Path(__file__).resolve().parent.parent
MARKED = re.compile(r"(<!-- begin: (?P<name>[a-z_]+) -->\n).*?(<!-- end -->)", re.DOTALL)

Makers = Mapping[str, Callable[[], str]]

PARTS: Mapping[str, Makers] = {
    "ARCHITECTURE.md": {"arrows": house.arrows, "owners": house.owners},
    "README.md": {"verbs": terminal.overview},
    "docs/reference/audit.md": {"kinds": audit.kinds},
    "docs/reference/clauses.md": {"counts": clauses.counts, "clauses": clauses.tables},
    "docs/reference/pilot-project.md": {
        "diagram": lifecycle.diagram,
        "transitions": lifecycle.transitions,
        "standing": lifecycle.standing,
        "tasks": lifecycle.tasks,
        "ladder": lifecycle.ladder,
    },
    "docs/reference/terminal.md": {"commands": terminal.commands},
    "docs/reference/verbs.md": {"offered": verbs.offered, "reads": verbs.reads},
    "docs/reference/workflow-file.md": {"keys": workflow_keys.tables},
}
"""The generated parts of each document, by name."""


def rendered(text: str, makers: Makers) -> str:
    """Return a document with its parts made anew.

    Raises:
        ValueError: the document lacks a part, or has one that nobody makes.
    """
    found = [part["name"] for part in MARKED.finditer(text)]
    if sorted(found) != sorted(makers):
        raise ValueError(f"the document has the parts {found}, made are {sorted(makers)}")
    return MARKED.sub(lambda part: f"{part[1]}\n{makers[part['name']]()}\n\n{part[3]}", text)


def main() -> None:
    """Write every document whose parts have changed, and say which."""
    for name, makers in PARTS.items():
        path = ROOT / name
        held = path.read_text("utf-8")
        new = rendered(held, makers)
        if new != held:
            path.write_text(new, encoding="utf-8", newline="\n")
            sys.stdout.write(f"{name} written\n")


if __name__ == "__main__":
    main()
