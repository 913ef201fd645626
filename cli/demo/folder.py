"""The folder of a demonstration: made, emptied of an earlier one, or refused."""

import shutil
from pathlib import Path
from typing import Final

from cli import stores
from cli.errors import WrongError
from engine.core.errors import ShidianError
from engine.services.clocks import SimulatedClock

MARKER: Final = ".shidian-demo"
DATABASE: Final = "shidian.db"
DESK: Final = "desk.db"
NOTICES: Final = "notices"
FILES: Final = (
    "index.html", "wall.html", "wall.svg", "board.json", "trail.jsonl", "checkpoint.json",
)  # fmt: skip
OURS: Final = frozenset(
    {MARKER, NOTICES, f"{DATABASE}.papers", f"{DESK}.papers", *FILES}
    | {f"{name}{end}" for name in (DATABASE, DESK) for end in ("", "-wal", "-shm", "-journal")}
)
NOTICE_FILES: Final = (".txt", ".html")
MOST_NAMED: Final = 5


def prepare(folder: Path) -> None:
    """Make a folder ready for a demonstration; what an earlier one left is removed.

    Raises:
        WrongError: it is no folder, holds what no demonstration made, or keeps real time.
    """
    if folder.exists() and not folder.is_dir():
        raise WrongError("demo_file", path=str(folder))
    if folder.exists():
        _refuse_others(folder)
        _empty(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARKER).write_text("shidian demo\n", encoding="utf-8")
    except OSError as error:
        raise WrongError("unwritable", path=str(folder), detail=error.strerror or "-") from error


def _refuse_others(folder: Path) -> None:
    held = sorted(path.name for path in folder.iterdir())
    clock = _clock(folder / DATABASE)
    if clock not in (None, SimulatedClock.kind):
        raise WrongError("demo_real", path=str(folder))
    is_ours = MARKER in held or clock == SimulatedClock.kind
    foreign = [name for name in held if name not in OURS or not is_ours]
    foreign += _foreign_notices(folder / NOTICES)
    if foreign:
        named = ", ".join(foreign[:MOST_NAMED])
        raise WrongError("demo_foreign", path=str(folder), names=named, n=len(foreign))


def _clock(database: Path) -> str | None:
    """Return whose time a database keeps, None when there is none that can be read."""
    try:
        return stores.clock_of(stores.address(str(database)))
    except ShidianError:
        return None


def _foreign_notices(folder: Path) -> list[str]:
    if not folder.is_dir():
        return []
    held = (path for path in folder.iterdir() if path.suffix not in NOTICE_FILES)
    return sorted(f"{NOTICES}/{path.name}" for path in held)


def _empty(folder: Path) -> None:
    for name in OURS:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
