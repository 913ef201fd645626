"""Who is in a post and who stands in: absences, deputies and leads, as entries of the register.

An absence takes no right away; it says that nobody is there to be told.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from engine.core.errors import UnknownObjectError, UsageError
from engine.core.events import Actor
from engine.core.rows import Post
from engine.services import registers
from engine.services.house import House
from engine.storage import boards

ABSENCES = ("vacant", "leave")
"""Why nobody is in a post: nobody holds it, or its holder is away."""


@dataclass(frozen=True, slots=True)
class Absence:
    """Nobody is in a post from a day on, to the last day included; open-ended without one."""

    kind: str
    from_on: date
    to_on: date | None = None


def set_absence(
    house: House, cursor: Any, post: str, absence: Absence | None, actor: Actor
) -> bool:
    """Note that nobody is in a post, or with None that somebody is again; False if it says so.

    Raises:
        UnknownObjectError: the register knows no such post.
        UsageError: the absence is of no known kind, or ends before it begins.
    """
    held = _post(house, cursor, post)
    if absence is None:
        new = replace(held, absence=None, absent_from_on=None, absent_to_on=None)
    else:
        _check(absence)
        new = replace(
            held, absence=absence.kind, absent_from_on=absence.from_on, absent_to_on=absence.to_on
        )
    return registers.amend(house, cursor, new, actor)


def set_deputy(house: House, cursor: Any, post: str, deputy: str | None, actor: Actor) -> bool:
    """Note which post stands in for another, or None for none; False if it says so already.

    Raises:
        UnknownObjectError: the register does not know one of the posts.
        UsageError: a post would stand in for itself.
    """
    held = _post(house, cursor, post)
    if deputy is not None:
        _post(house, cursor, deputy)
    if deputy == post:
        message = f"{post} cannot stand in for itself; name another post"
        raise UsageError(message, "own_deputy", post=post)
    return registers.amend(house, cursor, replace(held, deputy=deputy), actor)


def set_lead(house: House, cursor: Any, org: str, lead: str | None, actor: Actor) -> bool:
    """Note which post leads a unit, or None for none; False if it says so already.

    Raises:
        UnknownObjectError: the register does not know the unit or the post.
    """
    orgs = house.directory(cursor).orgs
    held = orgs.get(org)
    if held is None:
        raise UnknownObjectError("org", org, boards.closest(org, sorted(orgs)))
    if lead is not None:
        _post(house, cursor, lead)
    return registers.amend(house, cursor, replace(held, lead=lead), actor)


def _post(house: House, cursor: Any, code: str) -> Post:
    posts = house.directory(cursor).posts
    held = posts.get(code)
    if held is None:
        raise UnknownObjectError("post", code, boards.closest(code, sorted(posts)))
    return held


def _check(absence: Absence) -> None:
    if absence.kind not in ABSENCES:
        known = ", ".join(ABSENCES)
        message = f"{absence.kind!r} is no absence; give one of {known}"
        raise UsageError(message, "absence_kind", found=absence.kind, known=known)
    if absence.to_on is not None and absence.to_on < absence.from_on:
        first, last = str(absence.from_on), str(absence.to_on)
        message = f"an absence from {first} cannot end on {last}"
        raise UsageError(message, "absence_reversed", begun=first, until=last)
