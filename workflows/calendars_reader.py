"""Reads the calendar files: one State Council notice, amendment or overlay each.

Nothing is half-read: a file with any fault is refused whole, with every fault and its line.
The form of the files is described in ``workflows/calendars/README.md``.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from yaml.nodes import MappingNode, Node

from engine.core.arrangements import COUNTRY, SATURDAY, lies_near, statutory_days
from engine.core.calendar import Arrangement, Calendar, Statute
from engine.core.errors import DefinitionError, Fault
from workflows.statutes_reader import LAW, read_statutes, shipped_statutes, year
from workflows.strict_yaml import Faults, compose, day, entries, is_null, items, scalar

__all__ = ["LAW", "arrangement_files", "load_calendar", "read_arrangement"]

_REQUIRED = ("id", "region", "years", "document", "published_on")
_SECTIONS = ("off", "work", "plain")
_KEYS = (*_REQUIRED, "amends", "source", *_SECTIONS)
_ID = re.compile(r"([a-z0-9][a-z0-9_-]*)-\d{4}\.[1-9]\d*", re.ASCII)
_LONGEST_SPAN_DAYS = 31


@dataclass(frozen=True, slots=True)
class _Listed:
    """One day of a section: where it stands, and the holiday it stands under."""

    day: date
    node: Node
    section: str
    name: str | None


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
        DefinitionError: a file is at fault; carries the faults of all files.
        OSError: the folder or a file cannot be read.
    """
    folder = LAW.parent if folder is None else folder
    law = folder / LAW.name
    statutes = read_statutes(_text_of(law), law.name) if law.exists() else shipped_statutes()
    found: list[Fault] = []
    read: dict[str, Arrangement] = {}
    for path in arrangement_files(folder):
        try:
            arrangement = read_arrangement(_text_of(path), path.name, statutes)
        except DefinitionError as error:
            found += error.faults
        else:
            read[path.name] = arrangement
    found += _disagreements(read)
    if found:
        raise DefinitionError(found)
    return Calendar(tuple(read.values()), statutes)


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        fault = Fault(path.name, 1, 1, "file", f"{error}; save the file as UTF-8 text")
        raise DefinitionError([fault]) from error


def read_arrangement(
    text: str, where: str, statutes: tuple[Statute, ...] | None = None
) -> Arrangement:
    """Read one arrangement file.

    Args:
        text: the file's content.
        where: what to call the file in faults, usually its name.
        statutes: the law whose days a year's own notice must grant; None takes the shipped one.

    Returns:
        The arrangement, whole and checked.

    Raises:
        DefinitionError: anything is wrong with the file; carries every fault with its line.
    """
    faults = Faults(where)
    root = compose(text, faults)
    found = {} if root is None else entries(root, "file", faults, _KEYS)
    if root is not None and (missing := [key for key in _REQUIRED if key not in found]):
        faults.add(root, missing[0], f"{', '.join(missing)} missing; write null for the unknown")
    words = {key: _text(found, key, faults) for key in ("region", "amends", "document", "source")}
    id_ = _id(found, words["region"], faults)
    years = _years(found, faults)
    published_on = _published_on(found, years, faults)
    listed = [each for key in _SECTIONS if key in found for each in _days(found[key], key, faults)]
    _check_days(listed, years, faults)
    if words["region"] == COUNTRY and words["amends"] is None and root is not None:
        laws = shipped_statutes() if statutes is None else statutes
        _check_law(root, listed, years, laws, faults)
    faults.settle()
    return Arrangement(
        id=id_,
        region=words["region"] or "",
        years=years,
        off=frozenset(each.day for each in listed if each.section == "off"),
        work=frozenset(each.day for each in listed if each.section == "work"),
        plain=frozenset(each.day for each in listed if each.section == "plain"),
        document=words["document"],
        published_on=published_on,
        amends=words["amends"],
        source=words["source"],
        names={each.day: each.name for each in listed if each.name},
    )


def _text(found: Mapping[str, Node], key: str, faults: Faults) -> str | None:
    node = found.get(key)
    return None if node is None or is_null(node) else scalar(node, key, faults)


def _id(found: Mapping[str, Node], region: str | None, faults: Faults) -> str:
    id_ = _text(found, "id", faults) or ""
    if "id" in found and not ((form := _ID.fullmatch(id_)) and form[1] == region):
        right = f"{region or COUNTRY}-2018.1, its amendment {region or COUNTRY}-2018.2"
        faults.add(found["id"], "id", f"{id_!r} is no id of this region; write it like {right}")
    if "region" in found and not region:
        faults.add(found["region"], "region", f"whose calendar? write {COUNTRY} or an org's id")
    return id_


def _years(found: Mapping[str, Node], faults: Faults) -> tuple[int, ...]:
    if (node := found.get("years")) is None:
        return ()
    nodes = items(node, "years", faults)
    years = [named for item in nodes if (named := year(item, "years", faults)) is not None]
    if not nodes or sorted(set(years)) != years:
        faults.add(node, "years", "name each year once, at least one, ascending: [2018]")
    return tuple(years)


def _published_on(found: Mapping[str, Node], years: tuple[int, ...], faults: Faults) -> date | None:
    node = found.get("published_on")
    if node is None or is_null(node):
        return None
    published = day(node, "published_on", faults)
    if published and years and not min(years) - 1 <= published.year <= max(years):
        message = f"{published} is neither in the years arranged nor in the year before; check it"
        faults.add(node, "published_on", message)
    return published


def _days(node: Node, section: str, faults: Faults) -> Iterator[_Listed]:
    """Yield the days of a section: dates and spans, plain or under the names of holidays."""
    if is_null(node):
        return
    named = isinstance(node, MappingNode)
    parts = entries(node, section, faults) if named else {"": node}
    for name, value in parts.items():
        for item in items(value, section, faults):
            for each in _span(item, section, faults):
                yield _Listed(each, item, section, name or None)


def _span(node: Node, section: str, faults: Faults) -> list[date]:
    """Return the days of ``2017-10-01`` or ``2017-10-01..2017-10-08``, both ends included."""
    text = scalar(node, section, faults)
    ends = [] if text is None else text.split("..")
    days = [found for end in ends if (found := day(node, section, faults, end))]
    if len(days) < len(ends) or not days:
        return []
    if len(days) not in (1, 2) or days[0] > days[-1]:
        faults.add(node, section, f"{text} is no span; write it as 2017-10-01..2017-10-08")
        return []
    length = (days[-1] - days[0]).days + 1
    if length > _LONGEST_SPAN_DAYS:
        message = f"{text} is {length} days long; check the years, or write several spans"
        faults.add(node, section, message)
        return []
    return [days[0] + timedelta(days=n) for n in range(length)]


def _check_days(listed: list[_Listed], years: tuple[int, ...], faults: Faults) -> None:
    seen: dict[date, _Listed] = {}
    for each in listed:
        first = seen.setdefault(each.day, each)
        if first is not each:
            place = f"under {first.section} on line {first.node.start_mark.line + 1}"
            faults.add(each.node, each.section, f"{each.day} already stands {place}; name it once")
        if each.section == "work" and each.day.weekday() < SATURDAY:
            right = "a make-up day is a Saturday or Sunday; a day worked as usual goes under plain"
            faults.add(each.node, "work", f"{each.day} is a {each.day:%A}; {right}")
        if years and not lies_near(each.day, years):
            reach = f"{min(years)}, its December before or January after"
            faults.add(each.node, each.section, f"{each.day} does not lie in {reach}; check it")


def _check_law(
    root: Node,
    listed: list[_Listed],
    years: tuple[int, ...],
    statutes: tuple[Statute, ...],
    faults: Faults,
) -> None:
    """Note every statutory day that a year's own notice leaves out: it cannot grant fewer."""
    off = {each.day for each in listed if each.section == "off"}
    for each_year in years:
        granted = statutory_days(statutes, [each_year])
        absent = [f"{each} {granted[each]}" for each in sorted(set(granted) - off)]
        if absent:
            message = f"lacks statutory days of {each_year}: {', '.join(absent)}; list them as off"
            faults.add(root, "off", message)


def _disagreements(read: Mapping[str, Arrangement]) -> Iterator[Fault]:
    owners: dict[str, str] = {}
    for name, each in read.items():
        if (owner := owners.setdefault(each.id, name)) != name:
            yield Fault(name, 1, 1, "id", f"{each.id} is the id of {owner} too; number it anew")
    for name, each in read.items():
        if each.amends is not None and each.amends not in owners:
            yield Fault(name, 1, 1, "amends", f"no file has the id {each.amends}; add it first")
