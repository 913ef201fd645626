"""The frame of every page: navigation, language, size of text, the clock's banner."""

from typing import Any

from engine.core import administrators
from engine.core.deadlines import local_day
from templates.environment import render as rendered
from web.asked import Asked, Page
from web.assets import assets

NAVIGATION = (
    ("inbox", "/"), ("projects", "/projects"), ("wall", "/wall"), ("notices", "/n"),
    ("audit", "/audit"),
)  # fmt: skip
"""The main entries, in the same places for everybody."""

OFFICES = {
    administrators.SYSTEM: (("people", "/settings/people"),),
    administrators.SECURITY: (("people", "/settings/people"),),
    administrators.AUDIT: (("audit", "/audit"), ("people", "/settings/people")),
}
"""What administrators find there instead: they have no part in projects."""

SECTIONS = {"t": "inbox", "p": "projects", "settings": "people"}
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
        "nav": OFFICES.get(guest.office or "", NAVIGATION) if guest else (),
        "here": _here(asked.path), "path": asked.path,
        "clock": _clock(asked) if _has_clock(asked) else None, "title": None,
    }  # fmt: skip


def _here(path: str) -> str:
    first = path.strip("/").partition("/")[0]
    entries = {href.strip("/"): key for key, href in NAVIGATION}
    return SECTIONS.get(first) or entries.get(first, "")


def _has_clock(asked: Asked) -> bool:
    """Whether the banner of a simulated clock is shown: to everybody but administrators."""
    return asked.site.is_simulated and not (asked.guest and asked.guest.office)


def _clock(asked: Asked) -> str:
    house = asked.site.desk.house
    with house.database.read() as cursor:
        return asked.say.day_full(local_day(house.now(cursor), asked.site.timezone))
