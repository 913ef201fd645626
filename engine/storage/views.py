"""Saved views of the register: rows beside the trail, a person's own or shared with a unit."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from engine.storage.desk_rows import DeskRow


@dataclass(frozen=True, slots=True)
class View(DeskRow):
    """A view: `asked` is JSON; `org` the unit it is shared with, None for its owner alone."""

    table: ClassVar[str] = "savedview"
    id: str
    person: str
    org: str | None
    name: str
    asked: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Opening(DeskRow):
    """The view with which a person's register opens."""

    table: ClassVar[str] = "openingview"
    person: str
    view: str
