"""The house: one database with its clock, definitions, calendar and register."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from engine.core.calendar import Calendar
from engine.core.definition import Workflow
from engine.core.directory import Directory
from engine.core.errors import ClockError, StorageError, UnknownObjectError
from engine.core.state import Org, Post, Published
from engine.services.ports import Ports
from engine.storage import houses, schema
from engine.storage.database import Database
from engine.storage.store import Store

REGISTER, WORKFLOWS, CALENDARS = "register", "workflows", "calendars"
STREAM_KINDS: Mapping[str, str] = {
    REGISTER: "register",
    WORKFLOWS: "published",
    CALENDARS: "published",
}


@dataclass
class House:
    """What every service works on. Definitions and registers are kept by their stream's number."""

    database: Database
    ports: Ports
    identity: str
    _held: dict[str, tuple[int, Any]] = field(default_factory=dict)
    _workflows: dict[str, Workflow] = field(default_factory=dict)

    def now(self, cursor: Any) -> datetime:
        """Return the present moment by the house's clock."""
        return self.ports.clock.now(self.database, cursor)

    def store(self, cursor: Any) -> Store:
        """Return the streams, within a transaction."""
        return Store(self.database, cursor, self.identity)

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
            if self.ports.readers.workflow(row.text).digest == row.digest:
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

    def calendar(self, cursor: Any, known_on: date) -> Calendar:
        """Return the working days as they were known on a day."""
        rows = self._published(cursor, CALENDARS)
        texts = tuple(row.text for row in rows)
        return _known(self.ports.readers, texts, known_on)

    def directory(self, cursor: Any) -> Directory:
        """Return the orgs and posts of the register."""

        def build() -> Directory:
            state = self.store(cursor).find(REGISTER)
            if state is None:
                return Directory()
            orgs = {row.code: row for row in state.rows(Org)}
            return Directory(orgs, {row.code: row for row in state.rows(Post)})

        found: Directory = self._fresh(cursor, REGISTER, build)
        return found

    def _published(self, cursor: Any, stream: str) -> list[Published]:
        def build() -> list[Published]:
            state = self.store(cursor).find(stream)
            return list(state.rows(Published)) if state else []

        found: list[Published] = self._fresh(cursor, stream, build)
        return found

    def _fresh(self, cursor: Any, stream: str, build: Any) -> Any:
        seq = self.store(cursor).seq_of(stream)
        held = self._held.get(stream)
        if held is None or held[0] != seq:
            held = self._held[stream] = (seq, build())
        return held[1]


@lru_cache(maxsize=512)
def _known(readers: Any, texts: tuple[str, ...], on: date) -> Calendar:
    return _all(readers, texts).known_on(on)


@lru_cache(maxsize=8)
def _all(readers: Any, texts: tuple[str, ...]) -> Calendar:
    found: Calendar = readers.calendar(texts)
    return found


def create(database: Database, ports: Ports) -> House:
    """Bring a database to this release's schema and mark it with its clock; commits.

    Raises:
        ClockError: it was created with the other kind of clock.
    """
    schema.upgrade(database)
    with database.write() as cursor:
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
        raise StorageError("the database is empty; create it with: shidian db upgrade")
    if held != newest:
        raise StorageError(
            f"the database is at revision {held}, this release needs {newest};"
            " run: shidian db upgrade"
        )
    with database.read() as cursor:
        identity = houses.get(database, cursor, "identity")
        kind = houses.get(database, cursor, "clock")
    if identity is None:
        raise StorageError("the database has no identity; create it with: shidian db upgrade")
    if kind != ports.clock.kind:
        raise ClockError(f"the database keeps {kind} time, not {ports.clock.kind} time")
    return House(database, ports, identity)
