"""Settings and wiring: the only file that knows every part.

``bootstrap.open(url)`` gives the services of one database; nothing else is public.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from engine.core.addresses import networks_of
from engine.core.arrangements import Arrangement
from engine.core.calendar import Calendar
from engine.core.definition import Workflow
from engine.core.events import Actor
from engine.core.needs import Places
from engine.core.plan import Plan
from engine.services import house as houses
from engine.services import registers
from engine.services.accounts import Accounts
from engine.services.audit import Audit
from engine.services.calendars import Calendars
from engine.services.checking import Checking
from engine.services.clocks import DatabaseClock, SimulatedClock
from engine.services.deadlines import Deadlines
from engine.services.deliveries import Deliveries
from engine.services.exports import Exports
from engine.services.feedback import Feedback
from engine.services.house import House
from engine.services.importing import Importing
from engine.services.inbox import Inbox
from engine.services.lifecycle import Lifecycle
from engine.services.links import Links
from engine.services.needs import Needs
from engine.services.papers import Papers
from engine.services.people import People
from engine.services.ports import Clock, Ports
from engine.services.programme import Programmes
from engine.services.projects import Projects
from engine.services.proof import Proof
from engine.services.publications import Publications
from engine.services.queries import Queries
from engine.services.registers import Publication
from engine.services.rehearsal import Rehearsal
from engine.services.sending import Sender
from engine.services.sights import Sights
from engine.services.staff import Staff
from engine.services.sweep import Sweep
from engine.services.telling import Telling
from engine.services.tokens import Tokens
from engine.services.views import Views
from engine.services.webhooks import Webhooks
from engine.services.weekly import Weekly
from engine.storage.database import Database
from templates.letters import Letters
from templates.notice import NOTICES
from workflows import calendars_reader, reader
from workflows.arrangement_beside import Beside
from workflows.places import places
from workflows.statutes_reader import shipped_statutes

DEFAULT_URL = "sqlite:///shidian.db"
PAPERS = "SHIDIAN_PAPERS"
"""The variable that names the folder of papers; without it, it lies beside the database."""
NETWORKS = "SHIDIAN_WEBHOOK_NETWORKS"
"""The variable that names networks which webhooks may reach though they are not public."""

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

    def places(self, text: str) -> Places:
        """Return where the values of a published workflow stand in its text."""
        return places(text)


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
    calendars: Calendars
    deadlines: Deadlines
    telling: Telling
    people: People
    accounts: Accounts
    inbox: Inbox
    papers: Papers
    links: Links
    staff: Staff
    tokens: Tokens
    feedback: Feedback
    weekly: Weekly
    publications: Publications
    checking: Checking
    exports: Exports
    sights: Sights
    needs: Needs
    webhooks: Webhooks
    deliveries: Deliveries
    projects: Projects
    views: Views
    importing: Importing

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
    workflow = reader.read_workflow(text, path.name, NOTICES)
    return Publication(workflow.key, str(workflow.version), workflow.digest, text)


def calendar_publication(path: Path) -> Publication:
    """Return a calendar file as a publication.

    Raises:
        DefinitionError: the file is at fault.
    """
    return arrangement(path.read_text("utf-8"), path.name)[1]


def arrangement(
    text: str | bytes, where: str, beside: Beside | None = None
) -> tuple[Arrangement, Publication]:
    """Return the text of an arrangement of working days as a value, and as a publication.

    Args:
        text: the content of a calendar file; bytes must be UTF-8.
        where: what to call it in faults.
        beside: what it is to stand beside; None looks at the text alone.

    Raises:
        DefinitionError: the text is at fault, by itself or beside what is on record.
    """
    read = calendars_reader.read_arrangement(text, where, shipped_statutes(), beside)
    said = text if isinstance(text, str) else text.decode()
    digest = hashlib.sha256(said.encode()).hexdigest()
    return read, Publication(read.id, read.id, digest, said, read.published_on)


def _ports(clock: Clock, locale: str) -> Ports:
    return Ports(clock=clock, readers=READERS, renderer=Letters(), locale=locale)


def papers_folder(url: str) -> Path:
    """Return where the papers of a database lie: beside its file, or as the variable says."""
    named = os.environ.get(PAPERS)
    if named:
        return Path(named)
    file = url.removeprefix("sqlite:///")
    return Path(f"{file}.papers") if file != url else Path("shidian-papers")


def _desk(house: House) -> Desk:
    papers = Papers(house, papers_folder(str(house.database.url)))
    people, accounts, inbox = People(house), Accounts(house), Inbox(house)
    queries, proof, lifecycle = Queries(house), Proof(house), Lifecycle(house)
    allowed = networks_of(os.environ.get(NETWORKS, ""))
    return Desk(
        house, lifecycle, Programmes(house), Sweep(house), queries, Audit(house),
        proof, Calendars(house), Deadlines(house), Telling(house), people, accounts, inbox,
        papers, Links(house), Staff(house, people, accounts, inbox), Tokens(house),
        Feedback(house), Weekly(house, queries), Publications(house),
        Checking(house, proof), Exports(house), Sights(house),
        Needs(house),
        Webhooks(house, allowed), Deliveries(house, people, Sender(allowed)),
        Projects(house, queries), Views(house), Importing(house, queries, lifecycle),
    )  # fmt: skip
