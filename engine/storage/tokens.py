"""Tokens of programs: rows beside the trail, never part of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from engine.storage.desk_rows import DeskRow


@dataclass(frozen=True, slots=True)
class Token(DeskRow):
    """A program that speaks for a person in a post. `scopes` are joined by spaces."""

    table: ClassVar[str] = "token"
    id: str
    digest: bytes
    person: str
    post: str
    name: str
    scopes: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None

    def has(self, scope: str) -> bool:
        """Return whether the token was given a scope."""
        return scope in self.scopes.split()
