"""Webhooks and how far each was told: rows beside the trail, never part of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import String, and_, bindparam, cast, func, insert, or_, select, update

from engine.core.events import Entry
from engine.storage import desk_rows
from engine.storage.database import Database
from engine.storage.desk_rows import DeskRow
from engine.storage.ledger import entry_of
from engine.storage.store import ENTRY_COLUMNS, table_of

OLDEST = ("created_at", "id")


@dataclass(frozen=True, slots=True)
class Webhook(DeskRow):
    """A system that is told of entries. `kinds` are joined by spaces, empty for all."""

    table: ClassVar[str] = "webhook"
    id: str
    person: str
    post: str
    url: str
    kinds: str
    secret: str = field(repr=False)
    from_at: datetime
    created_at: datetime
    next_at: datetime
    attempts: int = 0
    sent: int = 0
    tried_at: datetime | None = None
    answer: str | None = None
    failing_since: datetime | None = None
    stopped_at: datetime | None = None
    stopped_for: str | None = None
    revoked_at: datetime | None = None
    claim: str | None = None
    claimed_until: datetime | None = None

    @property
    def is_live(self) -> bool:
        """Whether it is told anything: neither revoked nor stopped."""
        return self.revoked_at is None and self.stopped_at is None

    @property
    def state(self) -> str:
        """``live``, ``failing`` while it waits for the next try, ``stopped`` or ``revoked``."""
        if self.revoked_at is not None:
            return "revoked"
        if self.stopped_at is not None:
            return "stopped"
        return "failing" if self.failing_since is not None else "live"

    def wants(self, kind: str) -> bool:
        """Return whether entries of a kind are told."""
        return not self.kinds or kind in self.kinds.split()


@dataclass(frozen=True, slots=True)
class Place(DeskRow):
    """The last entry of a stream that a webhook is done with."""

    table: ClassVar[str] = "webhookplace"
    webhook: str
    stream: str
    seq: int


@dataclass(frozen=True, slots=True)
class News:
    """A stream with entries that a webhook is not done with: those after `done` up to `head`."""

    stream: str
    done: int
    head: int


def due(database: Database, cursor: Any, now: datetime) -> list[Webhook]:
    """Return the webhooks that may be told something now and that nobody holds.

    Who was told something longest ago comes first, so that one with much to tell starves nobody.
    """
    found = desk_rows.rows(database, cursor, Webhook, OLDEST)
    found.sort(key=lambda one: one.tried_at or one.created_at)
    return [
        one for one in found
        if one.is_live and one.next_at <= now
        and (one.claimed_until is None or one.claimed_until < now)
    ]  # fmt: skip


def claim(
    database: Database, cursor: Any, name: str, mark: str, now: datetime, until: datetime
) -> bool:
    """Take a webhook for one worker until a moment; False when another one has it."""
    table = table_of("webhook")

    def build() -> Any:
        free = or_(table.c.claimed_until.is_(None), table.c.claimed_until < bindparam("now"))
        open_ = and_(table.c.stopped_at.is_(None), table.c.revoked_at.is_(None))
        here = update(table).where(table.c.id == bindparam("of"), free, open_)
        return here.values(claim=bindparam("mark"), claimed_until=bindparam("until"))

    prepared = database.statements.prepared("claim_webhook", build)
    return prepared.run(cursor, {"of": name, "mark": mark, "now": now, "until": until}) == 1


def hold(database: Database, cursor: Any, name: str, mark: str, **values: object) -> bool:
    """Change a webhook that one holds; False when it is no longer held, and nothing changed."""
    table = table_of("webhook")

    def build() -> Any:
        here = and_(table.c.id == bindparam("of"), table.c.claim == bindparam("mark"))
        return update(table).where(here).values({key: bindparam(key) for key in values})

    prepared = database.statements.prepared(("hold_webhook", *values), build)
    return prepared.run(cursor, {"of": name, "mark": mark, **values}) == 1


def put_place(database: Database, cursor: Any, name: str, stream: str, seq: int) -> None:
    """Note that a webhook is done with a stream up to an entry."""
    at = {"webhook": name, "stream": stream}
    if desk_rows.row(database, cursor, Place, **at) is None:
        desk_rows.add(database, cursor, Place(name, stream, seq))
    else:
        desk_rows.change(database, cursor, Place, at, seq=seq)


def begin(database: Database, cursor: Any, name: str, now: datetime) -> None:
    """Leave out what was there before: the streams that reach up to this very moment.

    The others end before it, which `from_at` says for all of them at once.
    """
    stream, place = table_of("stream"), table_of("webhookplace")

    def build() -> Any:
        of = cast(bindparam("of"), String)
        chosen = select(of, stream.c.id, stream.c.seq)
        return insert(place).from_select(["webhook", "stream", "seq"], chosen.where(_young(stream)))

    given = {"of": name, "since": now}
    database.statements.prepared("begin_webhook", build).run(cursor, given)


def _young(stream: Any) -> Any:
    return and_(stream.c.kind == "project", stream.c.at >= bindparam("since"))


def news(database: Database, cursor: Any, held: Webhook, limit: int) -> list[News]:
    """Return the streams of projects with entries that a webhook is not done with.

    Asked by number, not by time: two entries that were written at once may become visible in
    either order, and a place in time would pass over the later one.
    """
    stream, place = table_of("stream"), table_of("webhookplace")

    def build() -> Any:
        here = and_(place.c.stream == stream.c.id, place.c.webhook == bindparam("of"))
        chosen = select(stream.c.id, place.c.seq, stream.c.seq)
        chosen = chosen.select_from(stream.outerjoin(place, here)).where(_young(stream))
        chosen = chosen.where(stream.c.seq > func.coalesce(place.c.seq, 0))
        return chosen.order_by(stream.c.at, stream.c.id).limit(bindparam("most"))

    prepared = database.statements.prepared("webhook_news", build)
    given = {"of": held.id, "since": held.from_at, "most": limit}
    found = prepared.rows(cursor, given)
    return [
        News(name, _before(database, cursor, name, held) if done is None else done, head)
        for name, done, head in found
    ]


def _before(database: Database, cursor: Any, stream: str, held: Webhook) -> int:
    """Return the last entry that a stream had before a webhook was made, 0 when none."""
    event = table_of("event")

    def build() -> Any:
        old = and_(event.c.stream == bindparam("of"), event.c.recorded_at < bindparam("since"))
        return select(func.coalesce(func.max(event.c.seq), 0)).where(old)

    prepared = database.statements.prepared("before_webhook", build)
    return int(prepared.rows(cursor, {"of": stream, "since": held.from_at})[0][0])


def entries_after(database: Database, cursor: Any, one: News, limit: int) -> Iterable[Entry]:
    """Return the next entries of a stream by number."""
    event = table_of("event")

    def build() -> Any:
        chosen = select(*[event.c[name] for name in ENTRY_COLUMNS])
        chosen = chosen.where(event.c.stream == bindparam("of"), event.c.seq > bindparam("done"))
        return chosen.order_by(event.c.seq).limit(bindparam("most"))

    prepared = database.statements.prepared("webhook_entries", build)
    found = prepared.rows(cursor, {"of": one.stream, "done": one.done, "most": limit})
    return [entry_of(row) for row in found]
