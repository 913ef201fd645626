"""Above the lines of the wall chart: months and years, milestones, and the as-of day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from templates.chart.axis import Axis, span
from templates.chart.data import Wall
from templates.chart.marks import Label, Rule, Shape, number
from templates.chart.measure import cut, width
from templates.environment import one_line
from templates.words import Words

LANE, PILL, SIZE = 19.0, 16.0, 12.0
FIRST = 3.0
AXIS_HEIGHT = 32.0
BLUE, QUIET = "#1b4f8a", "#46505c"
MOST_LANES = 4
PAD, GAP = 8.0, 4.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a label above the chart stands: its lane from 0, and from where to where."""

    lane: int
    x: float
    end: float


def head_height(wall: Wall, axis: Axis, said: Words, most: float) -> float:
    """Return where the first line of the chart begins."""
    lanes = 1 + max((place.lane for _, _, place in _placed(wall, axis, said, most)), default=0)
    return FIRST + lanes * LANE + AXIS_HEIGHT


def months_of(axis: Axis, said: Words, top: float) -> tuple[Rule, ...]:
    """Return the months with their names, and the years above them; a year's line is stronger."""
    years = {mark.first: mark for mark in axis.years}
    found = []
    for mark in axis.months:
        name = said.say(f"month_short.{mark.first.month}")
        label = None
        if width(name, SIZE) <= mark.width - 2:
            middle = number(mark.x + mark.width / 2)
            label = Label(name, middle, number(top - 6), number(SIZE), QUIET, "middle")
        found.append(Rule(number(mark.x), number(top - 18), label))
    for day, mark in years.items():
        name = said.say("wall.year", year=day.year)
        label = Label(name, number(mark.x + 3), number(top - 20), number(SIZE), bold=True)
        fits = width(name, SIZE, bold=True) <= mark.width - 4
        found.append(Rule(number(mark.x), number(top - 30), label if fits else None, strong=True))
    return tuple(found)


def rules_of(
    wall: Wall, axis: Axis, said: Words, most: float
) -> tuple[Shape, Rule, tuple[Rule, ...]]:
    """Return the as-of day's pill and line, and the milestones with their words."""
    pill = _pill(wall, axis, said)
    x = axis.at(wall.on)
    text = Label(
        said.say("wall.as_of", date=said.day_short(wall.on)), number((pill.x + pill.end) / 2),
        number(FIRST + 12.4), number(SIZE), "#fff", "middle",
    )  # fmt: skip
    shape = Shape("pill", number(pill.x), number(FIRST), number(pill.end - pill.x), number(PILL))
    today = Rule(number(x), number(FIRST + PILL - 1), text)
    found = [
        Rule(number(axis.at(day)), number(FIRST + place.lane * LANE + 3), _words(text, place))
        for day, text, place in _placed(wall, axis, said, most)
    ]
    return shape, today, tuple(found)


def outside(wall: Wall, said: Words) -> list[str]:
    """Return the milestones that lie outside the chart, as words; may be empty."""
    axis = Axis(*span((row.bars for row in wall.rows), wall.on), 0, 1)
    return [
        said.say("wall.milestone", date=day, text=one_line(text))
        for day, text in wall.milestones
        if not axis.holds(day)
    ]


def _words(text: str, place: Place) -> Label:
    y = number(FIRST + place.lane * LANE + 12.4)
    return Label(text, number(place.x), y, number(SIZE), BLUE)


def _pill(wall: Wall, axis: Axis, said: Words) -> Place:
    text = said.say("wall.as_of", date=said.day_short(wall.on))
    wide = width(text, SIZE) + 14
    x = axis.at(wall.on)
    return Place(0, x - wide + 1, x + 1) if x - wide > axis.x0 else Place(0, x - 1, x + wide - 1)


def _placed(wall: Wall, axis: Axis, said: Words, most: float) -> Iterator[tuple[date, str, Place]]:
    """Yield the milestones on the axis, each in the first lane where its words are free."""
    x = axis.at(wall.on)
    line = [Place(lane, x, x) for lane in range(1, MOST_LANES)]
    taken = [_pill(wall, axis, said), *line]
    for day, words in sorted(wall.milestones):
        if not axis.holds(day):
            continue
        text = f"{said.day_short(day)} {one_line(words)}"
        place = _free(axis.at(day), text, taken, most)
        taken.append(place)
        yield day, cut(text, SIZE, place.end - place.x + 1), place


def _free(x: float, text: str, taken: list[Place], most: float) -> Place:
    """Return where words are free: in the highest lane, right of their line or else left of it."""
    wide = min(width(text, SIZE), most / 3)
    starts = [x + 5, x - 5 - wide] if x + 5 + wide <= most - PAD else [x - 5 - wide]
    for lane in range(MOST_LANES):
        for start in starts:
            place = Place(lane, start, start + wide)
            if start >= PAD and not any(_meet(place, other) for other in taken):
                return place
    return Place(MOST_LANES - 1, starts[0], starts[0] + wide)


def _meet(one: Place, other: Place) -> bool:
    beside = one.end + GAP <= other.x or other.end + GAP <= one.x
    return one.lane == other.lane and not beside
