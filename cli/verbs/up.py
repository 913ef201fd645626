"""``shidian up``: the desk of a database on an address of this machine, with the worker beside."""

from typing import Annotated

import typer

import bootstrap
from cli import output, stores
from cli.forms import whole
from cli.options import Reading
from cli.setting import Setting
from cli.verb import Done, asks, leaf
from cli.words import speech
from engine.services.clocks import SimulatedClock
from engine.services.story import Story
from web import serving
from web.site import Site

app = leaf("up")

Host = Annotated[str, typer.Option("--host", metavar="ADDRESS")]
Port = Annotated[int | None, typer.Option("--port", metavar="PORT", parser=whole)]
Names = Annotated[list[str] | None, typer.Option("--name", metavar="HOST")]
Https = Annotated[bool, typer.Option("--https")]


@asks(app, "up")
def up(
    setting: Setting, given: Reading, *, host: Host = serving.HOST, port: Port = None,
    name: Names = None, https: Https = False,
) -> Done:  # fmt: skip
    """Serve the desk of a database that exists."""
    url = stores.address(given.db)
    clock, say = stores.clock_of(url), speech(setting.locale)
    with bootstrap.open(url, clock, setting.locale) as desk:
        story = Story(desk.house, None) if clock == SimulatedClock.kind else None
        hosts = tuple(dict.fromkeys((*Site.hosts_of_this_machine, host, *(name or ()))))
        site = Site(desk, hosts, is_https=https, story=story)
        serving.serve(
            site, host, port or serving.free_port(host),
            lambda address: output.show(say.say("line.up", address=address)),
        )  # fmt: skip
    return None
