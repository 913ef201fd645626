"""The board on the terminal: every project with its stage, its lamp and the lamp's reason."""

from collections import Counter
from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text

from cli import output
from engine.core.definition import Colour
from engine.core.lamps import Light
from engine.core.rows import Wave
from engine.services.board import BoardRow
from engine.services.clock_alarm import BEHIND, JUMPED, Alarm
from engine.services.pulse import Pulse
from templates.words import Words

PAINTS: Mapping[Colour, str] = {
    Colour.GREEN: "green", Colour.BLUE: "blue", Colour.YELLOW: "yellow",
    Colour.ORANGE: "dark_orange", Colour.RED: "red", Colour.PURPLE: "magenta", Colour.GREY: "dim",
}  # fmt: skip
"""How a terminal shows the colour of a rung; its name stands beside it."""

ALARMS: Mapping[str, str] = {BEHIND: "line.clock_behind", JUMPED: "line.clock_jumped"}
HEADS = ("code", "project", "stage", "lamp", "why", "late")
ORDER = (
    Light.OVERDUE, Light.DUE_SOON, Light.WAITING, Light.EXTENDED, Light.PAUSED, Light.NORMAL,
    Light.CLOSED, Light.ENDED,
)  # fmt: skip
"""The order in which lamps are counted: what needs somebody first."""


def board(say: Words, rows: Sequence[BoardRow], waves: Sequence[Wave] = ()) -> RenderableType:
    """Return the board, a table a wave in the order of the waves, all of the same widths."""
    names = {wave.code: wave.name for wave in waves}
    by_wave: dict[str | None, list[BoardRow]] = {code: [] for code in names}
    for row in rows:
        by_wave.setdefault(row.project.wave, []).append(row)
    cells = {row.stream: _cells(say, row) for row in rows}
    heads = [say.say(f"head.{key}") for key in HEADS]
    widths = _widths(heads, list(cells.values()))
    tables: list[RenderableType] = []
    for code, held in by_wave.items():
        if held:
            title = _title(say, names.get(code or "", code or ""), held)
            made = output.table(heads, [cells[row.stream] for row in held], right=(5,))
            for place, width in widths.items():
                made.columns[place].min_width = width
            tables.append(output.titled(title, made))
    return output.apart(tables) if tables else Text(say.say("line.no_projects"))


def _cells(say: Words, row: BoardRow) -> tuple[object, ...]:
    project, lamp = row.project, row.lamp
    closed = lamp.light in (Light.CLOSED, Light.ENDED, Light.PAUSED)
    return (
        project.code, project.name, say.name(row.workflow, "stage", project.stage),
        output.lamp_cell(say, lamp.light),
        "" if closed else _why(say, row),
        str(lamp.late) if lamp.late else "",
    )  # fmt: skip


def _why(say: Words, row: BoardRow) -> Text:
    """Return a lamp's reason; a coloured rung stands before it, in its colour and by its name."""
    rung, reason = row.lamp.rung, output.cell(say.lamp(row.lamp, row.workflow))
    if rung is None or rung.colour is None:
        return reason
    return Text.assemble(
        output.cell(f"■ {rung.name[say.locale]}", PAINTS[rung.colour]), "  ", reason
    )


def _widths(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> dict[int, int]:
    """Return the widths of the columns before the reason, so that the tables stand in line."""
    lines = [heads, *rows]
    return {place: max(cell_len(str(line[place])) for line in lines) for place in range(4)}


def _title(say: Words, name: str, rows: Sequence[BoardRow]) -> str:
    return say.say("line.wave", name=name, tally=tally(say, rows)) if name else tally(say, rows)


def foot(say: Words, pulse: Pulse, zone: str) -> Text | None:
    """Return what stands below the board: the last sweep, and what needs somebody; or nothing."""
    lines: list[tuple[str, str]] = []
    if pulse.swept_at is not None:
        at = output.clock_time(pulse.swept_at, zone)
        key, style = ("swept_long_ago", "bold red") if pulse.is_old else ("last_swept", "dim")
        lines.append((say.say(f"line.{key}", at=at), style))
    elif pulse.is_old:
        lines.append((say.say("line.never_swept"), "bold red"))
    if pulse.alarm is not None:
        lines.append((alarm(say, pulse.alarm, zone), "bold red"))
    if pulse.undeliverable:
        lines.append((say.say("line.undeliverable", n=pulse.undeliverable), "bold red"))
    parts = [(text if n == 0 else f"\n{text}", style) for n, (text, style) in enumerate(lines)]
    return Text.assemble(*parts) if parts else None


def alarm(say: Words, found: Alarm, zone: str) -> str:
    """Return in a sentence what is wrong with the clock, and what to do."""
    moments = (found.found_at, found.expected_at)
    at, expected = (output.clock_time(moment, zone) for moment in moments)
    return say.say(ALARMS[found.kind], at=at, expected=expected)


def tally(say: Words, rows: Sequence[BoardRow]) -> str:
    """Return how many projects have each lamp, in one line."""
    counts: Mapping[Light, int] = Counter(row.lamp.light for row in rows)
    parts = [
        say.say("line.count", name=say.say(f"lamp.{light}"), n=counts[light])
        for light in ORDER
        if counts.get(light)
    ]
    return say.listing(parts)
