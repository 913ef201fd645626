"""Reads the law behind the calendar: which days are statutory, version by version."""

from functools import cache
from pathlib import Path

from engine.core.arrangements import HORIZON, Statute
from workflows.faults import Faults
from workflows.read_entries import entries, items
from workflows.read_nodes import Node
from workflows.read_values import day, scalar, whole
from workflows.statute_days import Festivals, festival_days, movable_days, solar_days
from workflows.yamlfile import compose

LAW = Path(__file__).parent / "calendars" / "statutory.yaml"

_KEYS = ("document", "issued_on", "from_year", "solar", "movable")
_FIRST_YEAR = 1949


@cache
def shipped_statutes() -> tuple[Statute, ...]:
    """Return the versions of the law that are shipped with the product, oldest first."""
    return read_statutes(LAW.read_text("utf-8"), LAW.name)


def read_statutes(text: str | bytes, where: str) -> tuple[Statute, ...]:
    """Read the file of the law.

    Args:
        text: the file's content; bytes must be UTF-8.
        where: what to call the file in faults.

    Returns:
        One statute a version, in the order of the file, at least one.

    Raises:
        DefinitionError: anything is wrong with the file; carries every fault with its line.
    """
    faults = Faults(where)
    root = compose(text, faults)
    found = {} if root is None else entries(root, "file", faults, ("laws", "festivals"))
    festivals = festival_days(found["festivals"], faults) if "festivals" in found else {}
    laws = [
        law
        for node in (items(found["laws"], "laws", faults) if "laws" in found else [])
        if (law := _law(node, festivals, faults))
    ]
    if root is not None and not laws:
        faults.add(root, "laws", "list at least one version of the law")
    faults.settle()
    return tuple(laws)


def year(node: Node, key: str, faults: Faults) -> int | None:
    """Return a calendar year that calendars reach; None, with a fault noted, for anything else."""
    found = whole(node, key, faults)
    if found is not None and not _FIRST_YEAR <= found <= HORIZON.year:
        faults.add(node, key, f"{found} is not between {_FIRST_YEAR} and {HORIZON.year}")
        return None
    return found


def _law(node: Node, festivals: Festivals, faults: Faults) -> Statute | None:
    found = entries(node, "laws", faults, _KEYS)
    if missing := [key for key in _KEYS if key not in found]:
        faults.add(node, "laws", f"{', '.join(missing)} missing; a law needs {', '.join(_KEYS)}")
        return None
    document = scalar(found["document"], "document", faults)
    issued_on = day(found["issued_on"], "issued_on", faults)
    from_year = year(found["from_year"], "from_year", faults)
    solar = solar_days(found["solar"], faults)
    movable = movable_days(found["movable"], from_year or 0, festivals, faults)
    if not (document and issued_on and from_year):
        return None
    return Statute(
        document=document, issued_on=issued_on, from_year=from_year, solar=solar, movable=movable
    )
