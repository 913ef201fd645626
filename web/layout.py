"""The frame of every page: navigation, language, size of text, the clock's banner."""

from typing import Any

from engine.core.deadlines import local_day
from templates.environment import render as rendered
from web.asked import Asked, Page
from web.assets import assets

NAVIGATION = (
    ("inbox", "/"), ("projects", "/projects"), ("wall", "/wall"), ("notices", "/n"),
    ("audit", "/audit"),
)  # fmt: skip
"""The main entries, in the same places for everybody."""

SECTIONS = {"t": "inbox", "p": "projects"}
"""Pages below an entry that have another first word in their address."""


def render(asked: Asked, page: Page) -> str:
    """Return a page as HTML."""
    return rendered(f"pages/{page.template}", {**_frame(asked), **page.facts})


def _frame(asked: Asked) -> dict[str, Any]:
    say, guest = asked.say, asked.guest
    return {
        "say": say.say, "count_of": say.count, "day": say.day, "day_short": say.day_short,
        "lang": say.say("lang"), "locale": say.locale, "text_size": asked.text_size,
        "visitor": guest, "csrf": guest.session.csrf if guest else "",
        "keys": guest.account.keys if guest else False,
        "asset": {name: held.href for name, held in assets().items()},
        "nav": NAVIGATION, "here": _here(asked.path), "path": asked.path,
        "clock": _clock(asked) if asked.site.is_simulated else None, "title": None,
    }  # fmt: skip


def _here(path: str) -> str:
    first = path.strip("/").partition("/")[0]
    entries = {href.strip("/"): key for key, href in NAVIGATION}
    return SECTIONS.get(first) or entries.get(first, "")


def _clock(asked: Asked) -> str:
    house = asked.site.desk.house
    with house.database.read() as cursor:
        return asked.say.day_full(local_day(house.now(cursor), asked.site.timezone))
