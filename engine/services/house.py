"""The house: one database with its clock, definitions, calendar and register."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from weakref import WeakKeyDictionary

from engine.core.arrangements import COUNTRY, Arrangement
from engine.core.calendar import Calendar
from engine.core.context import office
from engine.core.definition import Workflow
from engine.core.directory import Directory
from engine.core.errors import ClockError, DefinitionError, StorageError, UnknownObjectError
from engine.core.rows import Org, Post, Published
from engine.services.ports import Ports
from engine.storage import houses, schema
from engine.storage.database import Database
from engine.storage.store import Kept, Store

REGISTER, WORKFLOWS, CALENDARS = "register", "workflows", "calendars"
STREAM_KINDS: Mapping[str, str] = {
    REGISTER: "register",
    WORKFLOWS: "published",
    CALENDARS: "published",
}


@dataclass
class House:
    """What every service works on. Definitions and registers are kept by the head of their stream.

    A number alone would not do: what was rolled back had one too.
    """

    database: Database
    ports: Ports
    identity: str
    _kept: Kept = field(default_factory=Kept)
    _held: dict[str, tuple[bytes, Any]] = field(default_factory=dict)
    _asked: WeakKeyDictionary[Any, dict[str, bytes]] = field(default_factory=WeakKeyDictionary)
    _workflows: dict[str, Workflow] = field(default_factory=dict)

    def now(self, cursor: Any) -> datetime:
        """Return the present moment by the house's clock."""
        return self.ports.clock.now(self.database, cursor)

    def alone(self, cursor: Any) -> None:
        """Let nobody else take this lock until the transaction ends; reading goes on."""
        houses.alone(self.database, cursor)

    def store(self, cursor: Any) -> Store:
        """Return the streams, within a transaction."""
        return Store(self.database, cursor, self.identity, self._kept)

    def workflow(self, cursor: Any, digest: str) -> Workflow:
        """Return the workflow that was published under a digest.

        Raises:
            UnknownObjectError: none was.
        """
        held = self._workflows.get(digest)
        if held is None:
            for row in self._published(cursor, WORKFLOWS):
                if row.digest == digest:
                    held = self._workflows[digest] = self.ports.readers.workflow(row.text)
                    break
            else:
                raise UnknownObjectError("workflow", digest[:12])
        return held

    def digests(self, cursor: Any) -> set[str]:
        """Return the digests of the published workflows whose texts still give them."""
        found = set()
        for row in self._published(cursor, WORKFLOWS):
            try:
                given = self.ports.readers.workflow(row.text).digest
            except DefinitionError:
                continue  # a text that cannot be read gives nothing
            if given == row.digest:
                found.add(row.digest)
        return found

    def newest_workflow(self, cursor: Any, key: str) -> Workflow:
        """Return the newest published version of a workflow.

        Raises:
            UnknownObjectError: no workflow of that key is published; names those that are.
        """
        rows = self._published(cursor, WORKFLOWS)
        found = [row for row in rows if row.key == key]
        if not found:
            raise UnknownObjectError("workflow", key, tuple(sorted({row.key for row in rows})))
        return self.workflow(cursor, found[-1].digest)

    def workflow_keys(self, cursor: Any) -> tuple[str, ...]:
        """Return the keys of the workflows that are published, each once, sorted."""
        return tuple(sorted({row.key for row in self._published(cursor, WORKFLOWS)}))

    def calendar(self, cursor: Any, known_on: date, offices: tuple[str, ...] = ()) -> Calendar:
        """Return the working days as they were known on a day.

        Args:
            cursor: the transaction.
            known_on: the local day; everything on record that was published by then counts.
            offices: the org whose own days count too, and those above it, nearest first; see
                `offices`. The country's days alone without any.
        """
        held = self._calendars(cursor)
        chain = tuple(org for org in offices if org in held.regions)
        found = held.by_day.get((known_on, chain))
        if found is None:
            found = held.all.seen_by(chain).known_on(known_on)
            held.by_day[known_on, chain] = found
        return found

    def counted_with(
        self, cursor: Any, version: str | None, today: date, offices: tuple[str, ...]
    ) -> tuple[Calendar, date] | None:
        """Return the calendar of a version, and the day on which it became known; None if gone.

        What was put on record after its day of publication is left out again, newest first,
        until the version is met: a calendar is what was known and on record.
        """
        texts = self._texts(cursor)
        for count in range(len(texts), 0, -1):
            known = self.ports.readers.calendar(texts[:count]).seen_by(offices)
            days = {each.known_from for each in known.arrangements if each.known_from <= today}
            for day in sorted(days, reverse=True):
                if known.known_on(day).version == version:
                    return known.known_on(day), day
        return None

    def offices(self, cursor: Any, workflow: Workflow, bound: Mapping[str, str]) -> tuple[str, ...]:
        """Return whose calendar a project counts with: its first party's org, and those above.

        Args:
            cursor: the transaction.
            workflow: names the parties in their order.
            bound: the orgs bound to the project, by binding name.
        """
        org = office(workflow, bound)
        return self.directory(cursor).above(org) if org else ()

    def has_own_days(self, cursor: Any) -> bool:
        """Return whether any org has closed or worked days of its own."""
        return bool(self._calendars(cursor).regions)

    def arrangements(self, cursor: Any) -> tuple[Arrangement, ...]:
        """Return every arrangement on record, those that become known later included."""
        return self._calendars(cursor).all.arrangements

    def _calendars(self, cursor: Any) -> "_Calendars":
        def build() -> _Calendars:
            return _Calendars(self.ports.readers.calendar(self._texts(cursor)))

        found: _Calendars = self._fresh(cursor, f"{CALENDARS}:read", CALENDARS, build)
        return found

    def _texts(self, cursor: Any) -> list[str]:
        return [row.text for row in self._published(cursor, CALENDARS)]

    def directory(self, cursor: Any) -> Directory:
        """Return the orgs and posts of the register."""

        def build() -> Directory:
            state = self.store(cursor).find(REGISTER)
            if state is None:
                return Directory()
            orgs = {row.code: row for row in state.rows(Org)}
            return Directory(orgs, {row.code: row for row in state.rows(Post)})

        found: Directory = self._fresh(cursor, REGISTER, REGISTER, build)
        return found

    def _published(self, cursor: Any, stream: str) -> list[Published]:
        def build() -> list[Published]:
            state = self.store(cursor).find(stream)
            return list(state.rows(Published)) if state else []

        found: list[Published] = self._fresh(cursor, stream, stream, build)
        return found

    def head(self, cursor: Any, stream: str) -> bytes:
        """Return the chain head of a register's stream; empty while it has none."""
        return self._heads(cursor).get(stream, b"")

    def forget(self, cursor: Any) -> None:
        """Ask again for the registers: this transaction has just changed one."""
        self._asked.pop(cursor, None)

    def _fresh(self, cursor: Any, name: str, stream: str, build: Callable[[], Any]) -> Any:
        head = self._heads(cursor).get(stream, b"")
        held = self._held.get(name)
        if held is None or held[0] != head:
            held = self._held[name] = (head, build())
        return held[1]

    def _heads(self, cursor: Any) -> dict[str, bytes]:
        """The heads of the registers' streams, asked once a transaction."""
        held = self._asked.get(cursor)
        if held is None:
            held = self._asked[cursor] = self.store(cursor).heads(tuple(STREAM_KINDS))
        return held


class _Calendars:
    """Everything published about working days, and the calendars that were asked for."""

    def __init__(self, everything: Calendar) -> None:
        self.all = everything
        self.regions = {each.region for each in everything.arrangements} - {COUNTRY}
        self.by_day: dict[tuple[date, tuple[str, ...]], Calendar] = {}


def create(database: Database, ports: Ports) -> House:
    """Bring a database to this release's schema and mark it with its clock; commits.

    Raises:
        ClockError: it was created with the other kind of clock.
        StorageError: it is of a newer release.
    """
    schema.upgrade(database)
    with database.write() as cursor:
        houses.alone(database, cursor)
        identity = houses.get(database, cursor, "identity")
        if identity is None:
            identity = secrets.token_hex(16)
            houses.put(database, cursor, "identity", identity)
            houses.put(database, cursor, "clock", ports.clock.kind)
    return enter(database, ports)


def enter(database: Database, ports: Ports) -> House:
    """Open a database that was created before.

    Raises:
        StorageError: it is empty, or of another release.
        ClockError: it was created with the other kind of clock.
    """
    held, newest = schema.current(database), schema.newest()
    if held is None:
        raise StorageError(
            "the database is empty; create it with: shidian db upgrade", "database_empty"
        )
    if held != newest:
        raise StorageError(
            f"the database is at revision {held}, this release needs {newest};"
            " run: shidian db upgrade",
            "database_old", held=held, newest=newest,
        )  # fmt: skip
    with database.read() as cursor:
        identity = houses.get(database, cursor, "identity")
        kind = houses.get(database, cursor, "clock")
    if identity is None:
        message = "the database has no identity; create it with: shidian db upgrade"
        raise StorageError(message, "database_nameless")
    if kind != ports.clock.kind:
        message = f"the database keeps {kind} time, not {ports.clock.kind} time"
        raise ClockError(message, "clock_other", kept=kind, asked=ports.clock.kind)
    return House(database, ports, identity)
