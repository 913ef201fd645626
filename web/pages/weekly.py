"""周报: the week written from what is on record, to be read, checked against it and printed."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from engine.core.lamps import Lamp, Light
from engine.services.board import BoardRow
from engine.services.weekly import Changed, Moved, Week
from web.asked import Answer, Asked, Go, Page
from web.facing import MARKS
from web.routes import Routes
from web.rules import Rule

ROUTES = Routes()


@dataclass(frozen=True, slots=True)
class Seen:
    """A lamp with its word."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One project of the report, with the address at which its entries of the week stand."""

    code: str
    name: str
    region: str
    lamp: Seen
    reason: str
    before: Seen | None = None
    holder: str = ""
    rung: str = ""
    source: str = ""
    to: str = ""
    on: date | None = None
    entries: str = ""


@ROUTES.get("/weekly", Rule.SIGNED_IN)
def present(asked: Asked) -> Answer:
    """Go to the week of today."""
    today = asked.site.desk.people.today()
    return Go(f"/weekly/{today - timedelta(days=today.weekday())}")


@ROUTES.get("/weekly/{monday}", Rule.SIGNED_IN)
def weekly(asked: Asked) -> Answer:
    """Show a week by its Monday; another day of it leads there, a week to come to the present."""
    today, day = asked.site.desk.people.today(), None
    with suppress(ValueError):
        day = date.fromisoformat(str(asked.at["monday"]))
    if day is None or day > today or day.year < today.year - 100:
        return Go("/weekly")
    if day.weekday():
        return Go(f"/weekly/{day - timedelta(days=day.weekday())}")
    return Page("weekly.html.j2", _facts(asked, day, today))


def _facts(asked: Asked, day: date, today: date) -> dict[str, object]:
    week = asked.site.desk.weekly.week(day, today, asked.visitor.org)
    following = week.monday + timedelta(days=7)
    return {
        "week": week, "sunday": week.monday + timedelta(days=6), "is_open": week.on == today,
        "counts": [
            (_seen(asked, Lamp(light)), week.was.get(light, 0), week.counts.get(light, 0))
            for light in Light
            if week.was.get(light) or week.counts.get(light)
        ],
        "moved": [_moved(asked, week, one) for one in week.moved],
        "changed": [_changed(asked, week, one) for one in week.changed],
        "needs": [_line(asked, week, row) for row in week.needs],
        "entries": [
            (asked.say.event(kind), n, _trail(week, kind=kind)) for kind, n in week.entries.items()
        ],
        "back": week.monday - timedelta(days=7), "next": following if following <= today else None,
        "org": asked.site.desk.people.directory().org_name(asked.visitor.org),
        "trail": _tail(asked),
    }  # fmt: skip


def _seen(asked: Asked, lamp: Lamp) -> Seen:
    return Seen(MARKS[lamp.light], asked.say.light(lamp))


def _line(asked: Asked, week: Week, row: BoardRow, **more: object) -> Line:
    say, lamp, code = asked.say, row.lamp, row.project.code
    facts: Mapping[str, object] = {
        "holder": _holder(asked, row),
        "rung": lamp.rung.name[say.locale] if lamp.rung else "",
        "entries": _trail(week, project=code), **more,
    }  # fmt: skip
    return Line(
        code, row.project.name, row.region, _seen(asked, lamp), say.lamp(lamp, row.workflow),
        **facts,  # type: ignore[arg-type]  # the fields of Line by name
    )  # fmt: skip


def _holder(asked: Asked, row: BoardRow) -> str:
    """Return who holds what is late; what waits names its side in the reason already."""
    if row.lamp.holder is None or row.lamp.light is Light.WAITING:
        return ""
    return asked.say.name(row.workflow, "role", row.lamp.holder)


def _changed(asked: Asked, week: Week, one: Changed) -> Line:
    before = _seen(asked, one.before) if one.before else None
    return _line(asked, week, one.row, before=before)


def _moved(asked: Asked, week: Week, one: Moved) -> Line:
    def named(stage: str) -> str:
        return asked.say.name(one.row.workflow, "stage", stage)

    return _line(asked, week, one.row, source=named(one.source), to=named(one.to), on=one.on)


def _trail(week: Week, **more: str) -> str:
    """Return the address at which the entries that a number counts are listed."""
    return "/audit?" + urlencode(
        {**more, "outcome": "ok", "from_on": week.monday, "to_on": week.on}
    )


def _tail(asked: Asked) -> tuple[int, str] | None:
    """Return size and root of the trail, printed so that a later one can be held against it.

    They speak of the whole trail, so that only posts see them before whom nothing is hidden.
    """
    desk = asked.site.desk
    if len(desk.queries.seen(asked.visitor.org)) != len(desk.queries.board_codes()):
        return None
    now = desk.proof.checkpoint()
    return now["size"], now["root"]
