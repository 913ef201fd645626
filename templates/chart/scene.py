"""The layout of the wall chart: columns that fit their words, lines by group, axis and legend."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.core.lamps import Lamp, Light
from templates.chart.axis import Axis, span
from templates.chart.bars import Pen
from templates.chart.data import Section, Wall, WallRow, sections
from templates.chart.head import head_height, months_of, rules_of
from templates.chart.legend import LEGEND_HEIGHT, MARK, legend_of, mark_of, steps_of
from templates.chart.marks import LOUD, TONES, Block, Label, Line, Scene, Shape, number
from templates.chart.measure import cut, width, wrap
from templates.environment import one_line
from templates.words import Words

WIDTH = 1334.0
PAD = 8.0
TEXT, WORD, NOTE, GROUP, COUNT = 12.5, 11.5, 12.0, 12.0, 11.0
LAMP = 13.5
TALL, LOW, MANY = 20.0, 17.6, 28
FAINT = "#5b6572"
LINKS = " :的"
"""What joins a stage's name to what is said of it, and is left out with the name."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns begin: lamp, word, name, chart, note; the group's is at `PAD`."""

    lamp: float
    word: float
    name: float
    chart: float
    note: float

    @property
    def end(self) -> float:
        """Where the chart ends."""
        return self.note - 9


def scene_of(wall: Wall, said: Words) -> Scene:
    """Return the drawing of a wall; the same wall gives the same drawing."""
    groups = sections(wall)
    columns = _columns(wall, groups, said)
    axis = Axis(*span((row.bars for row in wall.rows), wall.on), columns.chart, columns.end)
    count = sum(len(group.shown) + group.is_folded for group in groups)
    height = TALL if count <= MANY else LOW
    top = head_height(wall, axis, said, WIDTH)
    pen = Pen(axis, said, dict(wall.stages), wall.on, height)
    bottom = top + count * height
    pill, today, milestones = rules_of(wall, axis, said, WIDTH)
    legend, notes = legend_of(said, bottom, WIDTH)
    steps, tall = steps_of(wall.steps, said, bottom, WIDTH)
    return Scene(
        width=number(WIDTH), height=number(bottom + LEGEND_HEIGHT + tall), title=wall.title,
        label=said.say("wall.svg_label", title=wall.title, count=len(wall.rows), date=wall.on),
        top=number(top), bottom=number(bottom), months=months_of(axis, said, top),
        heads=_heads(said, columns, top), blocks=tuple(_blocks(groups, columns, pen, top)),
        milestones=milestones, today=today, pill=pill,
        legend=(*legend, *steps), notes=notes,
    )  # fmt: skip


def note_of(row: WallRow, stages: Mapping[str, str], said: Words) -> str:
    """Return a project's step, present stage and reason; what is about the stage names it once."""
    stage = one_line(stages.get(row.stage, ""))
    reason = one_line(row.reason)
    if row.lamp.task == row.stage:
        reason = reason.removeprefix(stage).lstrip(LINKS)
    note = said.say("wall.note", stage=stage, reason=reason) if stage and reason else ""
    note = note or stage or reason
    return said.say("wall.note_step", step=one_line(row.step.name), note=note) if row.step else note


def _columns(wall: Wall, groups: tuple[Section, ...], said: Words) -> Columns:
    """Return columns as wide as their longest words, within limits that leave the chart room."""
    stages = dict(wall.stages)
    shown = [row for group in groups for row in group.shown]
    names = max((width(one_line(row.name), TEXT) for row in shown), default=0)
    words = max((width(said.light(row.lamp), WORD, bold=True) for row in shown), default=0)
    notes = max((width(note_of(row, stages, said), NOTE, bold=True) for row in shown), default=0)
    notes += MARK + 4 if any(row.step for row in shown) else 0
    lamp = PAD + _between(46, max((_group_width(g) for g in groups), default=0), 80) + 7
    name = lamp + LAMP + 4 + words + 7
    return Columns(
        lamp=lamp, word=lamp + LAMP + 4, name=name,
        chart=name + _between(60, names, 168) + 10,
        note=WIDTH - PAD - _between(150, notes, 340),
    )  # fmt: skip


def _group_width(group: Section) -> float:
    return width(one_line(group.name), GROUP, bold=True)


def _between(least: float, value: float, most: float) -> float:
    return min(most, max(least, value))


def _heads(said: Words, columns: Columns, top: float) -> tuple[Label, ...]:
    y = number(top - 6)
    return (
        Label(said.say("wall.head_project"), number(columns.name), y, "12", "#46505c"),
        Label(said.say("wall.head_note"), number(columns.note), y, "12", "#46505c"),
    )


def _blocks(groups: tuple[Section, ...], columns: Columns, pen: Pen, top: float) -> Iterator[Block]:
    y = top
    for index, group in enumerate(groups):
        lines = list(_lines(group, columns, pen, y))
        height = len(lines) * pen.height
        yield Block(
            y=number(y), height=number(height), bottom=number(y + height), shaded=index % 2 == 0,
            labels=_group_labels(group, columns, pen, y, len(lines)), lines=tuple(lines),
        )  # fmt: skip
        y += height


def _lines(group: Section, columns: Columns, pen: Pen, y: float) -> Iterator[Line]:
    if group.is_folded:
        yield _summary(group, columns, pen, y)
        y += pen.height
    for row in group.shown:
        yield _line(row, columns, pen, y)
        y += pen.height


def _line(row: WallRow, columns: Columns, pen: Pen, y: float) -> Line:
    light, base = row.lamp.light, number(y + pen.height * 0.72)
    word, note = pen.said.light(row.lamp), note_of(row, pen.stages, pen.said)
    name, tone = one_line(row.name), TONES[light]
    said_label = pen.said.say(
        "wall.row_label", group=row.group, name=name, code=row.code, lamp=word, note=note
    )
    mark = MARK + 4 if row.step else 0.0
    labels = (
        Label(word, number(columns.word), base, number(WORD), tone, bold=light in LOUD),
        Label(cut(name, TEXT, columns.chart - columns.name - 8), number(columns.name), base),
        Label(
            cut(note, NOTE, WIDTH - PAD - columns.note - mark, bold=light in LOUD),
            number(columns.note + mark), base, number(NOTE), tone, bold=light in LOUD, full=note,
        ),
    )  # fmt: skip
    return Line(
        code=row.code, light=light, label=said_label, href=row.href,
        y=number(y), width=number(WIDTH - columns.lamp), height=number(pen.height),
        lamp_x=number(columns.lamp), lamp_y=number(y + (pen.height - LAMP) / 2),
        shapes=(*pen.shapes(row, y), *_mark(row, columns, pen, y)), labels=labels,
    )  # fmt: skip


def _mark(row: WallRow, columns: Columns, pen: Pen, y: float) -> tuple[Shape, ...]:
    if row.step is None:
        return ()
    return (mark_of(row.step, columns.note, y + (pen.height - MARK) / 2),)


def _summary(group: Section, columns: Columns, pen: Pen, y: float) -> Line:
    """Return the line that stands for a whole group: how many projects have which lamp."""
    base = number(y + pen.height * 0.72)
    words = [(light, f"{pen.said.light(Lamp(light))} {n}") for light, n in group.tally]
    count = pen.said.say("wall.group_count", count=len(group.rows))
    lamps, labels, end = _tally(words, columns.chart, base)
    if group.left_out > 0:
        folded = pen.said.say("wall.folded", count=group.left_out)
        labels.append(Label(folded, number(end), base, fill=FAINT))
    tally = pen.said.listing(text for _, text in words)
    said_label = pen.said.say(
        "wall.group_label", group=group.name, count=len(group.rows), tally=tally
    )
    named = Label(count, number(columns.name), base, bold=True)
    return Line(
        code="", light=None, label=said_label, href=None,
        y=number(y), width=number(WIDTH - columns.lamp), height=number(pen.height),
        lamp_x=number(columns.lamp), lamp_y=number(y + (pen.height - LAMP) / 2), shapes=(),
        labels=(named, *labels, _stages_label(group, columns, pen, base)), lamps=tuple(lamps),
    )  # fmt: skip


def _tally(
    words: list[tuple[Light, str]], x: float, base: str
) -> tuple[list[tuple[Light, str]], list[Label], float]:
    """Return lamps with their places, their words beside them, and where the row ends."""
    lamps, labels = [], []
    for light, text in words:
        lamps.append((light, number(x)))
        at = number(x + LAMP + 4)
        labels.append(Label(text, at, base, fill=TONES[light], bold=light in LOUD))
        x += LAMP + 4 + width(text, TEXT, bold=True) + 18
    return lamps, labels, x


def _stages_label(group: Section, columns: Columns, pen: Pen, base: str) -> Label:
    counts = Counter(row.stage for row in group.rows)
    full = pen.said.listing(
        pen.said.say("wall.group_stage", stage=name, count=counts[key])
        for key, name in pen.stages.items()
        if counts[key]
    )
    text = cut(full, NOTE, WIDTH - PAD - columns.note)
    return Label(text, number(columns.note), base, number(NOTE), "#46505c", full=full)


def _group_labels(
    group: Section, columns: Columns, pen: Pen, y: float, lines: int
) -> tuple[Label, ...]:
    """Return a group's name, in two lines where it has room, and its counts below."""
    room, name = columns.lamp - PAD - 5, one_line(group.name)
    late = sum(row.lamp.light is Light.OVERDUE for row in group.rows)
    texts = wrap(name, GROUP, room, 2 if lines > 2 else 1)
    counts = [pen.said.say("wall.group_count", count=len(group.rows))] if lines > 1 else []
    counts += [pen.said.say("wall.group_late", late=late)] if lines > 2 and late else []
    first = y + (lines * pen.height - (len(texts) + len(counts)) * 15) / 2 + 11.5
    named = [
        Label(text, number(PAD), number(first + 15 * n), number(GROUP), bold=True, full=name)
        for n, text in enumerate(texts)
    ]
    counted = [
        Label(text, number(PAD), number(first + 15 * (len(texts) + n)), number(COUNT), "#46505c")
        for n, text in enumerate(counts)
    ]
    return (*named, *counted)
