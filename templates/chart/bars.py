"""The bars of one project: actual above, plan below, lateness hatched, extensions dashed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from engine.core.bars import Bar
from engine.core.lamps import Light
from templates.chart.axis import Axis
from templates.chart.data import WallRow
from templates.chart.marks import Label, Shape, number
from templates.chart.measure import fit
from templates.facts import due_day
from templates.words import Words

SIZE = 10.5
WHITE = "#fff"
FAINT = "#5b6572"
LEAST = 1.6
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pen:
    """What drawing a project's bars needs to know. `height` is that of its line."""

    axis: Axis
    said: Words
    stages: Mapping[str, str]
    on: date
    height: float

    def shapes(self, row: WallRow, y: float) -> tuple[Shape, ...]:
        """Return the bars of a project whose line begins at `y`, those below first."""
        plans = [shape for bar in row.bars for shape in self._plan(bar, y)]
        stays = [shape for bar in row.bars for shape in self._stays(bar, y, row)]
        grants = [shape for bar in row.bars for shape in self._grant(bar, y)]
        return (*plans, *stays, *grants)

    def _name(self, bar: Bar) -> str:
        return self.stages.get(bar.stage, bar.stage)

    def _say(self, key: str, bar: Bar, **facts: object) -> str:
        plan = self._due(bar, bar.planned_to)
        return self.said.say(f"wall.{key}", stage=self._name(bar), plan=plan, **facts)

    def _due(self, bar: Bar, due: date | None) -> str | None:
        return due_day(self.said, due, provisional=bar.provisional) if due else None

    def _plan(self, bar: Bar, y: float) -> Iterator[Shape]:
        if bar.planned_from is None or bar.planned_to is None:
            return
        x, end = self.axis.at(bar.planned_from), self.axis.at(bar.planned_to + DAY)
        title = self._say(
            "bar_plan", bar, begun=bar.planned_from, left=self._due(bar, bar.planned_to)
        )
        top, tall = y + self.height * 0.79, max(2.6, self.height * 0.14)
        begun = any(start <= self.on for start, _ in bar.stays)
        if not begun and bar.planned_from > self.on:
            label = self._label(bar, x, end, y + self.height * 0.66, FAINT)
            yield _shape("plan", x, end, top, tall, title, label)
        else:
            yield _shape("plan", x, end, top, tall, title)

    def _stays(self, bar: Bar, y: float, row: WallRow) -> Iterator[Shape]:
        for begun, left in bar.stays:
            if begun > self.on:
                continue
            ended = min((day for day in (left, row.closed_on) if day), default=None)
            if ended is not None and ended <= self.on:
                title = self._early(bar, begun, self._say("bar_done", bar, begun=begun, left=ended))
                yield self._upper("done", bar, begun, ended, y, title)
            else:
                is_late = row.lamp.light is Light.OVERDUE
                yield from self._current(bar, begun, y, is_late=is_late)

    def _current(self, bar: Bar, begun: date, y: float, *, is_late: bool) -> Iterator[Shape]:
        due = bar.extended_to or bar.planned_to
        title = self._early(bar, begun, self._say("bar_current", bar, begun=begun))
        if due is None or due >= self.on or not is_late:
            yield self._upper("current", bar, begun, self.on, y, title)
            return
        if begun <= due:
            yield self._upper("current", bar, begun, due + DAY, y, title)
        late = self._say("bar_late", bar, due=self._due(bar, due))
        yield self._upper("late", bar, max(begun, due + DAY), self.on, y, late)

    def _early(self, bar: Bar, begun: date, title: str) -> str:
        """Return a title that says where a stay began before the window of its stage."""
        if bar.window_from is None or begun >= bar.window_from:
            return title
        said = self.said.say("window.early", begun=begun, first=bar.window_from)
        return self.said.say("window.beside", actual=title, said=said)

    def _upper(self, look: str, bar: Bar, begun: date, left: date, y: float, title: str) -> Shape:
        x, end = self.axis.at(begun), self.axis.at(left)
        top, tall = y + self.height * 0.12, self.height * 0.6
        colour = None if look == "late" else WHITE
        label = self._label(bar, x, end, top + tall * 0.5 + SIZE * 0.36, colour) if colour else None
        return _shape(look, x, end, top, tall, title, label)

    def _grant(self, bar: Bar, y: float) -> Iterator[Shape]:
        if bar.planned_to is None or bar.extended_to is None or bar.extended_to <= bar.planned_to:
            return
        x, end = self.axis.at(bar.planned_to + DAY), self.axis.at(bar.extended_to + DAY)
        title = self._say("bar_extended", bar, due=self._due(bar, bar.extended_to))
        top, tall = y + self.height * 0.14, self.height * 0.56
        yield _shape("extended", x, max(end, x + 6), top, tall, title)

    def _label(self, bar: Bar, x: float, end: float, y: float, fill: str) -> Label | None:
        text = fit(self._name(bar), SIZE, end - x - 5)
        if not text:
            return None
        middle = (x + end - 1) / 2
        return Label(text, number(middle), number(y), number(SIZE), fill, "middle")


def _shape(
    look: str, x: float, end: float, y: float, height: float, title: str,
    label: Label | None = None,
) -> Shape:  # fmt: skip
    wide = max(LEAST, end - x - 1)
    return Shape(look, number(x), number(y), number(wide), number(height), title, label)
