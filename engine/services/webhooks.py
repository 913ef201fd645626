"""Webhooks: other systems that are told of the entries of projects, for a person in a post.

A webhook tells no more than its owner's post may see, and ends with the account or the mandate.
Making, resuming and ending one are entries of the register; what it was sent is none.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from engine.core import administrators
from engine.core.addresses import Network, target_of
from engine.core.envelopes import TOLD, secret_of
from engine.core.errors import UnknownObjectError, UsageError
from engine.core.events import Actor
from engine.core.rows import Post
from engine.services import registers
from engine.services.house import House
from engine.storage import desk_rows, webhooks
from engine.storage.accounts import Account
from engine.storage.webhooks import OLDEST, Webhook

MOST = 20
"""Webhooks that one person may have at once."""


@dataclass(frozen=True, slots=True)
class Subscribed:
    """A new webhook with its secret, which is told once and signs everything it is sent."""

    webhook: Webhook
    secret: str


class Webhooks:
    """The webhooks of one house."""

    def __init__(self, house: House, allowed: tuple[Network, ...] = ()) -> None:
        self._house, self._allowed = house, allowed

    def add(self, actor: Actor, url: str, kinds: Iterable[str] = ()) -> Subscribed:
        """Tell a system of every entry from now on; commits.

        Args:
            actor: whose webhook it is: what their post may see is what is told.
            url: where to; ``https``, and a public address unless the settings allow others.
            kinds: kinds of entries; all of them where none is named.

        Raises:
            UnknownObjectError: the person has no account.
            UsageError: the address will not do, there is no such kind, there are too many, or
                the post is an administrator's, who sees no project.
        """
        target_of(url, self._allowed)
        wanted = _kinds(kinds)
        database, secret = self._house.database, secret_of(secrets.token_bytes(32))
        with database.write() as cursor:
            account = desk_rows.row(database, cursor, Account, person=actor.person)
            if account is None or account.disabled_at is not None:
                raise UnknownObjectError("account", actor.person)
            if not works(self._house.directory(cursor).posts.get(actor.post)):
                raise UsageError(
                    f"post {actor.post}: sees no project", "post_sees_nothing", post=actor.post
                )
            held = desk_rows.rows(database, cursor, Webhook, OLDEST, person=actor.person)
            if sum(one.revoked_at is None for one in held) >= MOST:
                message = f"at most {MOST} webhooks a person: revoke one first"
                raise UsageError(message, "webhooks_most", most=MOST)
            now, at = self._house.now(cursor), database.clock(cursor)
            new = Webhook(
                secrets.token_hex(6), actor.person, actor.post, url, wanted, secret, now, at, at
            )
            desk_rows.add(database, cursor, new)
            webhooks.begin(database, cursor, new.id, now)
            self._note(cursor, "webhook_add", new, actor)
        return Subscribed(_shown(new), secret)

    def of(self, person: str) -> list[Webhook]:
        """Return the webhooks of a person that are not revoked, the oldest first."""
        return [one for one in self._all(person=person) if one.revoked_at is None]

    def all(self) -> list[Webhook]:
        """Return every webhook there ever was, the oldest first."""
        return self._all()

    def _all(self, **equal: str) -> list[Webhook]:
        with self._house.database.read() as cursor:
            found = desk_rows.rows(self._house.database, cursor, Webhook, OLDEST, **equal)
        return [_shown(one) for one in found]

    def resume(self, name: str, actor: Actor, person: str | None = None) -> None:
        """Go on with a webhook that was stopped, or wait no longer for the next try; commits.

        It goes on where it stopped: what was written meanwhile is told too.

        Raises:
            UnknownObjectError: there is no such webhook, it is revoked, or it is another's.
        """
        with self._house.database.write() as cursor:
            held = self._held(cursor, name, person)
            fresh = {
                "attempts": 0, "failing_since": None, "stopped_at": None, "stopped_for": None,
                "next_at": self._house.database.clock(cursor), "answer": None,
                "claim": None, "claimed_until": None,
            }  # fmt: skip
            desk_rows.change(self._house.database, cursor, Webhook, {"id": name}, **fresh)
            self._note(cursor, "webhook_resume", held, actor)

    def revoke(self, name: str, actor: Actor, person: str | None = None) -> None:
        """End a webhook for good; its secret is forgotten; commits. With `person`, one of theirs.

        Raises:
            UnknownObjectError: there is no such webhook, it is revoked, or it is another's.
        """
        with self._house.database.write() as cursor:
            held = self._held(cursor, name, person)
            # Without its claim, a worker that is just sending notes nothing more.
            at = self._house.database.clock(cursor)
            ended = {"revoked_at": at, "secret": "", "claim": None}
            desk_rows.change(self._house.database, cursor, Webhook, {"id": name}, **ended)
            desk_rows.remove(self._house.database, cursor, webhooks.Place, webhook=name)
            self._note(cursor, "webhook_revoke", held, actor)

    def _held(self, cursor: Any, name: str, person: str | None) -> Webhook:
        held = desk_rows.row(self._house.database, cursor, Webhook, id=name)
        if held is None or held.revoked_at is not None or person not in (None, held.person):
            raise UnknownObjectError("webhook", name)
        return held

    def _note(self, cursor: Any, deed: str, held: Webhook, actor: Actor) -> None:
        facts = {"webhook": held.id, "url": held.url, "kinds": held.kinds, "owner": held.person}
        registers.note(self._house, cursor, deed, facts, actor)


def works(post: Post | None) -> bool:
    """Return whether a post works on projects: no administrator's does."""
    return post is not None and administrators.kind_of(post.roles) is None


def _kinds(given: Iterable[str]) -> str:
    wanted = list(dict.fromkeys(given))
    unknown = [kind for kind in wanted if kind not in TOLD]
    if unknown:
        named, known = ", ".join(unknown), ", ".join(TOLD)
        message = f"kinds {named}: one or more of {known}"
        raise UsageError(message, "webhook_kinds", found=named, known=known)
    return " ".join(kind for kind in TOLD if kind in wanted)


def _shown(held: Webhook) -> Webhook:
    """Return a webhook without what signs for it."""
    return replace(held, secret="")
