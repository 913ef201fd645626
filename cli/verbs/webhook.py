"""``shidian webhook``: other systems that are told of entries: made, listed, resumed and ended."""

from typing import Annotated, Any

import typer

from cli import output
from cli.errors import WrongError
from cli.session import Session
from cli.verb import Done, acts, branch, reads
from engine.core.events import Actor
from engine.storage.webhooks import Webhook

app = branch("webhook")

Url = Annotated[str, typer.Argument(metavar="URL")]
Id = Annotated[str, typer.Argument(metavar="ID")]
Kinds = Annotated[list[str] | None, typer.Option("--kind", metavar="KIND")]
HEADS = ("webhook", "person", "post", "url", "status", "sent", "answer")


@acts(app, "add")
def add(session: Session, url: Url, *, kind: Kinds = None) -> Done:
    """Tell a system for the person and post given, and print its secret this once."""
    actor = session.actor()
    if session.acting.dry_run:
        session.answer({"dry_run": True}, lambda: session.say.say("line.would_make_webhook"))
        return None
    made = session.desk.webhooks.add(actor, url, kind or ())
    data = {**_data(made.webhook), "secret": made.secret}
    session.answer(data, lambda: session.say.say("line.webhook", secret=made.secret))
    return None


@reads(app, "list")
def list_(session: Session) -> Done:
    """Print every webhook, without its secret."""
    found, say = session.desk.webhooks.all(), session.say

    def row(one: Webhook) -> tuple[str, ...]:
        state = say.say(f"line.webhook_{one.state}")
        return one.id, one.person, one.post, one.url, state, str(one.sent), one.answer or "-"

    heads = [say.say(f"head.{key}") for key in HEADS]
    session.answer([_data(one) for one in found], lambda: output.table(heads, map(row, found)))
    return None


@acts(app, "resume")
def resume(session: Session, webhook: Id) -> Done:
    """Go on with a webhook that was stopped or waits, where it stopped.

    Raises:
        WrongError: there is none of that id, or it has ended.
    """
    held = _held(session, webhook)
    if not session.acting.dry_run:
        session.desk.webhooks.resume(held.id, _actor(session, held))
    return _done(session, webhook, "line.webhook_resumed")


@acts(app, "revoke")
def revoke(session: Session, webhook: Id) -> Done:
    """End a webhook.

    Raises:
        WrongError: there is none of that id, or it has ended.
    """
    held = _held(session, webhook)
    if not session.acting.dry_run:
        session.desk.webhooks.revoke(held.id, _actor(session, held))
    return _done(session, webhook, "line.webhook_ended")


def _held(session: Session, name: str) -> Webhook:
    for one in session.desk.webhooks.all():
        if one.id == name and one.revoked_at is None:
            return one
    raise WrongError("webhook", given=name)


def _actor(session: Session, held: Webhook) -> Actor:
    """Return who acts: the post given, or the owner's where none is."""
    if session.asking.post is not None:
        return session.actor()
    return session.desk.actor(held.post, held.person)


def _done(session: Session, name: str, key: str) -> Done:
    data = {"id": name, "dry_run": session.acting.dry_run}
    session.answer(data, lambda: session.say.say(key, given=name))
    return None


def _data(one: Webhook) -> dict[str, Any]:
    return {
        "id": one.id, "person": one.person, "post": one.post, "url": one.url,
        "kinds": one.kinds.split(), "state": one.state, "sent": one.sent,
        "attempts": one.attempts, "answer": one.answer, "created_at": one.created_at,
        "tried_at": one.tried_at, "next_at": one.next_at, "failing_since": one.failing_since,
        "stopped_at": one.stopped_at, "stopped_for": one.stopped_for,
        "revoked_at": one.revoked_at,
    }  # fmt: skip
