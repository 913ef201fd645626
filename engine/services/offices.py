"""The offices of the three administrators: who holds them, and that none is ever left empty."""

from datetime import date
from typing import Any

from engine.core import administrators
from engine.core.administrators import KINDS
from engine.core.deadlines import local_day
from engine.core.errors import Reason, RefusalError
from engine.core.rows import Mandate, Post, RoleChange
from engine.core.state import Draft
from engine.services.house import REGISTER, House
from engine.storage import desk_rows
from engine.storage.accounts import Account, Session


def mandates(house: House, cursor: Any) -> list[Mandate]:
    """Return every mandate of the register, ended ones too."""
    state = house.store(cursor).find(REGISTER)
    return list(state.rows(Mandate)) if state else []


def changes(house: House, cursor: Any) -> list[RoleChange]:
    """Return every change of roles that was ever proposed, oldest first."""
    state = house.store(cursor).find(REGISTER)
    return list(state.rows(RoleChange)) if state else []


def today(house: House, cursor: Any) -> date:
    """Return the office's day by the house's clock."""
    return local_day(house.now(cursor), house.ports.timezone)


def sole(house: House, cursor: Any, person: str) -> list[str]:
    """Return the kinds of administrator of which a person is the last one who can sign in."""
    posts, on = house.directory(cursor).posts, today(house, cursor)
    held = mandates(house, cursor)
    able = {
        one.person
        for one in desk_rows.rows(house.database, cursor, Account, ("person",))
        if one.secret is not None and one.disabled_at is None
    }
    found = {kind: administrators.in_office(kind, held, posts, on) & able for kind in KINDS}
    return [kind for kind in KINDS if found[kind] == {person}]


def is_last(house: House, cursor: Any, person: str) -> bool:
    """Return whether a person is the last administrator of some kind."""
    return bool(sole(house, cursor, person))


def must_leave_another(
    house: House, cursor: Any, person: str, kinds: tuple[str, ...] = KINDS
) -> None:
    """Hold that an office does not lose its last administrator.

    Raises:
        RefusalError: it would.
    """
    last = [kind for kind in sole(house, cursor, person) if kind in kinds]
    if last:
        raise RefusalError(
            tuple(Reason("last_administrator", {"person": person, "kind": kind}) for kind in last)
        )


def must_be_separate(draft: Draft, person: str, post: Post, on: date) -> None:
    """Hold that nobody is two administrators, or an administrator who works on projects.

    Raises:
        RefusalError: the person holds, or will hold, a post that does not go with this one.
    """
    posts = {row.code: row for row in draft.rows(Post)}
    open_ones = [one for one in draft.rows(Mandate) if one.to_on is None or one.to_on >= on]
    wanted = administrators.kind_of(post.roles) or ""
    held = administrators.kinds_of(person, open_ones, posts) - {wanted}
    if held and (wanted or any(held)):
        other = next(
            one.post
            for one in open_ones
            if one.person == person
            and one.post in posts
            and (administrators.kind_of(posts[one.post].roles) or "") != wanted
        )
        facts = {"person": person, "post": post.code, "other": other}
        raise RefusalError((Reason("offices_joined", facts),))


def end_sessions(house: House, cursor: Any, person: str) -> None:
    """Sign a person out everywhere: what they may do has changed."""
    desk_rows.remove(house.database, cursor, Session, person=person)


def shut(house: House, cursor: Any, person: str) -> bool:
    """Disable an account and end its sessions; False when there is none open."""
    database = house.database
    held = desk_rows.row(database, cursor, Account, person=person)
    end_sessions(house, cursor, person)
    if held is None or held.disabled_at is not None:
        return False
    now = database.clock(cursor)
    desk_rows.change(database, cursor, Account, {"person": person}, disabled_at=now)
    return True
