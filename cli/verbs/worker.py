"""``shidian worker``: a process that sweeps by itself, until it is told to stop."""

import logging
from typing import Annotated

import typer

import scheduler
from cli import output, stores
from cli.options import Reading
from cli.setting import Setting
from cli.verb import Done, asks, leaf
from cli.words import speech

app = leaf("worker")

Once = Annotated[bool, typer.Option("--once")]
DaySeconds = Annotated[float | None, typer.Option("--day-seconds", metavar="SECONDS")]


@asks(app, "worker")
def worker(
    setting: Setting, given: Reading, *, once: Once = False, day_seconds: DaySeconds = None
) -> Done:
    """Run a worker."""
    url = stores.address(given.db)
    clock = stores.clock_of(url)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    if not once:
        output.tell(speech(setting.locale).say("line.worker", url=stores.shown(url)))
    return scheduler.run(url, clock, once=once, day_seconds=day_seconds)
