"""The days of one version of the law: on fixed dates, and counted from a festival."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from workflows.faults import Faults
from workflows.read_entries import entries, items
from workflows.read_nodes import Node
from workflows.read_values import day, scalar, whole

_MONTH_DAY = re.compile(r"(\d{2})-(\d{2})", re.ASCII)
_COMMON_YEAR = 2001  # a statutory day on 29 February could not be laid out every year
_FARTHEST_DAYS = 15

Festivals = Mapping[str, tuple[date, ...]]
"""The own days of each festival, one a year: of 春节 the new moon."""


def festival_days(node: Node, faults: Faults) -> Festivals:
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


def solar_days(node: Node, faults: Faults) -> tuple[tuple[int, int, str], ...]:
    """Return month, day and name of each, from ``{元旦: 01-01}``."""
    days = []
    for name, value in entries(node, "solar", faults).items():
        for item in items(value, name, faults):
            text = scalar(item, name, faults) or ""
            found = _MONTH_DAY.fullmatch(text)
            try:
                month, number = (int(part) for part in found.groups()) if found else (0, 0)
                date(_COMMON_YEAR, month, number)
            except ValueError:
                faults.add(item, name, f'"{text}" is no day of the year; write it as 05-01')
            else:
                days.append((month, number, name))
    return tuple(days)


def movable_days(
    node: Node, from_year: int, festivals: Festivals, faults: Faults
) -> dict[date, str]:
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
