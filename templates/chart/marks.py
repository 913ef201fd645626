"""What the wall chart is drawn from: shapes and labels, placed; no words are chosen here."""

from dataclasses import dataclass

from engine.core.definition import Colour
from engine.core.lamps import Light

INK = "#18212c"
TONES: dict[Light, str] = {
    Light.OVERDUE: "#b3261e",
    Light.DUE_SOON: "#7a4b00",
    Light.EXTENDED: "#56479b",
    Light.WAITING: "#1b4f8a",
    Light.NORMAL: "#46505c",
    Light.CLOSED: "#5b6572",
    Light.ENDED: "#5b6572",
    Light.PAUSED: "#5b6572",
}
"""The colour of a lamp's words; each has at least 4.5:1 on white and on the tint of its row."""

PAINTS: dict[Colour, str] = {
    Colour.GREEN: "#1a6a42",
    Colour.BLUE: "#1b62b0",
    Colour.YELLOW: "#d9a400",
    Colour.ORANGE: "#c65d00",
    Colour.RED: "#b3261e",
    Colour.PURPLE: "#56479b",
    Colour.GREY: "#75818f",
}
"""How a step's colour is drawn; the outline and the name beside it serve a grey printer."""

LOUD = frozenset({Light.OVERDUE, Light.DUE_SOON, Light.EXTENDED, Light.WAITING})
"""Lamps whose words are set in bold."""

ORDER = (
    Light.OVERDUE, Light.DUE_SOON, Light.WAITING, Light.EXTENDED, Light.NORMAL, Light.PAUSED,
    Light.CLOSED, Light.ENDED,
)  # fmt: skip
"""The order in which lamps are counted: what needs somebody first."""


def number(value: float) -> str:
    """Return a coordinate to one decimal, without trailing zeros."""
    return f"{value:.1f}".removesuffix(".0")


@dataclass(frozen=True, slots=True)
class Label:
    """A text in the drawing. `full` is what it was cut from, where it was."""

    text: str
    x: str
    y: str
    size: str = "12.5"
    fill: str = INK
    anchor: str | None = None
    bold: bool = False
    full: str | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """A bar. `look` is ``done`` | ``current`` | ``late`` | ``plan`` | ``extended`` | ``step``.

    A step has its colour as `paint`.
    """

    look: str
    x: str
    y: str
    width: str
    height: str
    title: str = ""
    label: Label | None = None
    paint: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the chart: a project, or the summary of a folded group."""

    code: str
    light: Light | None
    label: str
    href: str | None
    y: str
    width: str
    height: str
    lamp_x: str
    lamp_y: str
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]
    lamps: tuple[tuple[Light, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one group, with its name beside them."""

    y: str
    height: str
    bottom: str
    shaded: bool
    labels: tuple[Label, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line down the chart: a month, a milestone, the as-of day."""

    x: str
    y: str
    label: Label | None = None
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """The whole drawing."""

    width: str
    height: str
    title: str
    label: str
    top: str
    bottom: str
    months: tuple[Rule, ...]
    heads: tuple[Label, ...]
    blocks: tuple[Block, ...]
    milestones: tuple[Rule, ...]
    today: Rule
    pill: Shape
    legend: tuple[Shape, ...]
    notes: tuple[Label, ...]
