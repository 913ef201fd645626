"""Who is in which post, and what a post may see: its own org and everything below it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from engine.core import administrators
from engine.core.administrators import holds_on
from engine.core.deadlines import local_day
from engine.core.directory import Directory
from engine.core.events import Actor
from engine.core.rows import Mandate, Party, Post
from engine.core.state import Draft
from engine.services import offices, registers
from engine.services.house import REGISTER, House


class People:
    """Mandates: persons in posts, with dates; every change is an entry of the register."""

    def __init__(self, house: House) -> None:
        self._house = house

    def today(self) -> date:
        """Return the office's day by the house's clock."""
        with self._house.database.read() as cursor:
            return self._today(cursor)

    def _today(self, cursor: Any) -> date:
        return local_day(self._house.now(cursor), self._house.ports.timezone)

    def directory(self) -> Directory:
        """Return the orgs and posts."""
        with self._house.database.read() as cursor:
            return self._house.directory(cursor)

    def mandates(self, on: date | None = None) -> list[Mandate]:
        """Return the mandates that hold on a day (today when None), by person and post."""
        with self._house.database.read() as cursor:
            day = on or self._today(cursor)
            held = [one for one in self._all(cursor) if holds_on(one, day)]
        return sorted(held, key=lambda one: (one.person, one.post))

    def all_mandates(self) -> list[Mandate]:
        """Return every mandate, ended ones and those to come too, oldest entry first."""
        with self._house.database.read() as cursor:
            return list(self._all(cursor))

    def _all(self, cursor: Any) -> Iterable[Mandate]:
        state = self._house.store(cursor).find(REGISTER)
        return list(state.rows(Mandate)) if state else []

    def posts_of(self, person: str, on: date | None = None) -> list[Post]:
        """Return the posts a person is in on a day, those of their own before acting ones."""
        posts = self.directory().posts
        held = [one for one in self.mandates(on) if one.person == person and one.post in posts]
        return [posts[one.post] for one in sorted(held, key=lambda one: (one.acting, one.post))]

    def appoint(
        self, person: str, post: str, actor: Actor, from_on: date | None = None,
        to_on: date | None = None, *, acting: bool = False,
    ) -> None:  # fmt: skip
        """Put a person into a post for a time; commits.

        Raises:
            UnknownObjectError: there is no such post.
            UsageError: the time ends before it begins, or the person is in the post already.
            RefusalError: the post does not go with another one of the person.
        """
        registers.actor_of(self._house, post, person, actor.channel)
        new = Mandate(0, person, post, acting, from_on, to_on)
        with self._house.database.write() as cursor:
            registers.appoint(self._house, cursor, new, actor)

    def office(self, kind: str, name: str, actor: Actor) -> None:
        """Make the post of an administrator where the register has none of that code; commits.

        It belongs to no org, so that it sees and does nothing in projects.
        """
        with self._house.database.write() as cursor:
            if kind not in self._house.directory(cursor).posts:
                row = Post(0, kind, administrators.NOWHERE, name, kind)
                registers.enter(self._house, cursor, [row], actor)

    def relieve(self, person: str, post: str, to_on: date, actor: Actor) -> bool:
        """End a person's time in a post on a day; False when there is none to end; commits.

        Raises:
            RefusalError: the person is the last administrator of the post's kind.
        """

        def change(draft: Draft) -> None:
            for one in draft.rows(Mandate):
                if (one.person, one.post) == (person, post) and holds_on(one, to_on):
                    draft.put(replace(one, to_on=to_on))

        with self._house.database.write() as cursor:
            held = self._house.directory(cursor).posts.get(post)
            kind = administrators.kind_of(held.roles) if held else None
            if kind is not None:
                offices.must_leave_another(self._house, cursor, person, (kind,))
            return registers.change_register(self._house, cursor, "relieve", change, actor)


def may_see(directory: Directory, org: str, parties: Iterable[Party]) -> bool:
    """Return whether an org may see a project: it, or one below it, takes part now."""
    return any(one.to_on is None and org in directory.above(one.org) for one in parties)
