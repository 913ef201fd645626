"""What goes out of the house: webhooks, and addresses under which a screen shows the wall."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import Field

from engine.core.errors import UnknownObjectError
from engine.services.tokens import LONGEST_DAYS, NAME_LENGTH, WALL, path_of
from engine.storage.tokens import Token
from engine.storage.webhooks import Webhook
from web.api.operation import Call, Nothing, Operation, Operations, Reply
from web.rules import Rule

OPERATIONS = Operations()


@dataclass(frozen=True, slots=True)
class WebhookAsked:
    """Where entries are to be sent, and which kinds; all of them where none is named."""

    url: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WebhookShown:
    """A webhook: ``live``, ``failing`` until `next_at`, ``stopped`` or ``revoked``.

    `answer` is the status, or the fault, of the last try. `secret` is told only when it is made.
    """

    id: str
    url: str
    kinds: list[str]
    post: str
    state: str
    created_at: datetime
    sent: int
    attempts: int
    tried_at: datetime | None
    next_at: datetime | None
    answer: str | None
    failing_since: datetime | None
    stopped_at: datetime | None
    stopped_for: str | None
    secret: str | None = None


@dataclass(frozen=True, slots=True)
class WebhookList:
    """The caller's webhooks, the oldest first."""

    items: list[WebhookShown]


@dataclass(frozen=True, slots=True)
class DisplayAsked:
    """What a screen is called, and how many days its address is valid."""

    name: Annotated[str, Field(min_length=1, max_length=NAME_LENGTH)]
    days: Annotated[int, Field(ge=1, le=LONGEST_DAYS)] = LONGEST_DAYS


@dataclass(frozen=True, slots=True)
class DisplayShown:
    """An address of a screen; `path` is told only when it is made."""

    id: str
    name: str
    post: str
    expires_at: datetime
    used_at: datetime | None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class DisplayList:
    """The caller's addresses for screens, the oldest first."""

    items: list[DisplayShown]


def webhook_shown(held: Webhook, secret: str | None = None) -> WebhookShown:
    """Return a webhook as programs see it."""
    is_failing = held.state == "failing"
    return WebhookShown(
        held.id, held.url, held.kinds.split(), held.post, held.state, held.created_at, held.sent,
        held.attempts, held.tried_at, held.next_at if is_failing else None, held.answer,
        held.failing_since, held.stopped_at, held.stopped_for, secret,
    )  # fmt: skip


def display_shown(held: Token, secret: str | None = None) -> DisplayShown:
    """Return an address of a screen as programs see it."""
    path = path_of(secret) if secret is not None else None
    return DisplayShown(held.id, held.name, held.post, held.expires_at, held.used_at, path)


@OPERATIONS.get("webhooks_list", "/webhooks", WebhookList)
def webhooks(call: Call) -> Reply:
    """Return the caller's webhooks."""
    found = call.desk.webhooks.of(call.bearer.account.person)
    return Reply(WebhookList([webhook_shown(one) for one in found]))


@OPERATIONS.get("displays_list", "/displays", DisplayList)
def displays(call: Call) -> Reply:
    """Return the caller's addresses for screens."""
    found = call.desk.tokens.of(call.bearer.account.person)
    return Reply(DisplayList([display_shown(one) for one in found if one.has(WALL)]))


def add_webhook(call: Call) -> Reply:
    """Make a webhook for the post of the token."""
    made = call.desk.webhooks.add(call.bearer.actor(), call.body.url, call.body.kinds)
    return Reply(webhook_shown(made.webhook, made.secret))


def resume_webhook(call: Call) -> Reply:
    """Go on with a webhook of the caller's."""
    person, name = call.bearer.account.person, call.at["id"]
    call.desk.webhooks.resume(name, call.bearer.actor(), person)
    return Reply(
        next(webhook_shown(one) for one in call.desk.webhooks.of(person) if one.id == name)
    )


def revoke_webhook(call: Call) -> Reply:
    """End a webhook of the caller's; answers with those that are left."""
    call.desk.webhooks.revoke(call.at["id"], call.bearer.actor(), call.bearer.account.person)
    return webhooks(call)


def add_display(call: Call) -> Reply:
    """Make an address of a screen for the post of the token."""
    held = call.bearer
    made = call.desk.tokens.add(
        held.account.person, held.post.code, call.body.name, (WALL,), call.body.days
    )
    return Reply(display_shown(made.token, made.secret))


def revoke_display(call: Call) -> Reply:
    """End an address of a screen of the caller's; answers with those that are left.

    Raises:
        UnknownObjectError: there is none of that id; tokens of programs are ended elsewhere.
    """
    person, name = call.bearer.account.person, call.at["id"]
    if not any(one.id == name and one.has(WALL) for one in call.desk.tokens.of(person)):
        raise UnknownObjectError("token", name)
    call.desk.tokens.revoke(name, person)
    return displays(call)


ACTS = (
    ("webhook_add", "/webhooks", add_webhook, WebhookShown, WebhookAsked),
    ("webhook_resume", "/webhooks/{id}/resume", resume_webhook, WebhookShown, Nothing),
    ("webhook_revoke", "/webhooks/{id}/revoke", revoke_webhook, WebhookList, Nothing),
    ("display_add", "/displays", add_display, DisplayShown, DisplayAsked),
    ("display_revoke", "/displays/{id}/revoke", revoke_display, DisplayList, Nothing),
)

OPERATIONS.found += [
    Operation(
        key, "POST", path, Rule.SIGNED_IN, "act", handler, answers, takes=takes, of_project=False
    )
    for key, path, handler, answers, takes in ACTS
]
