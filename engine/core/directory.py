"""Orgs and posts as of a moment: who holds a role for a project, and who is above whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from engine.core.definition import Role
from engine.core.rows import Org, Post


@dataclass(frozen=True, slots=True)
class Directory:
    """The register of orgs and posts, by code."""

    orgs: Mapping[str, Org] = field(default_factory=dict)
    posts: Mapping[str, Post] = field(default_factory=dict)
    _chains: dict[str, tuple[str, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def above(self, org: str) -> tuple[str, ...]:
        """Return an org and every org above it, nearest first; the tree is asked once an org."""
        held = self._chains.get(org)
        if held is None:
            held = self._chains[org] = self._above(org)
        return held

    def _above(self, org: str) -> tuple[str, ...]:
        chain: list[str] = []
        here: str | None = org
        while here is not None and here not in chain:
            chain.append(here)
            held = self.orgs.get(here)
            here = held.parent if held else None
        return tuple(chain)

    def holds(self, post: str, role: Role, parties: Mapping[str, str], on: date) -> bool:
        """Return whether a post holds a role for a project with these parties on a day."""
        held = self.posts.get(post)
        if held is None or role.key not in held.roles.split() or not is_valid(held, on):
            return False
        return self._is_bound(held, role, parties)

    def holders(self, role: Role, parties: Mapping[str, str], on: date) -> tuple[Post, ...]:
        """Return the posts that hold a role, in the order of their codes; may be empty."""
        return tuple(
            self.posts[code] for code in sorted(self.posts) if self.holds(code, role, parties, on)
        )

    def holding(self, role: Role, parties: Mapping[str, str]) -> tuple[Post, ...]:
        """Return the posts that are given a role on any day, in the order of their codes."""
        return tuple(
            post
            for _, post in sorted(self.posts.items())
            if role.key in post.roles.split() and self._is_bound(post, role, parties)
        )

    def manned(self, code: str | None, on: date) -> Post | None:
        """Return a post in which somebody is on a day: it exists then, and is not vacant."""
        held = self.posts.get(code or "")
        return held if held is not None and is_valid(held, on) and not is_absent(held, on) else None

    def _is_bound(self, post: Post, role: Role, parties: Mapping[str, str]) -> bool:
        return role.party is None or parties.get(role.party) in self.above(post.org)

    def org_name(self, code: str | None) -> str:
        """Return an org's name, or its code when the register does not know it."""
        held = self.orgs.get(code or "")
        return held.name if held else (code or "-")


def is_absent(post: Post, on: date) -> bool:
    """Return whether a post is vacant, or its holder on leave, on a day."""
    if post.absence is None or (post.absent_from_on is not None and on < post.absent_from_on):
        return False
    return post.absent_to_on is None or on <= post.absent_to_on


def is_valid(post: Post, on: date) -> bool:
    """Return whether a post exists on a day."""
    begun = post.from_on is None or post.from_on <= on
    return begun and (post.to_on is None or on <= post.to_on)
