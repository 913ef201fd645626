"""Checking the trail step by step, so that no page waits long and a stopped check goes on.

Streams only grow, so that each is judged as it stands when its turn comes. What was found is kept
beside the trail: it says when which entries were sound, and no more.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from engine.services.house import House
from engine.services.proof import Break, Proof, Verdict
from engine.storage import desk_rows, verifications
from engine.storage.database import Database
from engine.storage.verifications import Verification

STEP = 20_000
"""Entries judged in one step, at least one stream: a second or two on a small machine."""

EVERYTHING = "*"
"""The scope of those before whom nothing is hidden."""

MOST_BREAKS = 100
"""Breaks kept of one check: more of them tell nothing new."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What is checked: `streams` None for the whole trail, registers included."""

    name: str
    streams: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Check:
    """A check: how far it came, what it found, against what.

    `total` is how many entries there were to check, `now` how many there are now.
    """

    verdict: Verdict
    started_at: datetime
    finished_at: datetime | None
    total: int
    now: int

    @property
    def name(self) -> str:
        """``running``, ``broken``, ``empty``, ``unanchored`` or ``sound``.

        Only what was held against a checkpoint from elsewhere is sound: links alone do not show
        that the newest entries were cut off.
        """
        if self.verdict.breaks:
            return "broken"
        if self.finished_at is None:
            return "running"
        if self.verdict.verdict == "sound" and self.verdict.checkpoint is None:
            return "unanchored"
        return self.verdict.verdict


class Checking:
    """The last check of each scope, and the next step of one."""

    def __init__(self, house: House, proof: Proof) -> None:
        self._house, self._proof = house, proof

    def last(self, scope: Scope) -> Check | None:
        """Return the last check within a scope, finished or not; None when there was none."""
        row = self._row(scope)
        return self._check(row, self._known(scope)) if row is not None else None

    def begin(self, scope: Scope, checkpoint: Mapping[str, Any] | None = None) -> Check:
        """Begin a check anew and take its first step; commits."""
        known = self._known(scope)
        with self._house.database.write() as cursor:
            now = self._house.now(cursor)
            row = Verification(
                scope.name, now, None, "", 0, 0, 0, sum(known.values()), "",
                json.dumps(checkpoint) if checkpoint is not None else None, "[]",
            )  # fmt: skip
            verifications.put(self._house.database, cursor, row)
        return self.go_on(scope)

    def go_on(self, scope: Scope) -> Check:
        """Take the next step of a check, or begin one; what is finished stays; commits."""
        row, known = self._row(scope), self._known(scope)
        if row is None:
            return self.begin(scope)
        if row.finished_at is None:
            row = self._step(scope, row, known)
        return self._check(row, known)

    def _step(self, scope: Scope, row: Verification, known: Mapping[str, int]) -> Verification:
        verdict = _verdict(row)
        chosen = list(_next(known, row.done))
        self._proof.judge(chosen, verdict)
        done = chosen[-1] if chosen else row.done
        is_last = not any(name > done for name in known)
        if is_last:
            held = json.loads(row.checkpoint) if row.checkpoint else None
            self._proof.conclude(verdict, held, scope.streams)
        with self._house.database.write() as cursor:
            found = replace(
                row, done=done, entries=verdict.entries, streams=verdict.streams,
                notices=verdict.notices, root=verdict.root,
                breaks=json.dumps([asdict(one) for one in verdict.breaks[:MOST_BREAKS]]),
                finished_at=self._house.now(cursor) if is_last else None,
            )  # fmt: skip
            if _row(self._house.database, cursor, scope) == row:
                verifications.put(self._house.database, cursor, found)
        return found

    def _row(self, scope: Scope) -> Verification | None:
        with self._house.database.read() as cursor:
            return _row(self._house.database, cursor, scope)

    def _known(self, scope: Scope) -> dict[str, int]:
        known = self._proof.streams()
        if scope.streams is None:
            return known
        return {name: n for name, n in known.items() if name in set(scope.streams)}

    def _check(self, row: Verification, known: Mapping[str, int]) -> Check:
        now = sum(known.values())
        return Check(_verdict(row), row.started_at, row.finished_at, row.total, now)


def _row(database: Database, cursor: Any, scope: Scope) -> Verification | None:
    return desk_rows.row(database, cursor, Verification, scope=scope.name)


def _verdict(row: Verification) -> Verdict:
    held = json.loads(row.checkpoint) if row.checkpoint else None
    return Verdict(
        row.entries, row.streams, row.notices, row.root, str(held["at"]) if held else None,
        [Break(**one) for one in json.loads(row.breaks)],
    )  # fmt: skip


def _next(known: Mapping[str, int], done: str) -> Iterator[str]:
    """Yield the streams of the next step, in order of their ids."""
    entries = 0
    for name in sorted(known):
        if name > done and entries < STEP:
            entries += known[name]
            yield name
