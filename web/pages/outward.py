"""对外: other systems that are told of entries, and addresses for screens that show the wall."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from engine.core.envelopes import TOLD
from engine.core.errors import UnknownObjectError, UsageError
from engine.services.tokens import WALL, path_of
from engine.storage.webhooks import Webhook
from web.asked import Answer, Asked, Go, Page
from web.asking import whole
from web.routes import Routes
from web.rules import Rule

ROUTES = Routes()
HOME = "/me/outward"


@dataclass(frozen=True, slots=True)
class Line:
    """One webhook in words: `is_waiting` says that a person can make it go on at once."""

    id: str
    url: str
    host: str
    kinds: str
    state: str
    light: str
    facts: tuple[str, ...]
    is_waiting: bool


@ROUTES.get(HOME, Rule.SIGNED_IN)
def outward(asked: Asked) -> Answer:
    """Show what goes out in one's own name."""
    return _page(asked)


def _page(asked: Asked, *, secret: str = "", screen: str = "", refused: str = "") -> Page:
    desk, person = asked.site.desk, asked.visitor.account.person
    facts = {
        "hooks": [_line(asked, one) for one in desk.webhooks.of(person)],
        "screens": [one for one in desk.tokens.of(person) if one.has(WALL)],
        "kinds": [(kind, asked.say.event(kind)) for kind in TOLD], "secret": secret,
        "screen": screen, "typed": asked.typed,
        "problem": asked.say.say(refused) if refused else "",
        "chosen": [str(kind) for kind in asked.form.getlist("kinds")], "base": asked.site.base,
    }  # fmt: skip
    return Page("outward.html.j2", facts, HTTPStatus.BAD_REQUEST if refused else HTTPStatus.OK)


def _line(asked: Asked, held: Webhook) -> Line:
    say, separator = asked.say, asked.say.say("units.separator")
    named = [say.event(kind) for kind in held.kinds.split()]
    kinds = separator.join(named) or say.say("hooks.all_kinds")
    host = urlsplit(held.url).netloc
    since = say.say("hooks.from", on=say.day(_local(asked, held.created_at).date()))
    facts = (since, say.say("hooks.sent", n=held.sent), _last(asked, held))
    light = {"live": "green", "failing": "amber"}.get(held.state, "red")
    is_waiting = held.state != "live"
    return Line(held.id, held.url, host, kinds, _state(asked, held), light, facts, is_waiting)


def _state(asked: Asked, held: Webhook) -> str:
    say = asked.say
    if held.state == "failing":
        return say.say("hooks.failing", n=held.attempts, at=_moment(asked, held.next_at))
    if held.state == "stopped":
        reason = say.say(f"hooks.for_{held.stopped_for}")
        return say.say("hooks.stopped", reason=reason)
    return say.say("hooks.live")


def _last(asked: Asked, held: Webhook) -> str:
    if held.tried_at is None or held.answer is None:
        return asked.say.say("hooks.never")
    key = f"hooks.answer_{held.answer}"
    has = asked.say.has(key)
    answer = asked.say.say(key) if has else asked.say.say("hooks.answer_status", status=held.answer)
    return asked.say.say("hooks.last", at=_moment(asked, held.tried_at), answer=answer)


def _moment(asked: Asked, at: datetime) -> str:
    local = _local(asked, at)
    return f"{asked.say.day(local.date())} {local:%H:%M}"


def _local(asked: Asked, at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(asked.site.timezone))


@ROUTES.post("/me/webhooks", Rule.SIGNED_IN)
def add_hook(asked: Asked) -> Answer:
    """Tell another system, and show its secret this once."""
    kinds = [str(kind) for kind in asked.form.getlist("kinds")]
    try:
        made = asked.site.desk.webhooks.add(asked.visitor.actor(), asked.typed("url"), kinds)
    except UsageError:
        return _page(asked, refused="hooks.refused")
    return _page(asked, secret=made.secret)


@ROUTES.post("/me/webhooks/{id}/resume", Rule.SIGNED_IN)
def resume_hook(asked: Asked) -> Answer:
    """Go on with one of one's own.

    Raises:
        UnknownObjectError: there is none of theirs.
    """
    person = asked.visitor.account.person
    asked.site.desk.webhooks.resume(asked.at["id"], asked.visitor.actor(), person)
    return Go(HOME)


@ROUTES.post("/me/webhooks/{id}/revoke", Rule.SIGNED_IN)
def revoke_hook(asked: Asked) -> Answer:
    """End one of one's own.

    Raises:
        UnknownObjectError: there is none of theirs.
    """
    person = asked.visitor.account.person
    asked.site.desk.webhooks.revoke(asked.at["id"], asked.visitor.actor(), person)
    return Go(HOME)


@ROUTES.post("/me/displays", Rule.SIGNED_IN)
def add_screen(asked: Asked) -> Answer:
    """Make an address for a screen in the post one acts in, and show it this once."""
    held = asked.visitor
    try:
        made = asked.site.desk.tokens.add(
            held.account.person, held.post.code, asked.typed("name"), (WALL,), whole(asked, "days")
        )
    except UsageError:
        return _page(asked, refused="screens.refused")
    return _page(asked, screen=asked.site.base + path_of(made.secret))


@ROUTES.post("/me/displays/{id}/revoke", Rule.SIGNED_IN)
def revoke_screen(asked: Asked) -> Answer:
    """End an address of one's own.

    Raises:
        UnknownObjectError: there is none of theirs.
    """
    person, name = asked.visitor.account.person, asked.at["id"]
    if not any(one.id == name and one.has(WALL) for one in asked.site.desk.tokens.of(person)):
        raise UnknownObjectError("token", name)
    asked.site.desk.tokens.revoke(name, person)
    return Go(HOME)
