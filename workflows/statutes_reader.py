"""Reads the law behind the calendar: which days are statutory, version by version."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from yaml.nodes import Node

from engine.core.arrangements import HORIZON, Statute
from workflows.strict_yaml import Faults, compose, day, entries, items, scalar, whole

LAW = Path(__file__).parent / "calendars" / "statutory.yaml"

_KEYS = ("document", "issued_on", "from_year", "solar", "movable")
_MONTH_DAY = re.compile(r"(\d{2})-(\d{2})", re.ASCII)
_COMMON_YEAR = 2001  # a statutory day on 29 February could not be laid out every year
_FIRST_YEAR = 1949
_FARTHEST_DAYS = 15

Festivals = Mapping[str, tuple[date, ...]]


@cache
def shipped_statutes() -> tuple[Statute, ...]:
    """Return the versions of the law that are shipped with the product, oldest first."""
    return read_statutes(LAW.read_text("utf-8"), LAW.name)


def read_statutes(text: str, where: str) -> tuple[Statute, ...]:
    """Read the file of the law.

    Args:
        text: the file's content.
        where: what to call the file in faults.

    Returns:
        One statute a version, in the order of the file, at least one.

    Raises:
        DefinitionError: anything is wrong with the file; carries every fault with its line.
    """
    faults = Faults(where)
    root = compose(text, faults)
    found = {} if root is None else entries(root, "file", faults, ("laws", "festivals"))
    festivals = _festivals(found["festivals"], faults) if "festivals" in found else {}
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


def _festivals(node: Node, faults: Faults) -> Festivals:
    """Return the own days of each festival, from ``festivals: {2027: {春节: 2027-02-06}}``."""
    found: dict[str, tuple[date, ...]] = {}
    for label, listed in entries(node, "festivals", faults).items():
        for name, value in entries(listed, label, faults).items():
            own = day(value, name, faults)
            if own and str(own.year) != label:
                faults.add(value, name, f"{own} does not lie in {label}")
            elif own:
                found[name] = (*found.get(name, ()), own)
    return found


def _law(node: Node, festivals: Festivals, faults: Faults) -> Statute | None:
    found = entries(node, "laws", faults, _KEYS)
    if missing := [key for key in _KEYS if key not in found]:
        faults.add(node, "laws", f"{', '.join(missing)} missing; a law needs {', '.join(_KEYS)}")
        return None
    document = scalar(found["document"], "document", faults)
    issued_on = day(found["issued_on"], "issued_on", faults)
    from_year = year(found["from_year"], "from_year", faults)
    solar = _solar(found["solar"], faults)
    movable = _movable(found["movable"], from_year or 0, festivals, faults)
    if not (document and issued_on and from_year):
        return None
    return Statute(
        document=document, issued_on=issued_on, from_year=from_year, solar=solar, movable=movable
    )


def _solar(node: Node, faults: Faults) -> tuple[tuple[int, int, str], ...]:
    days = []
    for name, value in entries(node, "solar", faults).items():
        for item in items(value, name, faults):
            text = scalar(item, name, faults) or ""
            found = _MONTH_DAY.fullmatch(text)
            try:
                month, number = (int(part) for part in found.groups()) if found else (0, 0)
                date(_COMMON_YEAR, month, number)
            except ValueError:
                faults.add(item, name, f"{text!r} is no day of the year; write it as 05-01")
            else:
                days.append((month, number, name))
    return tuple(days)


def _movable(node: Node, from_year: int, festivals: Festivals, faults: Faults) -> dict[date, str]:
    """Lay out ``{春节: [-1, 0, 1]}``: days counted from the festival's own, here the new moon."""
    found: dict[date, str] = {}
    for name, value in entries(node, "movable", faults).items():
        if name not in festivals:
            faults.add(value, name, "no such festival below; list its days under festivals")
        for item in items(value, name, faults):
            offset = whole(item, name, faults)
            if offset is None or abs(offset) > _FARTHEST_DAYS:
                faults.add(item, name, f"count at most {_FARTHEST_DAYS} days from the festival")
                continue
            for own in festivals.get(name, ()):
                if own.year >= from_year:
                    found[own + timedelta(days=offset)] = name
    return found
