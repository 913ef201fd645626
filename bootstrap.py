"""Settings and wiring: the only file that knows every part.

``bootstrap.open(url)`` gives the services of one database; nothing else is public.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from engine.core.calendar import Calendar
from engine.core.definition import Workflow
from engine.core.events import Actor
from engine.core.plan import Plan
from engine.services import house as houses
from engine.services import registers
from engine.services.accounts import Accounts
from engine.services.audit import Audit
from engine.services.clocks import DatabaseClock, SimulatedClock
from engine.services.house import House
from engine.services.inbox import Inbox
from engine.services.lifecycle import Lifecycle
from engine.services.people import People
from engine.services.ports import Clock, Ports
from engine.services.programme import Programmes
from engine.services.proof import Proof
from engine.services.queries import Queries
from engine.services.registers import Publication
from engine.services.rehearsal import Rehearsal
from engine.services.sweep import Sweep
from engine.services.tokens import Tokens
from engine.storage.database import Database
from templates.letters import Letters
from workflows import calendars_reader, reader
from workflows.statutes_reader import shipped_statutes

DEFAULT_URL = "sqlite:///shidian.db"
SYSTEM = Actor(person="system", post="system", org="-", channel="cli")
CLOCKS: dict[str, type[DatabaseClock] | type[SimulatedClock]] = {
    "real": DatabaseClock,
    "simulated": SimulatedClock,
}


class FileReaders:
    """Reads published texts with the readers of the workflow folder."""

    def workflow(self, text: str) -> Workflow:
        """Return the workflow of a published text."""
        return reader.read_workflow(text, "published")

    def calendar(self, texts: Iterable[str]) -> Calendar:
        """Return the calendar of published arrangements, under the law as shipped."""
        statutes = shipped_statutes()
        read = [calendars_reader.read_arrangement(text, "published", statutes) for text in texts]
        return Calendar(tuple(read), statutes)


READERS = FileReaders()


@dataclass(frozen=True, slots=True)
class Desk:
    """The services of one database."""

    house: House
    lifecycle: Lifecycle
    programmes: Programmes
    sweep: Sweep
    queries: Queries
    audit: Audit
    proof: Proof
    people: People
    accounts: Accounts
    inbox: Inbox
    tokens: Tokens

    def actor(
        self,
        post: str,
        person: str | None = None,
        channel: str = "cli",
        on_behalf: str | None = None,
    ) -> Actor:
        """Return the actor for a post of the register; the person's name defaults to the post.

        Raises:
            UnknownObjectError: the register knows no such post.
        """
        return registers.actor_of(self.house, post, person, channel, on_behalf)

    def rehearsal(self, plan: Plan) -> Rehearsal:
        """Return a plan ready to be played on this desk's simulated clock.

        Raises:
            ClockError: the database keeps real time.
        """
        workflow = reader.load_workflow(reader.shipped()[plan.projects[0].workflow])
        return Rehearsal(self.house, plan, workflow.opens_at, workflow.timezone)

    def close(self) -> None:
        """Close every connection to the database."""
        self.house.database.dispose()


@contextmanager
def open(url: str = DEFAULT_URL, clock: str = "real", locale: str = "zh") -> Iterator[Desk]:  # noqa: A001  # the documented name of the one public function
    """Open a database that exists, and close it again.

    Args:
        url: ``sqlite:///file.db`` or ``postgresql+psycopg://…``.
        clock: ``real`` or ``simulated``, as the database was created.
        locale: the language of the notices, ``zh`` or ``en``.

    Raises:
        StorageError: the database is empty, of another release, or cannot be used.
        ClockError: it was created with the other kind of clock.
    """
    database = Database(url)
    try:
        yield _desk(houses.enter(database, _ports(CLOCKS[clock](), locale)))
    finally:
        database.dispose()


@contextmanager
def create(url: str = DEFAULT_URL, clock: str = "real", locale: str = "zh") -> Iterator[Desk]:
    """Bring a database to this release and open it: an empty one gets tables and an identity.

    A database with a real clock also gets the shipped workflows and calendars; a simulated one
    gets them by `install` once its clock is set.
    """
    database = Database(url)
    try:
        desk = _desk(houses.create(database, _ports(CLOCKS[clock](), locale)))
        if clock == "real":
            install(desk)
        yield desk
    finally:
        database.dispose()


def install(desk: Desk, actor: Actor = SYSTEM) -> None:
    """Publish the shipped workflows and calendars that are not published yet; commits."""
    with desk.house.database.write() as cursor:
        for path in reader.shipped().values():
            registers.publish_workflow(desk.house, cursor, workflow_publication(path), actor)
        for path in calendars_reader.arrangement_files():
            publication = calendar_publication(path)
            registers.publish_calendar(desk.house, cursor, publication, actor)


def workflow_publication(path: Path) -> Publication:
    """Return a workflow file as a publication.

    Raises:
        DefinitionError: the file is at fault.
    """
    text = path.read_text("utf-8")
    workflow = reader.read_workflow(text, path.name)
    return Publication(workflow.key, str(workflow.version), workflow.digest, text)


def calendar_publication(path: Path) -> Publication:
    """Return a calendar file as a publication.

    Raises:
        DefinitionError: the file is at fault.
    """
    text = path.read_text("utf-8")
    read = calendars_reader.read_arrangement(text, path.name, shipped_statutes())
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Publication(read.id, read.id, digest, text, read.published_on)


def _ports(clock: Clock, locale: str) -> Ports:
    return Ports(clock=clock, readers=READERS, renderer=Letters(), locale=locale)


def _desk(house: House) -> Desk:
    return Desk(
        house, Lifecycle(house), Programmes(house), Sweep(house), Queries(house), Audit(house),
        Proof(house), People(house), Accounts(house), Inbox(house), Tokens(house),
    )  # fmt: skip
