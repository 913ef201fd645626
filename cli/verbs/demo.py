"""``shidian demo``: the example programme at work, from its notice to its results."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

import bootstrap
from cli import output, stores
from cli.demo import folder, live, report
from cli.demo.files import Leaving, leave
from cli.demo.play import BOOK, last_day, play
from cli.errors import BROKEN, DONE
from cli.forms import day, whole
from cli.setting import Setting
from cli.verb import Done, alone, leaf
from cli.words import speech
from engine.services.clocks import SimulatedClock
from workflows.book import read_book

app = leaf("demo")

Out = Annotated[str, typer.Option("--out", metavar="DIR")]
Until = Annotated[date | None, typer.Option("--until", metavar="DATE", parser=day)]
Quiet = Annotated[bool, typer.Option("--quiet", "-q")]
Serve = Annotated[bool, typer.Option("--serve")]
Port = Annotated[int | None, typer.Option("--port", metavar="PORT", parser=whole)]
DEFAULT = "shidian-demo"


@alone(app, "demo")
def demo(
    setting: Setting, *, out: Out = DEFAULT, until: Until = None, quiet: Quiet = False,
    serve: Serve = False, port: Port = None,
) -> Done:  # fmt: skip
    """Play the example programme on a simulated clock and leave what it made in a folder."""
    say, home = speech(setting.locale), Path(out)
    plan = read_book(BOOK)
    on = last_day(plan, until)
    folder.prepare(home)
    url = stores.address(str(home / folder.DATABASE))
    with bootstrap.create(url, SimulatedClock.kind, setting.locale) as desk:
        opens = min(on, plan.desk_on or on)
        played = play(desk, say, plan, on, quiet=quiet, at=(opens, lambda: live.keep(url, home)))
        verdict = desk.proof.verify()
        if not quiet:
            output.show(report.report(say, played, verdict))
        links = leave(Leaving(played, say, home, verdict))
        if quiet:
            output.line(str(home / links[0].href))
        else:
            output.show(report.files(say, home, links, played))
    if serve and not verdict.breaks:
        live.run(home, plan, say, port)
    return BROKEN if verdict.breaks else DONE
