"""Below the lines of the wall chart: what its bars mean."""

from collections.abc import Iterable

from templates.chart.data import Step
from templates.chart.marks import PAINTS, Label, Shape, number
from templates.chart.measure import width
from templates.environment import one_line
from templates.words import Words

LEGEND_HEIGHT = 26.0
STEPS_HEIGHT = 19.0
SIZE = 11.5
MARK = 11.0
LOOKS = ("done", "current", "plan", "late", "extended", "milestone")


def legend_of(
    said: Words, bottom: float, most: float
) -> tuple[tuple[Shape, ...], tuple[Label, ...]]:
    """Return samples of the bars with their meaning, and at the right how the rows are ordered."""
    shapes = []
    x, base = 8.0, bottom + 17
    for look in LOOKS:
        text = said.say(f"wall.legend_{look}")
        label = Label(text, number(x + 30), number(base), number(SIZE), "#46505c")
        shapes.append(_sample(look, x, base, label))
        x += 30 + width(text, SIZE) + 18
    order = said.say("wall.legend_order")
    note = Label(order, number(most - 8), number(base), number(SIZE), "#46505c", "end")
    return tuple(shapes), (note,)


def steps_of(
    steps: Iterable[Step], said: Words, bottom: float, most: float
) -> tuple[tuple[Shape, ...], float]:
    """Return the colours of the ladders' steps with their names, and how tall their lines are."""
    shapes: list[Shape] = []
    x, lines = 8.0, 0
    for step in steps:
        text = said.say("wall.legend_step", name=one_line(step.name))
        wide = 16 + width(text, SIZE)
        if lines == 0 or x + wide > most - 8:
            x, lines = 8.0, lines + 1
        base = bottom + 17 + STEPS_HEIGHT * lines
        label = Label(text, number(x + 16), number(base), number(SIZE), "#46505c")
        shapes.append(mark_of(step, x, base - 9.5, label))
        x += wide + 18
    return tuple(shapes), STEPS_HEIGHT * lines


def mark_of(step: Step, x: float, y: float, label: Label | None = None) -> Shape:
    """Return the small square that marks a step."""
    side = number(MARK)
    name = one_line(step.name)
    return Shape("step", number(x), number(y), side, side, name, label, PAINTS[step.colour])


def _sample(look: str, x: float, base: float, label: Label) -> Shape:
    thin = {"plan": 2.8, "milestone": 0.0}.get(look, 9.0)
    y = base - 4 - thin / 2
    return Shape(look, number(x), number(y), "24", number(thin), "", label)
