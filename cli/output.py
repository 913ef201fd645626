"""What is printed: answers to stdout, as tables or JSON; everything else to stderr.

Colour is for terminals, and never the only sign. Tables fit 100 columns.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich import box
from rich.console import Console, Group, RenderableType
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from cli.errors import WrongError
from engine.core.definition import Workflow
from engine.core.lamps import Lamp, Light
from templates.environment import printable
from templates.words import Words

WIDTH = 100
STYLES: dict[Light, str] = {
    Light.OVERDUE: "bold red",
    Light.DUE_SOON: "yellow",
    Light.WAITING: "cyan",
    Light.EXTENDED: "magenta",
    Light.PAUSED: "dim",
    Light.NORMAL: "green",
    Light.CLOSED: "blue",
    Light.ENDED: "dim",
}
SIGNS: dict[Light, str] = {
    Light.OVERDUE: "▲",
    Light.DUE_SOON: "△",
    Light.WAITING: "◇",
    Light.EXTENDED: "◆",
    Light.PAUSED: "‖",
    Light.NORMAL: "●",
    Light.CLOSED: "✓",
    Light.ENDED: "×",
}
"""A sign before the word of a lamp: the word says it, the sign finds it."""

GLUE = "\ue000"
BESIDE_CHINESE = re.compile("(?<=[⺀-鿿＀-￯]) | (?=[⺀-鿿＀-￯])")
"""A space beside Chinese is no better place to break a line than any other.

It is glued with a sign that Rich takes for a letter, and put back when the text is written.
"""

Advance = Callable[[int, int], None]


def console(*, stderr: bool = False) -> Console:
    """Return a console for this moment's stdout or stderr; without a terminal 100 columns."""
    made = Console(stderr=stderr, markup=False, highlight=False, emoji=False)
    made.width = min(made.width, WIDTH) if made.is_terminal else WIDTH
    return made


def cell(value: object, style: str = "") -> Text:
    """Return a value as it stands in a table: days in ISO form, nothing as a dash."""
    if isinstance(value, Text):
        return value
    if isinstance(value, datetime | date):
        value = value.isoformat()
    text = "-" if value is None else str(printable(str(value)))
    return Text(BESIDE_CHINESE.sub(GLUE, text), style)


def lamp_cell(say: Words, light: Light) -> Text:
    """Return the word of a lamp with its sign, coloured on terminals."""
    return Text(f"{SIGNS[light]} {say.say(f'lamp.{light}')}", STYLES[light])


def lamp_line(say: Words, lamp: Lamp, workflow: Workflow) -> Text:
    """Return a lamp with its reason; where the word says it all, the sentence alone."""
    if lamp.light in (Light.CLOSED, Light.ENDED, Light.PAUSED):
        return Text(f"{SIGNS[lamp.light]} {say.lamp(lamp, workflow)}", STYLES[lamp.light])
    return Text.assemble(lamp_cell(say, lamp.light), "  ", say.lamp(lamp, workflow))


def clock_time(at: datetime, zone: str) -> str:
    """Return a moment as an office's clock shows it, to the minute."""
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


def table(
    heads: Sequence[str], rows: Iterable[Sequence[object]], *, right: Iterable[int] = (),
    whole: Iterable[int] = (0,),
) -> Table:  # fmt: skip
    """Return a table.

    Args:
        heads: the headings, in words.
        rows: values; `cell` says how each is shown.
        right: columns set to the right, from 0.
        whole: columns that are never folded.
    """
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    right, whole = set(right), set(whole)
    for place, head in enumerate(heads):
        made.add_column(
            head, justify="right" if place in right else "left", no_wrap=place in whole,
            overflow="fold",
        )  # fmt: skip
    for row in rows:
        made.add_row(*[cell(value) for value in row])
    return made


def titled(title: str, part: RenderableType) -> Group:
    """Return a part under a line that names it."""
    return Group(Text(title, "bold"), part)


def apart(parts: Iterable[RenderableType]) -> Group:
    """Return parts below one another, a blank line between each two."""
    spaced: list[RenderableType] = []
    for part in parts:
        spaced += ["", part] if spaced else [part]
    return Group(*spaced)


def facts(pairs: Iterable[tuple[str, object]]) -> Table:
    """Return names and values below one another."""
    made = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    made.add_column(style="bold", no_wrap=True)
    made.add_column(overflow="fold")
    for name, value in pairs:
        made.add_row(cell(name), cell(value))
    return made


def plain(value: Any) -> Any:
    """Return a value as JSON takes it: days and moments in ISO form, tuples as lists."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value


def dumped(value: Any) -> str:
    """Return a value as indented JSON; the same value gives the same text."""
    return json.dumps(plain(value), ensure_ascii=False, indent=2)


def line(text: str) -> None:
    """Write one line to stdout as it is: JSON, paths, entries of the trail."""
    sys.stdout.write(f"{text}\n")


def write(path: Path, text: str) -> None:
    """Write a text file in UTF-8 with the same line ends on every system.

    Raises:
        WrongError: it cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise WrongError("unwritable", path=str(path), detail=error.strerror or "-") from error


def tell(*parts: RenderableType) -> None:
    """Print to stderr."""
    for part in parts:
        show(part, stderr=True)


def show(part: RenderableType, *, stderr: bool = False) -> None:
    """Print a part; a sentence alone is one line, which the terminal breaks where it must."""
    out = console(stderr=stderr)
    with out.capture() as caught:
        out.print(part, soft_wrap=isinstance(part, str | Text))
    text = caught.get().replace(GLUE, " ")
    if not out.is_terminal:
        text = "".join(f"{line.rstrip()}\n" for line in text.splitlines())
    (sys.stderr if stderr else sys.stdout).write(text)


@contextmanager
def progress(text: str) -> Iterator[Advance]:
    """Show a bar on stderr while something runs, on terminals only.

    Yields:
        A function to call with (done, of how many).
    """
    out = console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=out, transient=True, disable=not out.is_terminal) as bar:
        task = bar.add_task(text, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
