"""Whether the steps of a book come in an order in which they can happen."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from engine.core.commands import Open
from engine.core.plan import Play
from workflows.book_spot import Spot


@dataclass(frozen=True, slots=True)
class Told:
    """A step of a book, and where the day of its recording is written."""

    play: Play
    spot: Spot


def in_order(told: list[Told]) -> list[Told]:
    """Return steps by day of recording, then order within the day, then place in the files."""
    return sorted(told, key=lambda each: (each.play.on, each.play.order))


def check_order(told: list[Told], unsure: Collection[str]) -> None:
    """Note every step of a project that is not open yet, and every second opening.

    Args:
        told: the steps in their order.
        unsure: projects of which an opening could not be read.
    """
    opens = {
        code: each.play.on
        for each in reversed(told)
        if isinstance(each.play.command, Open)
        for code in each.play.codes
    }
    opened: set[str] = set()
    for each in told:
        for code in each.play.codes:
            if isinstance(each.play.command, Open):
                if code in opened:
                    each.spot.complain(f"{code} is opened again, first on {opens[code]}")
                opened.add(code)
            elif code not in opened and code not in unsure:
                each.spot.complain(_early(code, opens.get(code), each.play.on))
                opened |= {code} - opens.keys()  # that it is never opened is told once


def _early(code: str, opened_on: date | None, on: date) -> str:
    if opened_on is None:
        return f"{code} is never opened; add a sample that opens its wave"
    later = ", later that day" if opened_on == on else ""
    return f"{code} is not open yet; it is opened on {opened_on}{later}"
