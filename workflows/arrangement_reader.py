"""Reads one calendar file: what it calls itself, whose years it arranges, and how."""

import re
from collections.abc import Mapping
from datetime import date

from engine.core.arrangements import COUNTRY
from engine.core.calendar import Arrangement, Statute
from workflows.arrangement_beside import Beside, Claim, check_beside
from workflows.arrangement_days import SECTIONS, Listed, check_days, check_law, listed_days
from workflows.faults import Faults
from workflows.read_entries import entries, items
from workflows.read_nodes import Node
from workflows.read_values import day, is_null, scalar
from workflows.statutes_reader import shipped_statutes, year
from workflows.yamlfile import compose

MAX_BYTES = 100_000
MAX_DEPTH = 8

_REQUIRED = ("id", "region", "years", "document", "published_on")
_KEYS = (*_REQUIRED, "amends", "source", *SECTIONS)
_ID = re.compile(r"([A-Za-z0-9][A-Za-z0-9_-]*)-\d{4}\.[1-9]\d*", re.ASCII)


def read_arrangement(
    text: str | bytes, where: str, statutes: tuple[Statute, ...] | None = None,
    beside: Beside | None = None,
) -> Arrangement:  # fmt: skip
    """Read one arrangement file.

    Args:
        text: the file's content; bytes must be UTF-8.
        where: what to call the file in faults, usually its name.
        statutes: the law whose days a year's own notice must grant; None takes the shipped one.
        beside: what it is to stand beside; None looks at the file alone.

    Returns:
        The arrangement, whole and checked.

    Raises:
        DefinitionError: anything is wrong with the file; carries every fault with its line.
    """
    faults = Faults(where)
    root = compose(text, faults, max_bytes=MAX_BYTES, max_depth=MAX_DEPTH)
    found = {} if root is None else entries(root, "file", faults, _KEYS)
    if root is not None and (missing := [key for key in _REQUIRED if key not in found]):
        faults.add(root, missing[0], f"{', '.join(missing)} missing; write null for the unknown")
    words = {key: _text(found, key, faults) for key in ("region", "amends", "document", "source")}
    id_, years = _id(found, words["region"], faults), _years(found, faults)
    published_on = _published_on(found, years, faults)
    listed = [each for key in SECTIONS if key in found for each in listed_days(found, key, faults)]
    check_days(listed, years, faults)
    if words["region"] == COUNTRY and words["amends"] is None and root is not None:
        check_law(root, listed, years, shipped_statutes() if statutes is None else statutes, faults)
    if beside is not None:
        claim = Claim(id_, words["region"], words["amends"], years, published_on)
        check_beside(found, claim, beside, faults)
    faults.settle()
    return _arrangement(id_, words, years, published_on, listed)


def _arrangement(
    id_: str, words: Mapping[str, str | None], years: tuple[int, ...], published_on: date | None,
    listed: list[Listed],
) -> Arrangement:  # fmt: skip
    days = {
        section: frozenset(each.day for each in listed if each.section == section)
        for section in SECTIONS
    }
    return Arrangement(
        id=id_,
        region=words["region"] or "",
        years=years,
        document=words["document"],
        published_on=published_on,
        amends=words["amends"],
        source=words["source"],
        names={each.day: each.name for each in listed if each.name},
        **days,
    )


def _text(found: Mapping[str, Node], key: str, faults: Faults) -> str | None:
    node = found.get(key)
    return None if node is None or is_null(node) else scalar(node, key, faults)


def _id(found: Mapping[str, Node], region: str | None, faults: Faults) -> str:
    id_ = _text(found, "id", faults) or ""
    if "id" in found and not ((form := _ID.fullmatch(id_)) and form[1] == region):
        right = f"{region or COUNTRY}-2018.1, its amendment {region or COUNTRY}-2018.2"
        faults.add(found["id"], "id", f'"{id_}" is no id of this region; write it like {right}')
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
