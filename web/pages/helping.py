"""使用帮助、投诉与建议: at the same place on every page, for everybody."""

from engine.core.lamps import Lamp, Light
from web.asked import Answer, Asked, Page
from web.facing import MARKS
from web.routes import Routes
from web.rules import Rule

ROUTES = Routes()
LAMPS = (
    Light.NORMAL, Light.DUE_SOON, Light.OVERDUE, Light.EXTENDED, Light.WAITING, Light.PAUSED,
)  # fmt: skip
KEYS = (
    ("/", "find"),
    ("g i / p / w / n / a", "go"),
    ("j k", "step"),
    ("a", "act"),
    ("Esc", "main"),
)
LEAST, MOST = 4, 4_000
"""Characters that a message has."""


@ROUTES.get("/help", Rule.OPEN)
def helping(asked: Asked) -> Answer:
    """Show what the lamps and keys mean, and whom to ask."""
    lamps = [
        (MARKS[light], asked.say.light(Lamp(light)), asked.say.say(f"help.lamp_{light}"))
        for light in LAMPS
    ]
    return Page("help.html.j2", {"lamps": lamps, "shortcuts": KEYS})


@ROUTES.get("/feedback", Rule.OPEN)
def feedback(asked: Asked) -> Answer:
    """Show the form; administrators see what came."""
    return _page(asked)


def _page(asked: Asked, error: str = "", number: int | None = None) -> Page:
    shown = asked.guest is not None and asked.guest.office is not None
    held = asked.site.desk.feedback.all() if shown else []
    facts = {
        "error": error, "number": number, "held": held, "is_shown": shown,
        "text": asked.typed("text") if error else "",
        "contact": asked.typed("contact") if error else "",
    }  # fmt: skip
    return Page("feedback.html.j2", facts, 422 if error else 200)


@ROUTES.post("/feedback", Rule.OPEN)
def receive(asked: Asked) -> Answer:
    """Keep a message and give it a number."""
    text = asked.typed("text")[:MOST]
    if len(text) < LEAST:
        return _page(asked, asked.say.say("feedback.too_short"))
    person = asked.guest.account.person if asked.guest else None
    number = asked.site.desk.feedback.take(text, asked.typed("contact")[:200], person)
    if number is None:
        return _page(asked, asked.say.say("feedback.too_many"))
    return _page(asked, number=number)
