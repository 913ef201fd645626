"""The house as tables: which folder may import which, who owns which outside package."""

import ast
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from workflows.reader import load_workflow, shipped

ROOT = Path(__file__).resolve().parent.parent

ARROWS: dict[str, set[str]] = {
    "engine": set(),
    "engine.core": {"engine.core"},
    "engine.storage": {"engine.core", "engine.storage"},
    "engine.services": {"engine.core", "engine.storage", "engine.services"},
    "workflows": {"engine.core", "workflows"},
    "templates": {"engine.core", "templates"},
    "bootstrap": {"engine.core", "engine.storage", "engine.services", "workflows", "templates"},
    "scheduler": {"bootstrap", "engine.core", "engine.storage", "engine.services"},
    "web": {
        "bootstrap", "scheduler", "web", "engine.core", "engine.storage", "engine.services",
        "templates",
    },
    "cli": {
        "bootstrap", "scheduler", "web", "cli", "engine.core", "engine.storage", "engine.services",
        "workflows", "templates",
    },
    "tools": {"tools"},
}  # fmt: skip
"""A folder (or single file) and what of ours it may import. Arrows point down only."""

OWNERS: dict[str, set[str]] = {
    "transitions": {"engine/core/machine.py"},
    "sqlmodel": {"engine/storage"},
    "sqlalchemy": {"engine/storage"},
    "alembic": {"engine/storage"},
    "pysqlite3": {"engine/storage/database.py"},
    "apscheduler": {"scheduler.py"},
    "jinja2": {"templates"},
    "markupsafe": {"templates"},
    "yaml": {"workflows", "templates"},
    "typer": {"cli"},
    "rich": {"cli"},
    "argon2": {"engine/services/passwords.py"},
    "pydantic": {"web/api"},
    "fastapi": {"web"},
    "starlette": {"web"},
    "uvicorn": {"web/serving.py"},
    "pypinyin": {"engine/services/initials.py"},
    "python_calamine": {"engine/services/grid.py"},
    "xlsxwriter": {"templates/workbook.py"},
}
"""An outside package and the places that may import it."""

ALLOWED_AT_TOP = {
    "bench", "cli", "docs", "engine", "examples", "templates", "tests", "tools", "web", "workflows",
    "bootstrap.py", "scheduler.py",
}  # fmt: skip

MAX_LINES = 500
MEDIAN_LINES = 100


def sources() -> list[Path]:
    """Return every Python file of the product, tests apart."""
    found = [ROOT / "bootstrap.py", ROOT / "scheduler.py"]
    for name in ("engine", "workflows", "templates", "web", "cli", "tools"):
        found += sorted((ROOT / name).rglob("*.py"))
    return [path for path in found if "__pycache__" not in path.parts]


def place(path: Path) -> str:
    """Return a file's name as it is imported."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def layer(module: str) -> str | None:
    """Return the folder of the house a module belongs to, None for an outside one."""
    found = [name for name in ARROWS if module == name or module.startswith(f"{name}.")]
    return max(found, key=len, default=None)


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and module of every import of a file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from ((node.lineno, name) for name in names if layer(name))
            if not any(layer(name) for name in names):
                yield node.lineno, node.module


@pytest.mark.parametrize("path", sources(), ids=place)
def test_imports_point_down_only(path: Path) -> None:
    mine = layer(place(path))
    assert mine is not None, f"{path} belongs to no folder of the table"

    for line, module in imports(path):
        other = layer(module)
        if other is not None:
            assert other in ARROWS[mine], f"{path}:{line}: {mine} must not import {module}"


@pytest.mark.parametrize("path", sources(), ids=place)
def test_each_outside_package_has_its_owner(path: Path) -> None:
    here = path.relative_to(ROOT).as_posix()

    for line, module in imports(path):
        package = module.partition(".")[0]
        owners = OWNERS.get(package)
        if owners is None:
            known = package in sys.stdlib_module_names or layer(module) or package in ROOT_NAMES
            assert known, f"{here}:{line}: nobody owns the outside package {package}"
            continue
        owned = any(here == owner or here.startswith(f"{owner}/") for owner in owners)
        assert owned, f"{here}:{line}: only {', '.join(sorted(owners))} may import {package}"


ROOT_NAMES = {"engine", "workflows", "templates", "web", "cli", "bootstrap", "scheduler", "tools"}


@pytest.mark.parametrize("path", sources(), ids=place)
def test_imports_stand_at_the_top_of_the_file(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inner = [n.lineno for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
            assert not inner, f"{path}:{inner}: an import inside a function hides a cycle"


def test_files_are_small() -> None:
    lines = {path: len(path.read_text("utf-8").splitlines()) for path in sources()}
    written = {p: n for p, n in lines.items() if "migrations" not in p.parts and n > 3}
    long = [f"{place(path)}: {count}" for path, count in written.items() if count > MAX_LINES]

    assert not long
    assert statistics.median(written.values()) < MEDIAN_LINES


def test_no_file_is_called_after_nothing() -> None:
    vague = {"utils", "util", "helpers", "common", "base", "manager", "misc"}

    assert not [path for path in sources() if path.stem in vague]


def test_the_top_level_holds_only_what_the_design_names() -> None:
    found = {
        path.name
        for path in ROOT.iterdir()
        if not path.name.startswith(".") and (path.suffix == ".py" or path.is_dir())
    }
    found -= {name for name in found if name.startswith("shidian-")}

    assert found <= ALLOWED_AT_TOP | {"__pycache__", "dist", "build"}


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and value of every string of a file that is not a docstring."""
    tree = ast.parse(path.read_text("utf-8"))
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in documented | bare:
            continue
        if isinstance(node.value, str):
            yield node.lineno, node.value


def words_of_the_notice() -> set[str]:
    """Return the keys of the shipped workflows that are no everyday words of the engine."""
    found: set[str] = set()
    for path in shipped().values():
        workflow = load_workflow(path)
        found |= {*workflow.stages, *workflow.tasks, *workflow.roles, *workflow.actions}
        found |= {*workflow.standing, *workflow.dates, *workflow.parties}
    everyday = {
        "consent", "plan", "start", "award", "finish", "issue", "review", "submit", "call",
        "region", "community", "county", "conclude",
    }  # fmt: skip
    return {word for word in found if len(word) > 3} - everyday


@pytest.mark.parametrize(
    "path",
    [p for p in sources() if layer(place(p)) in ("engine.core", "engine.services")],
    ids=place,
)
def test_nothing_of_the_notice_stands_in_python(path: Path) -> None:
    leaked = [(line, text) for line, text in texts(path) if text in words_of_the_notice()]

    assert not leaked, f"{path}: a stage, task, role or date of a workflow is named in code"


READERS_OF_CHINESE = {"phrases", "spans", "wording", "communities", "identifiers", "sheets"}
"""Files that recognise what official documents say; they speak to nobody."""


def speakers() -> list[Path]:
    """Return the files of the engine that must not hold a text for people."""
    found = [path for path in sources() if (layer(place(path)) or "").startswith("engine")]
    return [path for path in found if path.stem not in READERS_OF_CHINESE]


@pytest.mark.parametrize("path", speakers(), ids=place)
def test_words_for_people_live_in_templates(path: Path) -> None:
    spoken = [
        (line, text) for line, text in texts(path) if any("一" <= sign <= "鿿" for sign in text)
    ]

    assert not spoken, f"{path}: text that a person reads belongs into templates/"
