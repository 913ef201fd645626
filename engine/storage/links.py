"""Links for one purpose: rows beside the trail, by the digest of their token."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from engine.storage.desk_rows import DeskRow


@dataclass(frozen=True, slots=True)
class Link(DeskRow):
    """A link by which one paper is handed in without an account; `token` is a SHA-256."""

    table: ClassVar[str] = "link"
    token: bytes
    code: str
    task: int
    slot: str | None
    post: str
    issued_by: str
    issued_at: datetime
    expires_at: datetime
    ended_at: datetime | None
