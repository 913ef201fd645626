"""The wall chart 挂图作战: one drawing, and a page around it that prints on one A3 sheet."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from engine.core.lamps import Lamp, Light
from templates.chart.data import Step, Wall, WallRow, sections, tally
from templates.chart.head import outside
from templates.chart.scene import note_of, scene_of
from templates.environment import one_line, render
from templates.words import Words, words

__all__ = ["Step", "Wall", "WallRow", "wall_facts", "wall_html", "wall_svg"]

CHINESE: Final = (
    "PingFang SC, Microsoft YaHei, HarmonyOS Sans SC, Noto Sans CJK SC, Source Han Sans SC, "
    "WenQuanYi Micro Hei, sans-serif"
)
FONTS: Final = {"zh": CHINESE, "en": f"Segoe UI, Helvetica Neue, Arial, Noto Sans, {CHINESE}"}
CAUSES: Final = (Light.OVERDUE, Light.DUE_SOON, Light.WAITING)
"""The lamps whose projects are listed with their reasons, in this order."""

ONE_SHEET: Final = 52
"""With more lines than this, the printed sheet is the chart alone: it holds every reason."""


@dataclass(frozen=True, slots=True)
class Count:
    """A lamp with its name and the number of projects that have it."""

    light: Light
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Item:
    """A project in a list: what the chart says of it, in words; `done` stages of `stages`."""

    row: WallRow
    lamp: str
    note: str
    reason: str
    done: int
    stages: int


def wall_svg(wall: Wall, locale: str) -> str:
    """Return the wall chart as one SVG document; the same wall gives the same text.

    Raises:
        MissingTextError: the product does not speak that language.
    """
    said = words(locale)
    facts = {
        "scene": scene_of(wall, said), "lang": said.say("lang"), "fonts": FONTS[locale],
        "is_bare": False,
    }  # fmt: skip
    return render("documents/wall.svg.j2", facts)


def wall_facts(wall: Wall, said: Words) -> dict[str, object]:
    """Return what the chart and the lists beside it are drawn from.

    `is_bare` leaves out the drawing's own style, for a page that brings it in its style sheet.
    """
    groups = sections(wall)
    counts = _counts(said, wall.rows)
    lines = sum(len(group.shown) + group.is_folded for group in groups)
    lines += max((count.count for count in counts if count.light in CAUSES), default=0)
    return {
        "wall": wall, "scene": scene_of(wall, said), "fonts": FONTS[said.locale], "say": said.say,
        "lang": said.say("lang"), "title": one_line(wall.title), "date": said.day_full(wall.on),
        "counts": counts, "causes": _causes(said, wall, counts),
        "groups": [(g, _counts(said, g.rows), _items(said, wall, g.shown)) for g in groups],
        "outside": outside(wall, said), "is_dense": lines > ONE_SHEET, "is_bare": True,
    }  # fmt: skip


def wall_html(wall: Wall, locale: str) -> str:
    """Return the wall chart as a page that needs no other file; phones get a list instead.

    Raises:
        MissingTextError: the product does not speak that language.
    """
    facts = {**wall_facts(wall, words(locale)), "is_bare": False}
    return render("documents/wall.html.j2", facts)


def _counts(said: Words, rows: tuple[WallRow, ...]) -> list[Count]:
    return [Count(light, said.light(Lamp(light)), n) for light, n in tally(rows)]


def _causes(said: Words, wall: Wall, counts: list[Count]) -> list[tuple[Count, list[Item]]]:
    """Return the projects that need somebody, by lamp and in the order of the rows."""
    return [
        (count, _items(said, wall, [row for row in wall.rows if row.lamp.light is count.light]))
        for count in counts
        if count.light in CAUSES
    ]


def _items(said: Words, wall: Wall, rows: Iterable[WallRow]) -> list[Item]:
    stages = dict(wall.stages)
    return [
        Item(
            row, said.light(row.lamp), note_of(row, stages, said), one_line(row.reason),
            _done(row), len(row.bars),
        )
        for row in rows
    ]  # fmt: skip


def _done(row: WallRow) -> int:
    """Return how many stages lie behind a project on the wall's day."""
    if row.lamp.light is Light.CLOSED:
        return len(row.bars)
    keys = [bar.stage for bar in row.bars]
    return keys.index(row.stage) if row.stage in keys else 0
