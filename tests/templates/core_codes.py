"""What the core's source says about its reasons: codes, facts and acts, read from its syntax."""

import ast
from collections.abc import Iterator
from pathlib import Path

CORE = Path(__file__).resolve().parents[2] / "engine" / "core"
MAKERS = frozenset({"Reason", "refuse", "_seal_reason"})


def calls() -> Iterator[tuple[ast.Call, ast.Module]]:
    """Yield every call in the core that makes a reason, with the file it stands in."""
    for path in sorted(CORE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _called(node) in MAKERS and node.args:
                yield node, tree


def codes() -> dict[str, set[str]]:
    """Return every code with the facts that are written beside it."""
    found: dict[str, set[str]] = {}
    for call, tree in calls():
        for code in _codes(call.args[0], tree):
            found.setdefault(code, set()).update(_facts(call))
    return found


def acts() -> set[str]:
    """Return the first two words of every act that is named as lifting a reason."""
    found = set()
    for call, _ in calls():
        if _called(call) != "Reason":
            continue
        given = [keyword.value for keyword in call.keywords if keyword.arg == "lift"]
        for node in [*given, *call.args[3:4]]:
            texts = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]
            found |= {" ".join(str(text).split()[:2]) for text in texts[:1]}
    return found


def _called(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _codes(node: ast.expr, tree: ast.Module) -> set[str]:
    if isinstance(node, ast.Constant):
        return {str(node.value)}
    if isinstance(node, ast.Call):
        return _returned(_called(node), tree)
    return set()


def _returned(name: str, tree: ast.Module) -> set[str]:
    """Return the codes among which a function of the file chooses by a table with a default."""
    found = set()
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and function.name == name:
            for node in ast.walk(function):
                values = node.values if isinstance(node, ast.Dict) else []
                values = node.args[1:] if isinstance(node, ast.Call) else values
                found |= {str(value.value) for value in values if isinstance(value, ast.Constant)}
    return found


def _facts(call: ast.Call) -> set[str]:
    if _called(call) == "refuse":
        return {keyword.arg for keyword in call.keywords if keyword.arg}
    tables = [node for node in call.args[1:2] if isinstance(node, ast.Dict)]
    keys = [key for table in tables for key in table.keys]
    return {str(key.value) for key in keys if isinstance(key, ast.Constant)}
