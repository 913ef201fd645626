"""Reads a folder of calendar files: one State Council notice, amendment or overlay each.

Nothing is half-read: a file with any fault is refused whole, with every fault and its line.
The form of the files is described in ``workflows/calendars/README.md``.
"""

from collections.abc import Mapping
from pathlib import Path

from engine.core.calendar import Arrangement, Calendar
from engine.core.errors import DefinitionError
from workflows import yamlfile
from workflows.arrangement_reader import read_arrangement
from workflows.faults import Faults
from workflows.statutes_reader import LAW, read_statutes, shipped_statutes

__all__ = ["LAW", "arrangement_files", "load_calendar", "read_arrangement"]


def arrangement_files(folder: Path | None = None) -> list[Path]:
    """Return the arrangement files of a folder, or the shipped ones, by name; not the law's."""
    folder = LAW.parent if folder is None else folder
    return sorted(path for path in folder.glob("*.yaml") if path.name != LAW.name)


def load_calendar(folder: Path | None = None) -> Calendar:
    """Read every arrangement of a folder into one calendar.

    Args:
        folder: None takes the files shipped with the product. A folder without a law file of
            its own is read under the shipped law.

    Raises:
        DefinitionError: a file is at fault or cannot be read; carries the faults of all files.
    """
    folder = LAW.parent if folder is None else folder
    law = folder / LAW.name
    statutes = (
        read_statutes(yamlfile.content(law), law.name) if law.exists() else shipped_statutes()
    )
    faults = Faults(str(folder))
    read: dict[str, Arrangement] = {}
    for path in arrangement_files(folder):
        try:
            read[path.name] = read_arrangement(yamlfile.content(path), path.name, statutes)
        except DefinitionError as error:
            faults.take(error)
    _check_ids(read, faults)
    faults.settle()
    return Calendar(tuple(read.values()), statutes)


def _check_ids(read: Mapping[str, Arrangement], faults: Faults) -> None:
    owners: dict[str, str] = {}
    for name, each in read.items():
        if (owner := owners.setdefault(each.id, name)) != name:
            message = f"{each.id} is the id of {owner} too; number it anew"
            faults.beside(name).at(1, 1, "id", message)
    for name, each in read.items():
        if each.amends is not None and each.amends not in owners:
            message = f"no file has the id {each.amends}; add it first"
            faults.beside(name).at(1, 1, "amends", message)
