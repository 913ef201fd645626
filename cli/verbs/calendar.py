"""``shidian calendar``: working days of a day or a year, and arrangements to publish."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType

import bootstrap
from cli import definitions, output, publishing
from cli.forms import day as as_day
from cli.forms import whole
from cli.options import Reading
from cli.session import Session
from cli.setting import Setting
from cli.verb import Done, acts, asks, branch
from cli.words import speech
from engine.core.calendar import Calendar
from engine.services import registers
from engine.services.house import CALENDARS
from templates.words import Words
from workflows import yamlfile

app = branch("calendar")

When = Annotated[str, typer.Argument(metavar="DATE|YEAR")]
After = Annotated[int | None, typer.Option("--after", metavar="N", parser=whole)]
File = Annotated[str, typer.Argument(metavar="FILE")]
SATURDAY = 5
YEAR_DIGITS = 4
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@asks(app, "show")
def show(setting: Setting, given: Reading, when: When, *, after: After = None) -> Done:
    """Print whether a day is a working day, or the working days of a year."""
    say, calendar = speech(setting.locale), definitions.calendar(setting, given)
    if len(when) == YEAR_DIGITS and when.isdigit():
        data, drawn = _year(say, calendar, int(when))
    else:
        data, drawn = _day(say, calendar, as_day(when), after)
    if given.as_json:
        output.line(output.dumped(data))
    else:
        output.show(drawn)
    return None


def _day(
    say: Words, calendar: Calendar, day: date, after: int | None
) -> tuple[dict[str, Any], RenderableType]:
    works, name = calendar.is_working(day), calendar.name_of(day)
    data: dict[str, Any] = {
        "date": day, "working": works, "name": name,
        "provisional": calendar.is_provisional(day), "version": calendar.version,
    }  # fmt: skip
    key = "line.works" if works else "line.off"
    lines = [say.say(key, day=say.day_full(day), name=name or "")]
    if data["provisional"]:
        lines.append(say.say("line.year_unpublished", year=day.year))
    if after is not None:
        found = calendar.shift(day, after)
        data["after"] = {"working_days": after, "date": found.day, "provisional": found.provisional}
        lines.append(say.say("line.after", n=after, day=say.day_full(found.day)))
    return data, Group(*lines)


def _days(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def _year(say: Words, calendar: Calendar, year: int) -> tuple[dict[str, Any], RenderableType]:
    off = [d for d in _days(year) if d.weekday() < SATURDAY and not calendar.is_working(d)]
    work = [d for d in _days(year) if d.weekday() >= SATURDAY and calendar.is_working(d)]
    months = {
        f"{year}-{month:02}": sum(calendar.is_working(d) for d in _days(year) if d.month == month)
        for month in range(1, 13)
    }
    provisional = calendar.is_provisional(date(year, 7, 1))
    data = {
        "year": year, "provisional": provisional, "version": calendar.version,
        "working_days": sum(months.values()), "months": months,
        "off": [{"date": d, "name": calendar.name_of(d)} for d in off],
        "work": [{"date": d, "name": calendar.name_of(d)} for d in work],
    }  # fmt: skip
    parts: list[RenderableType] = [say.say("line.year", year=year, n=sum(months.values()))]
    if provisional:
        parts.append(say.say("line.year_unpublished", year=year))
    for title, days in (("line.days_off", off), ("line.days_made_up", work)):
        parts.append(_listed(say, calendar, title, days))
    return data, output.apart(parts)


def _listed(say: Words, calendar: Calendar, title: str, days: list[date]) -> RenderableType:
    rows = [(day, weekday(say, day), calendar.name_of(day)) for day in days]
    heads = [say.say(f"head.{key}") for key in ("date", "weekday", "holiday")]
    return output.titled(say.say(title, n=len(days)), output.table(heads, rows))


def weekday(say: Words, day: date) -> str:
    """Return the name of a day's weekday."""
    return say.say(f"weekday.{WEEKDAYS[day.weekday()]}")


@acts(app, "import")
def import_(session: Session, file: File) -> Done:
    """Publish an arrangement of working days."""
    path = Path(file)
    yamlfile.content(path)
    publication = bootstrap.calendar_publication(path)
    held = {row.version: row.digest for row in definitions.published(session, CALENDARS)}
    publishing.refuse_another_text(held, publication)
    return publishing.publish(session, publication, registers.publish_calendar)
