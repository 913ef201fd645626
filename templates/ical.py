"""A calendar file of due days: all-day events that keep their identity while they move.

Source: RFC 5545, 3.1 (lines), 3.3.11 (text), 3.6.1 (events), 3.8.7.4 (sequence).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LONGEST = 75
"""Octets of a line at most, its break not counted."""

PRODUCT = "-//Shidian//Due days//EN"


@dataclass(frozen=True, slots=True)
class Event:
    """An all-day event. `sequence` rises with every change; `is_cancelled` takes it away."""

    uid: str
    on: date
    summary: str
    description: str
    sequence: int
    is_cancelled: bool


def calendar(name: str, events: Iterable[Event], at: datetime) -> str:
    """Return a calendar file with its name and events, as it stands at a moment."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN",
             "METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}",
             "REFRESH-INTERVAL;VALUE=DURATION:PT1H"]  # fmt: skip
    for event in events:
        lines += _event(event, at)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def _event(event: Event, at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(event.summary)}"
    yield f"DESCRIPTION:{escaped(event.description)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """Return a text as a value: what separates values is marked, other control signs go."""
    marked = text.replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,")
    lines = marked.replace("\r\n", "\n").replace("\r", "\n").replace("\n", r"\n")
    return "".join(sign for sign in lines if sign >= " " and sign != "\x7f")


def folded(line: str) -> list[str]:
    """Return a line cut after at most 75 octets, never within a character."""
    parts, part, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > LONGEST:
            parts.append(part)
            part, size = " ", 1
        part += sign
        size += width
    return [*parts, part]
