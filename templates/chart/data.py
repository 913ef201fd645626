"""What a wall chart shows: projects by group, with their lamps, reasons and bars."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from engine.core.bars import Bar
from engine.core.definition import Colour
from engine.core.lamps import Lamp, Light
from templates.chart.marks import ORDER
from templates.links import local

MOST_ROWS = 64
"""More projects than this are folded by group: counts, and what is overdue or due soon."""

MOST_SHOWN = 120
"""How many lines a folded chart has at most, as long as every group shows one project."""

URGENT = frozenset({Light.OVERDUE, Light.DUE_SOON})


@dataclass(frozen=True, slots=True)
class Step:
    """A coloured step of a ladder, by its name."""

    name: str
    colour: Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class WallRow:
    """A project on the wall.

    Attributes:
        code: its code.
        name: its name.
        group: the name of its region; rows of a group stand together.
        lamp: its lamp on the wall's day.
        reason: the lamp's reason as a sentence, in the wall's language.
        stage: the key of its present stage.
        bars: planned over actual, in the order of the workflow.
        closed_on: the day it was completed or ended, None while it runs.
        href: where its line leads, None for nowhere.
        step: the coloured step of the ladder that its lamp's task has reached, None for none.
    """

    code: str
    name: str
    group: str
    lamp: Lamp
    reason: str
    stage: str
    bars: tuple[Bar, ...]
    closed_on: date | None = None
    href: str | None = None
    step: Step | None = None

    def __post_init__(self) -> None:
        local(self.href or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """A wall chart on a day.

    Attributes:
        title: its heading.
        on: the day as of which it holds.
        rows: the projects; groups stand in the order in which they first appear.
        stages: keys and names of the stages, in the order of the workflow.
        milestones: days of the source with what they are; those outside the chart are listed.
        simulated: whether the clock was a simulated one.
        note: what else a reader must know, may be empty.
        trail: size and root of the audit trail it was read from, may be empty.
        steps: the coloured steps of the ladders on the wall, lowest first, for the legend.
    """

    title: str
    on: date
    rows: tuple[WallRow, ...]
    stages: tuple[tuple[str, str], ...]
    milestones: tuple[tuple[date, str], ...] = ()
    simulated: bool = False
    note: str = ""
    trail: str = ""
    steps: tuple[Step, ...] = ()

    @property
    def is_folded(self) -> bool:
        """Whether there are too many projects to draw each."""
        return len(self.rows) > MOST_ROWS


@dataclass(frozen=True, slots=True)
class Section:
    """A group of the wall: all its projects, and those that are drawn."""

    name: str
    rows: tuple[WallRow, ...]
    shown: tuple[WallRow, ...]
    is_folded: bool

    @property
    def tally(self) -> tuple[tuple[Light, int], ...]:
        """How many projects have each lamp; what needs somebody first."""
        return tally(self.rows)

    @property
    def left_out(self) -> int:
        """How many urgent projects of a folded group are not drawn for want of room."""
        return sum(row.lamp.light in URGENT for row in self.rows) - len(self.shown)


def tally(rows: tuple[WallRow, ...]) -> tuple[tuple[Light, int], ...]:
    """Return how many projects have each lamp; what needs somebody first."""
    counts = Counter(row.lamp.light for row in rows)
    return tuple((light, counts[light]) for light in ORDER if counts[light])


def sections(wall: Wall) -> tuple[Section, ...]:
    """Return the groups of a wall, in the order in which they first appear."""
    groups: dict[str, list[WallRow]] = {}
    for row in wall.rows:
        groups.setdefault(row.group, []).append(row)
    most = max(1, (MOST_SHOWN - len(groups)) // max(1, len(groups)))
    return tuple(
        Section(name, tuple(rows), _shown(rows, most if wall.is_folded else None), wall.is_folded)
        for name, rows in groups.items()
    )


def _shown(rows: list[WallRow], most: int | None) -> tuple[WallRow, ...]:
    if most is None:
        return tuple(rows)
    return tuple(row for row in rows if row.lamp.light in URGENT)[:most]
