"""The days of a calendar file: free, made up or ordinary again, each under its holiday's name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from engine.core.arrangements import SATURDAY, lies_near, statutory_days
from engine.core.calendar import Statute
from workflows.faults import Faults
from workflows.read_entries import entries, items
from workflows.read_nodes import MappingNode, Node
from workflows.read_values import day, is_null, scalar

SECTIONS = ("off", "work", "plain")

_LONGEST_SPAN_DAYS = 31


@dataclass(frozen=True, slots=True)
class Listed:
    """One day of a section: where it stands, and the holiday it stands under."""

    day: date
    node: Node
    section: str
    name: str | None


def listed_days(found: Mapping[str, Node], section: str, faults: Faults) -> Iterator[Listed]:
    """Yield the days of a section: dates and spans, plain or under the names of holidays."""
    node = found[section]
    if is_null(node):
        return
    named = isinstance(node, MappingNode)
    parts = entries(node, section, faults) if named else {"": node}
    for name, value in parts.items():
        for item in items(value, section, faults):
            for each in _span(item, section, faults):
                yield Listed(each, item, section, name or None)


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


def check_days(listed: list[Listed], years: tuple[int, ...], faults: Faults) -> None:
    """Note days that are named twice, of the wrong weekday, or far from the years arranged."""
    seen: dict[date, Listed] = {}
    for each in listed:
        first = seen.setdefault(each.day, each)
        if first is not each:
            place = f"under {first.section} in line {first.node.line}"
            faults.add(each.node, each.section, f"{each.day} already stands {place}; name it once")
        if each.section == "work" and each.day.weekday() < SATURDAY:
            right = "a make-up day is a Saturday or Sunday; a day worked as usual goes under plain"
            faults.add(each.node, "work", f"{each.day} is a {each.day:%A}; {right}")
        if years and not lies_near(each.day, years):
            reach = f"{min(years)}, its December before or January after"
            faults.add(each.node, each.section, f"{each.day} does not lie in {reach}; check it")


def check_law(
    root: Node, listed: list[Listed], years: tuple[int, ...], statutes: tuple[Statute, ...],
    faults: Faults,
) -> None:  # fmt: skip
    """Note every statutory day that a year's own notice leaves out: it cannot grant fewer."""
    off = {each.day for each in listed if each.section == "off"}
    for each_year in years:
        granted = statutory_days(statutes, [each_year])
        absent = [f"{each} {granted[each]}" for each in sorted(set(granted) - off)]
        if absent:
            message = f"lacks statutory days of {each_year}: {', '.join(absent)}; list them as off"
            faults.add(root, "off", message)
