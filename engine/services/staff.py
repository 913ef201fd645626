"""What the administrators do at the desk, each within their own right and no other's.

The system administrator keeps accounts and fills the posts that work; security administrators
change roles and fill the administrators' posts, one proposing and another one deciding. The
terminal on the server is the root of trust and goes past this (`People`).
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from engine.core import administrators
from engine.core.administrators import SECURITY, SYSTEM
from engine.core.errors import Reason, RefusalError, UnknownObjectError, UsageError
from engine.core.events import Actor
from engine.core.rows import Mandate, Post, RoleChange
from engine.core.state import Draft
from engine.services import offices, registers
from engine.services.accounts import Accounts
from engine.services.house import House
from engine.services.inbox import Inbox, Item
from engine.services.people import People

CHANGES = ("roles", "appoint", "relieve")


@dataclass(frozen=True, slots=True)
class Heritage:
    """One post of somebody who leaves, and the open items that stay with it."""

    post: Post
    items: tuple[Item, ...]


class Staff:
    """Accounts, mandates and roles as administrators change them; every change is an entry."""

    def __init__(self, house: House, people: People, accounts: Accounts, inbox: Inbox) -> None:
        self._house, self._people = house, people
        self._accounts, self._inbox = accounts, inbox

    def _must_be(self, actor: Actor, kind: str) -> None:
        post = self._people.directory().posts.get(actor.post)
        if post is None or administrators.kind_of(post.roles) != kind:
            raise RefusalError((Reason("not_this_administrator", {"kind": kind}),))

    def _working_post(self, code: str) -> Post:
        post = self._post(code)
        if administrators.kind_of(post.roles):
            raise RefusalError((Reason("proposal_needed", {"post": code}),))
        return post

    def _post(self, code: str) -> Post:
        post = self._people.directory().posts.get(code)
        if post is None:
            raise UnknownObjectError("post", code)
        return post

    def _must_work(self, person: str) -> None:
        for post in self._people.posts_of(person):
            if administrators.kind_of(post.roles):
                raise RefusalError((Reason("administrator_at_terminal", {"person": person}),))

    def open_account(self, actor: Actor, person: str, name: str, password: str) -> None:
        """Make an account; commits.

        Raises:
            UsageError: there is one of that name, or name or password will not do.
        """
        self._must_be(actor, SYSTEM)
        if any(one.person == person for one in self._accounts.all()):
            message = f"there is an account {person!r} already"
            raise UsageError(message, "account_taken", person=person)
        self._accounts.add(must_be_name(person), name or person, password)
        self._note(actor, "account_open", person)

    def reset_password(self, actor: Actor, person: str, password: str) -> None:
        """Give somebody who works on projects a new password; the sessions end; commits.

        Raises:
            RefusalError: it is an administrator's, which is given on the server only: whoever
                resets a password could use it.
        """
        self._must_be(actor, SYSTEM)
        self._must_work(person)
        self._accounts.set_password(person, password)
        self._note(actor, "account_password", person)

    def disable(self, actor: Actor, person: str) -> None:
        """Shut an account and end its sessions; commits.

        Raises:
            RefusalError: it is an administrator's.
        """
        self._must_be(actor, SYSTEM)
        self._must_work(person)
        if self._accounts.disable(person):
            self._note(actor, "account_disable", person)

    def _note(self, actor: Actor, deed: str, person: str) -> None:
        """Write down that an account was touched: who, whose, what; never the secret."""
        with self._house.database.write() as cursor:
            registers.note(self._house, cursor, deed, {"person": person}, actor)

    def appoint(
        self, actor: Actor, person: str, post: str, from_on: date | None = None,
        to_on: date | None = None, *, acting: bool = False,
    ) -> None:  # fmt: skip
        """Put a person into a post that works on projects, for a time or for good; commits.

        Raises:
            RefusalError: the post is an administrator's, or the person is one.
        """
        self._must_be(actor, SYSTEM)
        self._working_post(post)
        self._accounts.get(person)
        if acting and (from_on is None or to_on is None):
            message = "whoever stands in does so from a day to a day: give both"
            raise UsageError(message, "acting_days")
        self._people.appoint(person, post, actor, from_on, to_on, acting=acting)

    def relieve(self, actor: Actor, person: str, post: str, on: date | None = None) -> bool:
        """End a person's time in a post that works on projects; commits."""
        self._must_be(actor, SYSTEM)
        self._working_post(post)
        return self._people.relieve(person, post, on or self._people.today(), actor)

    def heritage(self, person: str) -> list[Heritage]:
        """Return what stays behind when a person leaves: each post with its open items."""
        found = []
        for post in self._people.posts_of(person):
            if administrators.kind_of(post.roles) is None:
                items = self._inbox.of(Actor(person, post.code, post.org, "web"))
                found.append(Heritage(post, tuple(item for item in items if item.turns)))
        return found

    def hand_over(self, actor: Actor, person: str, successor: str | None) -> int:
        """End everything of a leaver in one step; return how many mandates ended; commits.

        Mandates, sessions and the account end together. Open items follow the posts; with a
        successor, so does the person who does them.

        Raises:
            RefusalError: an administrator leaves, who is relieved by two first, or the successor
                cannot take the posts.
        """
        self._must_be(actor, SYSTEM)
        self._must_work(person)
        if successor is not None:
            self._accounts.get(successor)
        if successor == person:
            raise UsageError("somebody else takes over, not the one who leaves", "own_successor")
        with self._house.database.write() as cursor:
            on = offices.today(self._house, cursor)
            ended: list[Mandate] = []

            def change(draft: Draft) -> None:
                ended.extend(_leave(draft, person, successor, on))

            registers.change_register(self._house, cursor, "handover", change, actor)
            offices.shut(self._house, cursor, person)
            return len(ended)

    def proposals(self) -> list[RoleChange]:
        """Return every change of roles, newest first."""
        with self._house.database.read() as cursor:
            return offices.changes(self._house, cursor)[::-1]

    def propose(
        self, actor: Actor, kind: str, post: str, person: str | None = None,
        roles: str | None = None,
    ) -> None:  # fmt: skip
        """Propose a change of roles, which another security administrator decides; commits.

        Args:
            actor: a security administrator.
            kind: ``roles``, ``appoint`` or ``relieve``.
            post: whose roles, or the administrator's post to fill or to empty.
            person: who is appointed or relieved.
            roles: the new roles, joined by blanks.

        Raises:
            UsageError: something is missing, or roles are joined that are kept apart.
        """
        self._must_be(actor, SECURITY)
        self._post(post)
        if kind not in CHANGES:
            known = ", ".join(CHANGES)
            raise UsageError(
                f"kind {kind!r}: one of {known}", "role_change", found=kind, known=known
            )
        if kind == "roles":
            registers.must_be_apart(post, roles or "")
        elif not person:
            raise UsageError("say who: the account of a person", "account_unnamed")
        else:
            self._accounts.get(person)
        with self._house.database.write() as cursor:
            row = {"kind": kind, "post": post, "person": person if kind != "roles" else None,
                   "roles": " ".join((roles or "").split()) if kind == "roles" else None,
                   "status": "proposed", "proposed_by": actor.person,
                   "proposed_on": offices.today(self._house, cursor)}  # fmt: skip
            registers.change_register(
                self._house, cursor, "role_propose",
                lambda draft: _add(draft, row), actor,
            )  # fmt: skip

    def decide(self, actor: Actor, n: int, *, confirmed: bool) -> None:
        """Confirm or refuse a proposed change of roles; a confirmed one holds at once; commits.

        Raises:
            RefusalError: the actor proposed it, or is the one whom it is about.
            UnknownObjectError: nothing of that number waits for a decision.
        """
        self._must_be(actor, SECURITY)
        with self._house.database.write() as cursor:
            on = offices.today(self._house, cursor)
            held = next((c for c in offices.changes(self._house, cursor) if c.n == n), None)
            if held is None or held.status != "proposed":
                raise UnknownObjectError("proposal", str(n))
            if confirmed:
                _must_be_another(actor, held)
                self._must_leave_another(cursor, held)

            def change(draft: Draft) -> None:
                status = "confirmed" if confirmed else "refused"
                draft.put(replace(held, status=status, decided_by=actor.person, decided_on=on))
                if confirmed:
                    EFFECTS[held.kind](draft, held, on)

            deed = "role_confirm" if confirmed else "role_refuse"
            registers.change_register(self._house, cursor, deed, change, actor)
            if confirmed and held.person is not None:
                offices.end_sessions(self._house, cursor, held.person)

    def _must_leave_another(self, cursor: Any, held: RoleChange) -> None:
        post = self._house.directory(cursor).posts[held.post]
        kind = administrators.kind_of(post.roles)
        if kind is None or (held.kind == "roles" and held.roles == kind):
            return
        gone = [held.person] if held.kind == "relieve" else []
        if held.kind == "roles":
            gone = [one.person for one in self._people.mandates() if one.post == held.post]
        for person in gone:
            offices.must_leave_another(self._house, cursor, person or "", (kind,))


def must_be_name(person: str) -> str:
    """Return the name of an account, which stands in every entry of what its holder does.

    Raises:
        UsageError: it is empty, longer than 40 characters, or holds blanks or control signs.
    """
    is_plain = person.isprintable() and not any(sign.isspace() or sign in "/:" for sign in person)
    if not 1 <= len(person) <= 40 or not is_plain:  # said in the sentence
        message = f"{person!r} is no name of an account: 1 to 40 signs, no blanks, / or :"
        raise UsageError(message, "account_name", found=person)
    return person


def _must_be_another(actor: Actor, held: RoleChange) -> None:
    if actor.person in (held.proposed_by, held.person):
        raise RefusalError((Reason("second_administrator", {"person": actor.person}),))


def _add(draft: Draft, row: dict[str, Any]) -> None:
    draft.add(RoleChange, **row)


def _leave(draft: Draft, person: str, successor: str | None, on: date) -> list[Mandate]:
    """End every mandate of a person that is open; give the posts to the successor."""
    posts = {row.code: row for row in draft.rows(Post)}
    found = [
        one for one in draft.rows(Mandate)
        if one.person == person and (one.to_on is None or one.to_on > on)
    ]  # fmt: skip
    for one in found:
        draft.put(replace(one, to_on=on))
        if successor is None or one.acting or one.post not in posts:
            continue
        offices.must_be_separate(draft, successor, posts[one.post], on)
        if not _is_in(draft, successor, one.post):
            draft.add(Mandate, person=successor, post=one.post, acting=False, from_on=on)
    return found


def _is_in(draft: Draft, person: str, post: str) -> bool:
    return any(
        (one.person, one.post, one.to_on) == (person, post, None) for one in draft.rows(Mandate)
    )


def _set_roles(draft: Draft, held: RoleChange, on: date) -> None:
    post = next(row for row in draft.rows(Post) if row.code == held.post)
    changed = draft.change(post, roles=held.roles or "")
    for one in draft.rows(Mandate):
        if one.post == post.code and (one.to_on is None or one.to_on >= on):
            offices.must_be_separate(draft, one.person, changed, on)


def _appoint(draft: Draft, held: RoleChange, on: date) -> None:
    person = held.person or ""
    post = next(row for row in draft.rows(Post) if row.code == held.post)
    offices.must_be_separate(draft, person, post, on)
    if not _is_in(draft, person, held.post):
        draft.add(Mandate, person=person, post=held.post, acting=False, from_on=on)


def _relieve(draft: Draft, held: RoleChange, on: date) -> None:
    for one in draft.rows(Mandate):
        is_it = (one.person, one.post) == (held.person, held.post)
        if is_it and (one.to_on is None or one.to_on >= on):
            draft.put(replace(one, to_on=on))


EFFECTS = {"roles": _set_roles, "appoint": _appoint, "relieve": _relieve}
"""What a confirmed change of roles does to the register."""
