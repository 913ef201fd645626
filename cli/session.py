"""One call on one database: it is opened, asked, and closed; what it says goes to the terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from rich.console import RenderableType

import bootstrap
from bootstrap import Desk
from cli import output, stores
from cli.errors import WrongError
from cli.options import Acting, Asking, Reading
from cli.setting import Setting
from cli.words import speech
from engine.core.deadlines import local_day
from engine.core.events import Actor
from engine.services.clocks import SimulatedClock
from engine.services.sweep import Swept
from engine.storage.database import Database
from templates.words import Words

Draw = Callable[[], RenderableType]


@dataclass(frozen=True, slots=True)
class PretendedClock:
    """A moment that somebody pretends it is; used for reads and dry runs only."""

    kind: str
    at: datetime

    def now(self, _database: Database, _cursor: Any) -> datetime:
        """Return the pretended moment."""
        return self.at


@dataclass(slots=True)
class Session:
    """An opened database with the circumstances of the call."""

    desk: Desk
    setting: Setting
    given: Reading
    url: str

    @property
    def say(self) -> Words:
        """The texts of the caller's language."""
        return speech(self.setting.locale)

    @property
    def asking(self) -> Asking:
        """Who asks, and for which day."""
        assert isinstance(self.given, Asking)  # the verb was declared with these options
        return self.given

    @property
    def acting(self) -> Acting:
        """The circumstances of a call that changes something."""
        assert isinstance(self.given, Acting)  # the verb was declared with these options
        return self.given

    @property
    def is_simulated(self) -> bool:
        """Whether the database keeps simulated time."""
        return self.desk.house.ports.clock.kind == SimulatedClock.kind

    def now(self) -> datetime:
        """Return the present moment by the house's clock."""
        with self.desk.house.database.read() as cursor:
            return self.desk.house.now(cursor)

    def today(self) -> date:
        """Return the office's present day by the house's clock."""
        return local_day(self.now(), self.desk.house.ports.timezone)

    def answer(self, data: Any, draw: Draw) -> None:
        """Print an answer: JSON when asked for, what `draw` gives otherwise."""
        if self.given.as_json:
            output.line(output.dumped(data))
        else:
            output.show(draw())

    def actor(self) -> Actor:
        """Return who acts.

        Raises:
            WrongError: no post is given.
            UnknownObjectError: the register has no such post.
        """
        given = self.asking
        if given.post is None:
            raise WrongError("no_post")
        return self.desk.actor(given.post, given.person, "cli", given.on_behalf)

    def pretend(self) -> None:
        """Make the house believe that it is the moment given by ``--at``, if one is."""
        if self.given.at is not None:
            ports = self.desk.house.ports
            clock = PretendedClock(ports.clock.kind, self.given.at)
            self.desk.house.ports = replace(ports, clock=clock)

    def move(self) -> Swept | None:
        """Move a simulated clock to the moment given, if one is, and do what falls due by then.

        Raises:
            WrongError: the database keeps real time.
            ClockError: the moment lies before the one reached.
        """
        at, clock = self.given.at, self.desk.house.ports.clock
        if at is None:
            return None
        if not isinstance(clock, SimulatedClock):
            raise WrongError("real_clock")
        clock.move(self.desk.house.database, at)
        return self.desk.sweep.run()


@contextmanager
def opened(setting: Setting, given: Reading) -> Iterator[Session]:
    """Yield the database of a call, opened as the kind it was created as.

    Raises:
        WrongError: there is none, or it cannot be used by this release.
    """
    url = stores.address(given.db)
    with bootstrap.open(url, stores.clock_of(url), setting.locale) as desk:
        yield Session(desk, setting, given, url)
