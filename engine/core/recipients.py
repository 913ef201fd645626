"""Who is told: the posts of a role, and who stands in where nobody is there.

The one resolver of addresses. A notice must reach a person or be seen to have reached nobody:
post -> its deputy -> the lead of its unit -> the leads of the units above -> nobody, on the list.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.core.definition import Role
from engine.core.directory import Directory, is_valid
from engine.core.rows import Post

NOBODY = "nobody:"
"""Before the key of a role: the address of what could be given to no post."""


class Via(StrEnum):
    """By which rule a recipient was found."""

    ROLE = "role"
    DEPUTY = "deputy"
    LEAD = "lead"
    ABOVE = "above"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where a notice goes and why: the role that was meant, and whose place it is taken in.

    `absent` is the post that was meant and in which nobody is; None when it is the post itself,
    or when no post is given the role at all.
    """

    post: str
    org: str
    via: Via
    role: str
    absent: str | None = None


def recipients(
    directory: Directory, roles: Iterable[Role], parties: Mapping[str, str], on: date
) -> tuple[Recipient, ...]:
    """Return who is told on a day, each post once, by the first rule that finds it.

    Every post of a role is told, or who stands in for it; there is no limit to their number.

    Args:
        directory: the register as of now.
        roles: the roles to be told, in order.
        parties: the orgs bound to the project, by name.
        on: the office's day.
    """
    found: dict[str, Recipient] = {}
    for role in roles:
        for one in _of_role(directory, role, parties, on):
            found.setdefault(one.post, one)
    return tuple(found.values())


def _of_role(
    directory: Directory, role: Role, parties: Mapping[str, str], on: date
) -> list[Recipient]:
    meant = directory.holding(role, parties)
    # A post that has ended is history beside its successor; alone, its place is still to be filled.
    posts = [post for post in meant if is_valid(post, on)] or list(meant)
    direct = [one for post in posts for one in _direct(directory, role, post, on)]
    if direct:
        return direct
    climbed = [_climb(directory, role, post.org, post.code, on) for post in posts]
    org = parties.get(role.party or "")
    if not posts and org is not None:
        climbed = [_climb(directory, role, org, None, on)]
    told = [one for one in climbed if one is not None]
    first = posts[0] if posts else None
    where, absent = (first.org, first.code) if first else (org or "-", None)
    return told or [Recipient(f"{NOBODY}{role.key}", where, Via.NOBODY, role.key, absent)]


def _direct(directory: Directory, role: Role, post: Post, on: date) -> Iterator[Recipient]:
    """Yield the post itself, or the deputy who stands in for it."""
    if directory.manned(post.code, on) is not None:
        yield Recipient(post.code, post.org, Via.ROLE, role.key)
        return
    deputy = directory.manned(post.deputy, on)
    if deputy is not None:
        yield Recipient(deputy.code, deputy.org, Via.DEPUTY, role.key, post.code)


def _climb(
    directory: Directory, role: Role, org: str, absent: str | None, on: date
) -> Recipient | None:
    """Return the lead of a unit, or of the nearest one above it in which somebody is."""
    for unit in directory.above(org):
        held = directory.orgs.get(unit)
        lead = directory.manned(held.lead, on) if held else None
        if lead is not None:
            via = Via.LEAD if unit == org else Via.ABOVE
            return Recipient(lead.code, lead.org, via, role.key, absent)
    return None
