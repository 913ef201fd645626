"""Copies of the shipped book with something changed, for tests of how faults are told."""

import shutil
from pathlib import Path

from engine.core.errors import DefinitionError, Fault
from engine.core.plan import Plan
from tests.houses import BOOK
from workflows.book import read_book

FOLDER = BOOK.parent


def a_book(
    folder: Path, *changes: tuple[str, str], scenario: tuple[str, str] | None = None
) -> Path:
    """Write the shipped book into a folder with texts replaced; each must be there once or more."""
    for name in ("book.yaml", "scenario.yaml"):
        shutil.copyfile(FOLDER / name, folder / name)
    _replace(folder / "book.yaml", changes)
    if scenario is not None:
        _replace(folder / "scenario.yaml", (scenario,))
    return folder / "book.yaml"


def _replace(path: Path, changes: tuple[tuple[str, str], ...]) -> None:
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text, f"{path.name} does not say {old!r}"
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")


def a_plan(
    folder: Path, *changes: tuple[str, str], scenario: tuple[str, str] | None = None
) -> Plan:
    """Return the plan of a changed book."""
    return read_book(a_book(folder, *changes, scenario=scenario))


def faults(
    folder: Path, *changes: tuple[str, str], scenario: tuple[str, str] | None = None
) -> tuple[Fault, ...]:
    """Return the faults of a changed book; empty when it can be read."""
    try:
        a_plan(folder, *changes, scenario=scenario)
    except DefinitionError as error:
        return error.faults
    return ()
