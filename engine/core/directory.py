"""Orgs and posts as of a moment: who holds a role for a project, and who is above whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from engine.core.definition import Role
from engine.core.state import Org, Post


@dataclass(frozen=True, slots=True)
class Directory:
    """The register of orgs and posts, by code."""

    orgs: Mapping[str, Org] = field(default_factory=dict)
    posts: Mapping[str, Post] = field(default_factory=dict)

    def above(self, org: str) -> tuple[str, ...]:
        """Return an org and every org above it, nearest first."""
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
        if held is None or role.key not in held.roles.split() or not _valid(held, on):
            return False
        return role.party is None or parties.get(role.party) in self.above(held.org)

    def holders(self, role: Role, parties: Mapping[str, str], on: date) -> tuple[Post, ...]:
        """Return the posts that hold a role, in the order of their codes; may be empty."""
        return tuple(
            self.posts[code] for code in sorted(self.posts) if self.holds(code, role, parties, on)
        )

    def org_name(self, code: str | None) -> str:
        """Return an org's name, or its code when the register does not know it."""
        held = self.orgs.get(code or "")
        return held.name if held else (code or "-")


def _valid(post: Post, on: date) -> bool:
    begun = post.from_on is None or post.from_on <= on
    return begun and (post.to_on is None or on <= post.to_on)
