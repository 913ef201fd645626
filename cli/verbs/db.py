"""``shidian db``: making a database, bringing it to this release, copying it."""

import time
from pathlib import Path
from typing import Annotated, Any

import typer

import bootstrap
from cli import output, stores
from cli.errors import BROKEN, DONE, WrongError
from cli.options import Reading
from cli.setting import Setting
from cli.verb import Done, asks, branch
from cli.words import speech
from engine.services.clocks import DatabaseClock, SimulatedClock
from engine.storage import schema

app = branch("db")

Simulated = Annotated[bool, typer.Option("--simulated")]
Dest = Annotated[str, typer.Argument(metavar="DEST")]


@asks(app, "upgrade")
def upgrade(setting: Setting, given: Reading, *, simulated: Simulated = False) -> Done:
    """Make a database, or bring one to this release."""
    url = stores.address(given.db)
    kind = _kind(url) or (SimulatedClock.kind if simulated else DatabaseClock.kind)
    if kind != SimulatedClock.kind and (simulated or given.at is not None):
        raise WrongError("real_clock")
    with bootstrap.create(url, kind, setting.locale) as desk:
        if kind == SimulatedClock.kind:
            _set_out(desk, given)
    with stores.connected(url) as database:
        data = {"url": stores.shown(url), "clock": kind, "revision": schema.current(database)}
    say = speech(setting.locale)
    _print(given, data, say.say("line.upgraded", **{**data, "clock": say.say(f"clock.{kind}")}))
    return None


def _kind(url: str) -> str | None:
    """Return whose time a database keeps that is there already, None for a new one."""
    if not stores.exists(url):
        return None
    with stores.connected(url) as database:
        return stores.setting(database, "clock") if schema.current(database) else None


def _set_out(desk: bootstrap.Desk, given: Reading) -> None:
    """Set a simulated clock, which a new one needs before anything can be entered."""
    clock = desk.house.ports.clock
    if given.at is None:
        if stores.is_unset(desk.house.database):
            raise WrongError("simulated_start")
    elif isinstance(clock, SimulatedClock):
        clock.move(desk.house.database, given.at)
    bootstrap.install(desk)


def _print(given: Reading, data: Any, text: str) -> None:
    if given.as_json:
        output.line(output.dumped(data))
    else:
        output.show(text)


@asks(app, "backup")
def backup(setting: Setting, given: Reading, dest: Dest) -> Done:
    """Copy a database to a new file while others go on writing, and verify the copy."""
    url, path = stores.address(given.db), Path(dest)
    kind, say = stores.clock_of(url), speech(setting.locale)
    if stores.file_of(url) is None:
        raise WrongError("server_backup")
    if path.exists():
        raise WrongError("exists", path=dest)
    begun = time.monotonic()
    stores.copy(url, path)
    with (
        bootstrap.open(stores.address(dest), kind, setting.locale) as desk,
        output.progress(say.say("line.verifying")) as advance,
    ):
        verdict = desk.proof.verify(progress=advance)
    data = {"file": dest, "bytes": path.stat().st_size, "entries": verdict.entries,
            "root": verdict.root, "verdict": verdict.verdict}  # fmt: skip
    seconds = f"{time.monotonic() - begun:.1f}"
    key = "line.copied" if not verdict.breaks else "line.copied_broken"
    _print(given, data, say.say(key, seconds=seconds, **data))
    return BROKEN if verdict.breaks else DONE
