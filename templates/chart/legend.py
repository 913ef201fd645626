"""Below the lines of the wall chart: what its bars mean."""

from templates.chart.marks import Label, Shape, number
from templates.chart.measure import width
from templates.words import Words

LEGEND_HEIGHT = 26.0
SIZE = 11.5
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


def _sample(look: str, x: float, base: float, label: Label) -> Shape:
    thin = {"plan": 2.8, "milestone": 0.0}.get(look, 9.0)
    y = base - 4 - thin / 2
    return Shape(look, number(x), number(y), "24", number(thin), "", label)
