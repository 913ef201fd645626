"""``shidian calendar``: the working days of a day or a year, as known on a day."""

from datetime import date
from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType

from cli import calendar_page, definitions, output
from cli.forms import day as as_day
from cli.forms import whole
from cli.options import Reading
from cli.setting import Setting
from cli.verb import Done, asks, branch
from cli.words import speech
from engine.core.calendar import Calendar
from templates.words import Words

app = branch("calendar")

When = Annotated[str | None, typer.Argument(metavar="DATE|YEAR")]
After = Annotated[int | None, typer.Option("--after", metavar="N", parser=whole)]
KnownOn = Annotated[date | None, typer.Option("--known-on", metavar="DATE", parser=as_day)]
Org = Annotated[str | None, typer.Option("--org", metavar="ORG")]
YEAR_DIGITS = 4


@asks(app, "show")
def show(
    setting: Setting, given: Reading, when: When = None, *, after: After = None,
    known_on: KnownOn = None, org: Org = None,
) -> Done:  # fmt: skip
    """Print whether a day is a working day, or the working days of a year."""
    say, calendar = speech(setting.locale), definitions.calendar(setting, given, known_on, org)
    when = when or str(definitions.this_year(setting, given))
    if len(when) == YEAR_DIGITS and when.isdigit():
        year = int(when)
        data, drawn = calendar_page.data(calendar, year), calendar_page.page(say, calendar, year)
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
