"""Ways of looking at the register that a person keeps, and may share with their unit."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.core.errors import UnknownObjectError, UsageError
from engine.services.house import House
from engine.storage import desk_rows
from engine.storage.database import Database
from engine.storage.views import Opening, View

MOST, LONGEST = 50, 40
"""Views a person keeps, and characters of a name."""

MOST_ASKED = 4_000
"""Characters of what a view asks for."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A view: its filters, order (``order``) and columns (``cols``, by commas) as texts by name.

    `is_mine` is false for one that another person of the unit shares.
    """

    id: str
    name: str
    asked: Mapping[str, str]
    is_shared: bool
    is_mine: bool
    opens: bool


class Views:
    """The views of one house; no entry of the trail holds them."""

    def __init__(self, house: House) -> None:
        self._house = house

    def of(self, person: str, org: str) -> list[Kept]:
        """Return a person's own views and those shared with their unit, own ones first, by name."""
        database = self._house.database
        with database.read() as cursor:
            rows = _seen(database, cursor, person, org)
            opening = desk_rows.row(database, cursor, Opening, person=person)
        first = opening.view if opening else None
        kept = [_kept(row, person, opens=row.id == first) for row in rows]
        return sorted(kept, key=lambda one: (not one.is_mine, one.name, one.id))

    def get(self, view: str, person: str, org: str) -> Kept:
        """Return one view.

        Raises:
            UnknownObjectError: there is none, or it is not shared with the person's unit.
        """
        for one in self.of(person, org):
            if one.id == view:
                return one
        raise UnknownObjectError("view", view)

    def opening(self, person: str, org: str) -> Kept | None:
        """Return the view with which a person's register opens, None for the whole register."""
        return next((one for one in self.of(person, org) if one.opens), None)

    def keep(
        self, person: str, name: str, asked: Mapping[str, str], shared_with: str | None
    ) -> str:
        """Keep a new view and return its id; commits.

        Raises:
            UsageError: the name is empty, too long or taken, or there are too many views.
        """
        text, said = _named(name), _said(asked)
        database = self._house.database
        with database.write() as cursor:
            self._house.alone(cursor)
            held = desk_rows.rows(database, cursor, View, person=person)
            if len(held) >= MOST:
                raise UsageError(
                    f"view: at most {MOST} views for a person", "views_most", most=MOST
                )
            _must_be_free(held, text, None)
            id_, now = secrets.token_hex(6), self._house.now(cursor)
            desk_rows.add(database, cursor, View(id_, person, shared_with, text, said, now))
        return id_

    def change(
        self, view: str, person: str, name: str, asked: Mapping[str, str] | None,
        shared_with: str | None,
    ) -> None:  # fmt: skip
        """Change one's own view; `asked` None leaves what it shows; commits.

        Raises:
            UnknownObjectError: the person has no such view.
            UsageError: the name is empty, too long or taken.
        """
        text, database = _named(name), self._house.database
        with database.write() as cursor:
            self._house.alone(cursor)
            held = desk_rows.rows(database, cursor, View, person=person)
            row = _own(held, view)
            _must_be_free(held, text, view)
            said = row.asked if asked is None else _said(asked)
            desk_rows.change(
                database, cursor, View, {"id": view}, name=text, asked=said, org=shared_with,
                changed_at=self._house.now(cursor),
            )  # fmt: skip

    def remove(self, view: str, person: str) -> None:
        """Remove one's own view; whoever's register opened with it sees everything; commits.

        Raises:
            UnknownObjectError: the person has no such view.
        """
        database = self._house.database
        with database.write() as cursor:
            _own(desk_rows.rows(database, cursor, View, person=person), view)
            desk_rows.remove(database, cursor, Opening, view=view)
            desk_rows.remove(database, cursor, View, id=view)

    def open_with(self, view: str | None, person: str, org: str) -> None:
        """Let a person's register open with a view that they may see, None for all; commits.

        Raises:
            UnknownObjectError: there is no such view for them.
        """
        database = self._house.database
        with database.write() as cursor:
            if view is not None and view not in {
                r.id for r in _seen(database, cursor, person, org)
            }:
                raise UnknownObjectError("view", view)
            desk_rows.remove(database, cursor, Opening, person=person)
            if view is not None:
                desk_rows.add(database, cursor, Opening(person, view))


def _seen(database: Database, cursor: Any, person: str, org: str) -> list[View]:
    own = desk_rows.rows(database, cursor, View, person=person)
    shared = desk_rows.rows(database, cursor, View, org=org)
    return [*own, *[row for row in shared if row.person != person]]


def _kept(row: View, person: str, *, opens: bool) -> Kept:
    asked = {str(key): str(value) for key, value in json.loads(row.asked).items()}
    return Kept(row.id, row.name, asked, row.org is not None, row.person == person, opens)


def _own(held: list[View], view: str) -> View:
    for row in held:
        if row.id == view:
            return row
    raise UnknownObjectError("view", view)


def _named(name: str) -> str:
    text = " ".join(name.split())
    if not text or len(text) > LONGEST or not text.isprintable():
        raise UsageError(f"name: 1 to {LONGEST} characters", "view_name", most=LONGEST)
    return text


def _must_be_free(held: list[View], name: str, view: str | None) -> None:
    if any(row.name == name and row.id != view for row in held):
        raise UsageError(f"name: there is a view {name!r} already", "view_twice", name=name)


def _said(asked: Mapping[str, str]) -> str:
    said = json.dumps({key: asked[key] for key in sorted(asked) if asked[key]}, ensure_ascii=False)
    if len(said) > MOST_ASKED:
        raise UsageError(f"view: at most {MOST_ASKED} characters", "view_long", most=MOST_ASKED)
    return said
