"""Deliveries: every entry that a webhook wants is sent at least once, always under the same id.

One worker at a time holds a webhook, for as long as an attempt may take. How far it was told is
written after the receiver has answered: who is killed in between sends the same message again,
and the receiver knows it by its id. Entries of one project arrive in their order.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import SystemRandom
from typing import Any

from engine.core.envelopes import Envelope, envelope, headers
from engine.core.rows import Party
from engine.services.clocks import DatabaseClock
from engine.services.house import House
from engine.services.people import People, may_see
from engine.services.sending import Response, Sender
from engine.services.webhooks import works
from engine.storage import desk_rows, webhooks
from engine.storage.accounts import Account
from engine.storage.webhooks import News, Webhook

SCHEDULE = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
"""How long to wait after each failure; after one more the webhook is stopped: 75 hours in all.

Source: Standard Webhooks 1.0.0, deliverability.
"""

JITTER = 0.2
"""The part by which a wait is longer or shorter, so that not all who failed come back at once."""

LONGEST_WAIT = timedelta(days=1)
HOLD = timedelta(minutes=2)
"""How long a worker that says nothing more keeps a webhook: longer than any attempt."""

STREAMS, ENTRIES = 20, 50
"""Streams looked into at once, and entries of each."""

GONE = 410
CHANCE = SystemRandom().random


@dataclass(slots=True)
class Told:
    """What a round of deliveries did: messages taken, attempts that failed, webhooks stopped."""

    taken: int = 0
    failed: int = 0
    stopped: int = 0


@dataclass(frozen=True, slots=True)
class _Batch:
    """What to send next, in order, and the streams of which there is nothing to tell."""

    letters: list[Envelope]
    passed: list[News]


class Deliveries:
    """Brings the entries to those that want them. `chance` gives numbers from 0 to 1."""

    def __init__(
        self, house: House, people: People, sender: Sender,
        chance: Callable[[], float] = CHANCE,
    ) -> None:  # fmt: skip
        self._house, self._people = house, people
        self._sender, self._chance = sender, chance

    def run(self, is_over: Callable[[], bool] = lambda: False) -> Told:
        """Send what there is to send; commits after each message.

        Args:
            is_over: asked before each message; once true, the rest is left to the next round.
        """
        told, database = Told(), self._house.database
        with database.read() as cursor:
            waiting = webhooks.due(database, cursor, database.clock(cursor))
        for one in waiting:
            if is_over():
                break
            if self._has_news(one):
                self._serve(one.id, told, is_over)
        return told

    def _has_news(self, one: Webhook) -> bool:
        with self._house.database.read() as cursor:
            return bool(webhooks.news(self._house.database, cursor, one, 1))

    def _serve(self, name: str, told: Told, is_over: Callable[[], bool]) -> None:
        mark = secrets.token_hex(8)
        held = self._claim(name, mark)
        if held is None:
            return
        try:
            if not self._is_owned(held):
                self._stop(held, "owner", told)
                return
            while not is_over() and self._go_on(held, told, is_over):
                pass
        finally:
            with self._house.database.write() as cursor:
                free = {"claim": None, "claimed_until": None}
                webhooks.hold(self._house.database, cursor, name, mark, **free)

    def _claim(self, name: str, mark: str) -> Webhook | None:
        database = self._house.database
        with database.write() as cursor:
            now = database.clock(cursor)
            if not webhooks.claim(database, cursor, name, mark, now, now + HOLD):
                return None
            return desk_rows.row(database, cursor, Webhook, id=name)

    def _is_owned(self, held: Webhook) -> bool:
        database = self._house.database
        with database.read() as cursor:
            account = desk_rows.row(database, cursor, Account, person=held.person)
        posts = {post.code for post in self._people.posts_of(held.person) if works(post)}
        return account is not None and account.disabled_at is None and held.post in posts

    def _go_on(self, held: Webhook, told: Told, is_over: Callable[[], bool]) -> bool:
        """Send the next few messages; return whether there may be more and all went well."""
        batch = self._batch(held)
        if batch.passed and not self._pass(held, batch.passed):
            return False
        for letter in batch.letters:
            if is_over() or not self._send(held, letter, told):
                return False
        return bool(batch.letters or batch.passed)

    def _batch(self, held: Webhook) -> _Batch:
        database, letters, passed = self._house.database, [], []
        with database.read() as cursor:
            directory = self._house.directory(cursor)
            org = directory.posts[held.post].org
            for one in webhooks.news(database, cursor, held, STREAMS):
                parties = [r for r in self._house.store(cursor).rows_of(Party, one.stream)
                           if isinstance(r, Party)]  # fmt: skip
                found = webhooks.entries_after(database, cursor, one, ENTRIES)
                is_seen = may_see(directory, org, parties)
                wanted = [entry for entry in found if is_seen and held.wants(entry.kind)]
                letters += [(entry.recorded_at, one.stream, entry) for entry in wanted]
                if not wanted:
                    head = max((entry.seq for entry in found), default=one.head)
                    passed.append(News(one.stream, one.done, head))
        simulated = self._house.ports.clock.kind != DatabaseClock.kind
        letters.sort(key=lambda one: (one[0], one[1], one[2].seq))
        house = self._house.identity
        sent = [envelope(house, held.id, one[2], simulated=simulated) for one in letters]
        return _Batch(sent, passed)

    def _pass(self, held: Webhook, passed: list[News]) -> bool:
        database = self._house.database
        with database.write() as cursor:
            until = database.clock(cursor) + HOLD
            if not self._hold(cursor, held, claimed_until=until):
                return False
            for one in passed:
                webhooks.put_place(database, cursor, held.id, one.stream, one.head)
        return True

    def _send(self, held: Webhook, letter: Envelope, told: Told) -> bool:
        """Send one message and note what came of it; return whether it was taken."""
        database = self._house.database
        with database.write() as cursor:  # for as long as the attempt may take
            now = database.clock(cursor)
            if not self._hold(cursor, held, claimed_until=now + HOLD):
                return False
        answer = self._sender.post(held.url, letter.body, headers(held.secret, letter, now))
        if answer.is_taken:
            told.taken += 1
            return self._taken(held, letter, answer)
        told.failed += 1
        self._failed(held, answer, told)
        return False

    def _taken(self, held: Webhook, letter: Envelope, answer: Response) -> bool:
        database = self._house.database
        with database.write() as cursor:
            before = desk_rows.row(database, cursor, Webhook, id=held.id)
            values = {
                "tried_at": database.clock(cursor), "answer": answer.told, "attempts": 0,
                "failing_since": None, "sent": before.sent + 1 if before else 0,
            }  # fmt: skip
            if not self._hold(cursor, held, **values):
                return False
            webhooks.put_place(database, cursor, held.id, letter.stream, letter.seq)
        return True

    def _failed(self, held: Webhook, answer: Response, told: Told) -> None:
        database = self._house.database
        with database.write() as cursor:
            before = desk_rows.row(database, cursor, Webhook, id=held.id)
            if before is None:
                return
            now, failures = database.clock(cursor), before.attempts + 1
            values: dict[str, Any] = {
                "tried_at": now, "answer": answer.told, "attempts": failures,
                "failing_since": before.failing_since or now,
                "next_at": now + self._wait(failures, answer),
            }  # fmt: skip
            if answer.status == GONE or failures > len(SCHEDULE):
                values |= {"stopped_at": now, "next_at": now}
                values["stopped_for"] = "gone" if answer.status == GONE else "failing"
                told.stopped += 1
            self._hold(cursor, held, **values)

    def _wait(self, failures: int, answer: Response) -> timedelta:
        planned = SCHEDULE[min(failures, len(SCHEDULE)) - 1]
        wait = planned * (1 + JITTER * (2 * self._chance() - 1))
        asked = timedelta(seconds=answer.retry_after or 0)
        return max(wait, min(asked, LONGEST_WAIT))

    def _stop(self, held: Webhook, reason: str, told: Told) -> None:
        database = self._house.database
        with database.write() as cursor:
            now = database.clock(cursor)
            self._hold(cursor, held, stopped_at=now, stopped_for=reason)
        told.stopped += 1

    def _hold(self, cursor: Any, held: Webhook, **values: object) -> bool:
        assert held.claim is not None  # it was read after it was claimed
        return webhooks.hold(self._house.database, cursor, held.id, held.claim, **values)
