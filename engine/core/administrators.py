"""The three administrators of the product: separated from each other and from all work on projects.

Source: GB/T 22239-2019, 8.1.5.1 to 8.1.5.3 (system, audit and security administration), and
8.1.4.2 (separated rights of administrators).
"""

from collections.abc import Iterable, Mapping
from datetime import date

from engine.core.rows import Mandate, Post

SYSTEM, SECURITY, AUDIT = "system_admin", "security_admin", "audit_admin"
KINDS = (SYSTEM, SECURITY, AUDIT)
"""Reserved words among the roles of a post; no workflow may name a role like one."""

NOWHERE = "-"
"""The org of an administrator's post: none, so that no project can be seen through it."""


def kind_of(roles: str) -> str | None:
    """Return which administrator the roles of a post make, None for a post that works."""
    return next((kind for kind in KINDS if kind in roles.split()), None)


def is_mixed(roles: str) -> bool:
    """Return whether roles join an administrator with anything else, which no post may hold."""
    held = roles.split()
    return kind_of(roles) is not None and len(held) > 1


def holds_on(one: Mandate, on: date) -> bool:
    """Return whether a mandate holds on a day, its first and last day included."""
    begun = one.from_on is None or one.from_on <= on
    return begun and (one.to_on is None or on <= one.to_on)


def in_office(
    kind: str, mandates: Iterable[Mandate], posts: Mapping[str, Post], on: date
) -> set[str]:
    """Return the persons who are administrators of a kind on a day."""
    return {
        one.person
        for one in mandates
        if holds_on(one, on) and one.post in posts and kind_of(posts[one.post].roles) == kind
    }


def kinds_of(person: str, mandates: Iterable[Mandate], posts: Mapping[str, Post]) -> set[str]:
    """Return which administrators a person is or will be, and ``""`` for work on projects.

    Mandates that have ended before count as well as those to come; the caller leaves them out.
    """
    roles = [posts[one.post].roles for one in mandates if one.person == person if one.post in posts]
    return {kind_of(held) or "" for held in roles}
