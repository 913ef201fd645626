"""The own days of an org, given by flags, as the text of a calendar file."""

import json
from collections.abc import Iterable, Sequence

from workflows.arrangement_beside import Beside

WHERE = "calendar add"
"""What faults call the text: nobody has a file of it."""

YEAR_DIGITS = 4


def text(org: str, off: Sequence[str], work: Sequence[str], reason: str, beside: Beside) -> str:
    """Return a calendar file that says what the flags say, published today.

    Args:
        org: whose days they are.
        off: days or spans on which it is closed.
        work: days or spans on which it works.
        reason: why; every day is named after it.
        beside: today, and what is on record: the file gets the next free number.
    """
    years = sorted({int(d[:YEAR_DIGITS]) for d in (*off, *work) if d[:YEAR_DIGITS].isdigit()})
    first = years[0] if years else beside.today.year
    name = json.dumps(reason, ensure_ascii=False)
    lines = [
        f"id: {org}-{first}.{_number(org, first, beside)}", f"region: {org}",
        f"years: {years or [first]}", "document: null",
        f"published_on: {beside.today.isoformat()}",
        *_section("off", name, off), *_section("work", name, work),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _section(key: str, name: str, days: Iterable[str]) -> list[str]:
    listed = ", ".join(json.dumps(day) for day in days)
    return [f"{key}:", f"  {name}: [{listed}]"] if listed else []


def _number(org: str, year: int, beside: Beside) -> int:
    """Return the next number of an org's papers in a year, from 1."""
    start = f"{org}-{year}."
    taken = [each.id.removeprefix(start) for each in beside.known if each.id.startswith(start)]
    return max((int(number) for number in taken if number.isdigit()), default=0) + 1
