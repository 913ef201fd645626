"""使用帮助、投诉与建议: at the same place on every page, for everybody."""

from http import HTTPStatus

from engine.core.lamps import Lamp, Light
from engine.services.feedback import KINDS
from web.asked import Answer, Asked, Page
from web.facing import MARKS
from web.paging import paged
from web.routes import Routes
from web.rules import Rule

ROUTES = Routes()
LAMPS = (
    Light.NORMAL, Light.DUE_SOON, Light.OVERDUE, Light.EXTENDED, Light.WAITING, Light.PAUSED,
)  # fmt: skip
SHORTCUTS = (
    ("/", "find"),
    ("g i / p / w / n / a", "go"),
    ("j k", "step"),
    ("a", "act"),
    ("Esc", "main"),
)
LEAST, MOST = 4, 4_000
"""Characters that a message has."""

WORDS = (
    "programme", "wave", "project", "workflow", "stage", "standing", "task", "gate", "seal",
    "deadline", "rung", "cadence", "notice", "entry", "org",
)  # fmt: skip
"""The glossary, in the order in which one meets its words."""


@ROUTES.get("/help", Rule.OPEN)
def helping(asked: Asked) -> Answer:
    """Show what the lamps and keys mean, and whom to ask."""
    lamps = [
        (MARKS[light], asked.say.light(Lamp(light)), asked.say.say(f"help.lamp_{light}"))
        for light in LAMPS
    ]
    return Page("help.html.j2", {"lamps": lamps, "shortcuts": SHORTCUTS, "words": WORDS})


@ROUTES.get("/feedback", Rule.OPEN)
def feedback(asked: Asked) -> Answer:
    """Show the form; administrators see what came."""
    return _page(asked)


def _page(
    asked: Asked, error: str = "", number: int | None = None, status: int = HTTPStatus.OK
) -> Page:
    shown = asked.guest is not None and asked.guest.office is not None
    held, pages = paged(asked, asked.site.desk.feedback.all() if shown else [])
    facts = {
        "kinds": KINDS, "kind": asked.typed("kind") or KINDS[-1], "pages": pages,
        "nameless": bool(asked.typed("nameless")), "error": error, "number": number,
        "held": held, "is_shown": shown,
        "text": asked.typed("text") if error else "",
        "contact": asked.typed("contact") if error else "",
    }  # fmt: skip
    return Page("feedback.html.j2", facts, status)


@ROUTES.post("/feedback", Rule.OPEN)
def receive(asked: Asked) -> Answer:
    """Keep a message and give it a number."""
    text = asked.typed("text")[:MOST]
    if len(text) < LEAST:
        error = asked.say.say("feedback.too_short")
        return _page(asked, error, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    is_named = asked.guest is not None and not asked.typed("nameless")
    kind = asked.typed("kind") if asked.typed("kind") in KINDS else KINDS[-1]
    number = asked.site.desk.feedback.take(
        text, asked.typed("contact")[:200],
        asked.visitor.account.person if is_named else None, kind, asked.address,
    )  # fmt: skip
    if number is None:
        error = asked.say.say("feedback.too_many")
        return _page(asked, error, status=HTTPStatus.TOO_MANY_REQUESTS)
    return _page(asked, number=number)
