"""What the engine needs from outside: a clock, readers of texts, a renderer of notices."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from engine.core.calendar import Calendar
from engine.core.definition import Workflow
from engine.core.directory import Directory
from engine.core.events import NoticeRequest, NoticeText
from engine.core.needs import Places
from engine.storage.database import Database


class Clock(Protocol):
    """The time by which everything is recorded."""

    @property
    def kind(self) -> str:
        """``real`` or ``simulated``; it must be the kind the database was created with."""

    def now(self, database: Database, cursor: Any) -> datetime:
        """Return the present aware UTC moment."""


class Readers(Hashable, Protocol):
    """Reads the published texts that the trail holds; what it read is kept by its identity."""

    def workflow(self, text: str) -> Workflow:
        """Return the workflow of a published text."""

    def calendar(self, texts: Iterable[str]) -> Calendar:
        """Return the calendar made of published arrangements."""

    def places(self, text: str) -> Places:
        """Return where the values of a published workflow stand in its text."""


class Renderer(Protocol):
    """Renders a notice; it never raises for a wording that fails, and says so in the text."""

    def notice(
        self, request: NoticeRequest, workflow: Workflow, directory: Directory, locale: str
    ) -> NoticeText:
        """Return the notice in a language."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything from outside that the services are given."""

    clock: Clock
    readers: Readers
    renderer: Renderer
    locale: str = "zh"
    timezone: str = "Asia/Shanghai"
