"""The desk of a demonstration: the programme stopped on a day when much is going on, and served."""

import secrets
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

import bootstrap
from bootstrap import SYSTEM, Desk
from cli import output, stores
from cli.demo.folder import DESK
from engine.core.plan import Plan
from engine.core.rows import Post
from engine.services.clocks import SimulatedClock
from engine.services.story import Story
from templates.words import Words
from web import serving
from web.site import Site

WORDS = 3
"""Groups of four letters in a password of a demonstration: easy to type, hard to guess."""
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def keep(url: str, home: Path) -> None:
    """Keep the database as it stands on the day on which the desk is to open."""
    stores.copy(url, home / DESK)


def run(home: Path, plan: Plan, say: Words, port: int | None) -> None:
    """Serve the desk until told to stop; every post gets a sign-in with one new password."""
    url = stores.address(str(home / DESK))
    with bootstrap.open(url, SimulatedClock.kind, say.locale) as desk:
        password = "-".join(
            "".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(WORDS)
        )
        posts = _welcome(desk, password, say.locale)
        port = port or serving.free_port()
        base = f"http://{serving.HOST}:{port}"
        site = Site(desk, story=Story(desk.house, plan), base=base)
        serving.serve(
            site, serving.HOST, port,
            lambda address: output.show(_told(say, desk, posts, address, password)),
        )  # fmt: skip


def person_of(post: Post) -> str:
    """Return the account of a post in a demonstration: persons are posts there."""
    return post.code.lower().replace("@", "-")


def _welcome(desk: Desk, password: str, locale: str) -> list[Post]:
    """Appoint somebody to every post; return one post of each kind, to be shown."""
    found: dict[str, Post] = {}
    for post in desk.people.directory().posts.values():
        found.setdefault(post.roles, post)
        if not desk.people.posts_of(person_of(post)):
            desk.people.appoint(person_of(post), post.code, SYSTEM)
    for post in found.values():
        desk.accounts.add(person_of(post), post.name, password, locale)
    return list(found.values())


def _told(
    say: Words, desk: Desk, posts: Sequence[Post], address: str, password: str
) -> RenderableType:
    today: date = desk.people.today()
    pairs = [(person_of(post), post.name) for post in posts]
    return output.apart(
        [
            Group(Text(say.say("demo.serves", address=address, on=say.day(today)), "bold green")),
            Group(say.say("demo.sign_in", password=password), output.facts(pairs)),
            Text(say.say("demo.stop"), "dim"),
        ]
    )
