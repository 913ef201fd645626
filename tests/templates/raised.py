"""What the product's source says about its errors: where each is raised, with which key and facts.

Read from the syntax, so that an error that nobody has raised yet is held to its sentence too.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("engine", "templates", "web", "bootstrap.py", "scheduler.py")

KEYED = {
    "ShidianError": 1, "TrailError": 1, "ClockError": 1, "StorageError": 1, "UsageError": 1,
    "CalendarError": 2, "PlayError": 3, "FieldError": 2,
}  # fmt: skip
"""Errors whose case needs a sentence, and the place of its key among the arguments."""

TOLD = {"DefinitionError", "RefusalError", "StaleVersionError", "UnknownObjectError"}
"""Errors that carry faults, reasons or facts and are told by those."""

IMPLIED = {
    "FieldError": {"name", "found"},
    "CalendarError": {"where"},
    "PlayError": {"source", "line", "project", "on"},
}
"""Facts that a class adds by itself."""


@dataclass(frozen=True, slots=True)
class Raised:
    """One call that makes an error: where, of which class, its keys (none if unread), its facts."""

    where: str
    name: str
    keys: frozenset[str]
    facts: frozenset[str]
    is_open: bool


def sources() -> Iterator[Path]:
    """Yield the files in which errors of the product are made."""
    for place in PLACES:
        path = ROOT / place
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def raised() -> list[Raised]:
    """Return every call that makes an error which needs a sentence of its case."""
    found = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = node.func if isinstance(node, ast.Call) else None
            if isinstance(node, ast.Call) and isinstance(named, ast.Name) and named.id in KEYED:
                found.append(_raised(path, node, named.id))
    return found


def defined() -> set[str]:
    """Return the names of all classes that descend from one of our errors, by the syntax."""
    known = {"ShidianError"}
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sources()]
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    while True:
        more = {
            node.name
            for node in classes
            if any(isinstance(base, ast.Name) and base.id in known for base in node.bases)
        }
        if more <= known:
            return known
        known |= more


def _raised(path: Path, call: ast.Call, name: str) -> Raised:
    at = KEYED[name]
    given = call.args[at] if len(call.args) > at else None
    facts = {keyword.arg for keyword in call.keywords if keyword.arg}
    return Raised(
        f"{path.relative_to(ROOT)}:{call.lineno}", name, frozenset(_keys(given)),
        frozenset(facts | IMPLIED.get(name, set())),
        any(keyword.arg is None for keyword in call.keywords),
    )  # fmt: skip


def _keys(node: ast.expr | None) -> set[str]:
    if isinstance(node, ast.IfExp):
        return _keys(node.body) | _keys(node.orelse)
    return {str(node.value)} if isinstance(node, ast.Constant) else set()
