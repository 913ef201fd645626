"""Proof of the trail: links, rows replayed, notices, and a checkpoint to hand out."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.core.errors import TrailError
from engine.core.events import SILENT, Entry, canonical, leaf_of, link, origin_of
from engine.core.merkle import root
from engine.core.state import State, fold, moment
from engine.services.house import House
from engine.services.writing import notice_digest
from engine.storage import boards, ledger
from engine.storage.ledger import Search
from engine.storage.store import NoticeRow

Progress = Callable[[int, int], None]
Head = tuple[str, int, int, bytes]
"""Kind, number, version and chain head of a stream."""


@dataclass(frozen=True, slots=True)
class Break:
    """One place where the trail or the rows are not what they must be."""

    stream: str
    seq: int
    code: str
    detail: str = ""


@dataclass(slots=True)
class Verdict:
    """What a verification found: how much it looked at, against what, and every break.

    `verdict` is ``sound``, ``broken`` or ``empty``: nothing to judge is never sound.
    """

    entries: int = 0
    streams: int = 0
    notices: int = 0
    root: str = ""
    checkpoint: str | None = None
    breaks: list[Break] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        """The verdict in one word."""
        if self.breaks:
            return "broken"
        return "sound" if self.entries else "empty"


class Proof:
    """Verification of a whole database."""

    def __init__(self, house: House) -> None:
        self._house = house

    def verify(
        self, checkpoint: Mapping[str, Any] | None = None, progress: Progress | None = None
    ) -> Verdict:
        """Check numbering, canonical text, leaf, chain, columns, replay and notices.

        Args:
            checkpoint: one handed out earlier; a tail cut or a chain rewritten since is found.
            progress: called with (streams done, streams in all).
        """
        verdict, known = Verdict(), list(self.streams())
        self.judge(known, verdict, progress)
        self.conclude(verdict, checkpoint)
        return verdict

    def streams(self) -> dict[str, int]:
        """Return the number of entries of every stream, by its id; 0 where its head is gone."""
        database = self._house.database
        with database.read() as cursor:
            heads = ledger.heads(database, cursor)
            known = sorted({*heads, *ledger.streams_with_events(database, cursor)})
        return {name: heads[name][1] if name in heads else 0 for name in known}

    def judge(
        self, streams: Sequence[str], verdict: Verdict, progress: Progress | None = None
    ) -> None:
        """Judge some streams in one transaction and add to a verdict what they show."""
        database = self._house.database
        with database.read() as cursor:
            heads, published = ledger.heads(database, cursor), self._published(cursor)
            for done, stream in enumerate(streams, start=1):
                self._stream(cursor, stream, heads.get(stream), published, verdict)
                if progress is not None:
                    progress(done, len(streams))
        verdict.streams += len(streams)

    def conclude(
        self, verdict: Verdict, checkpoint: Mapping[str, Any] | None = None,
        within: Collection[str] | None = None,
    ) -> None:  # fmt: skip
        """Add what is judged of all streams together: stray rows, the root, the checkpoint.

        With `within`, only what concerns these streams is added, and no root: it would tell of
        the others.
        """
        database = self._house.database
        with database.read() as cursor:
            heads = ledger.heads(database, cursor)
            for stream, table in ledger.strays(database, cursor):
                if within is None or stream in within:
                    detail = f"{table} rows in a stream of another kind"
                    verdict.breaks.append(Break(stream, 0, "rows", detail))
        verdict.root = _root(heads).hex() if within is None else ""
        if checkpoint is not None:
            self._against(checkpoint, verdict, within)

    def _published(self, cursor: Any) -> set[str]:
        try:
            return self._house.digests(cursor)
        except (ValueError, KeyError):
            return set()  # the stream of the definitions is named for it; see `_stream`

    def _stream(
        self, cursor: Any, stream: str, head: Head | None, published: set[str], verdict: Verdict
    ) -> None:
        """Judge one stream; a cell that nobody can read any more breaks it like a changed one."""
        try:
            entries = ledger.of_stream(self._house.database, cursor, stream)
            self._chain(cursor, stream, head, entries, verdict)
            if not any(b.stream == stream for b in verdict.breaks):
                self._replay(cursor, stream, entries, verdict)
            self._notices(cursor, stream, entries, verdict)
        except ValueError as error:
            verdict.breaks.append(Break(stream, 0, "unreadable", str(error)))
            return
        for entry in entries:
            digest = _body(entry).get("definition")
            if digest is not None and digest not in published:
                verdict.breaks.append(Break(stream, entry.seq, "definition", digest[:12]))

    def _chain(
        self, cursor: Any, stream: str, head: Head | None, entries: list[Entry], verdict: Verdict
    ) -> None:
        verdict.entries += len(entries)
        chain = origin_of(self._house.identity, stream)
        last = None
        for number, entry in enumerate(entries, start=1):
            chain = link(chain, leaf_of(entry.canon))
            verdict.breaks += _entry_breaks(entry, number, chain, last)
            last = entry
        at = ledger.last_moment(self._house.database, cursor, stream)
        if head is None or (head[1], head[3]) != (len(entries), chain):
            verdict.breaks.append(Break(stream, len(entries), "head", "the stream's head differs"))
        elif at != (last.recorded_at if last else None):
            detail = "the stream's last moment differs"
            verdict.breaks.append(Break(stream, len(entries), "head", detail))

    def _replay(self, cursor: Any, stream: str, entries: list[Entry], verdict: Verdict) -> None:
        try:
            held = self._house.store(cursor).find(stream)
            told = fold(stream, (entry.body["cells"] for entry in entries))
        except (TrailError, KeyError, TypeError) as error:
            verdict.breaks.append(Break(stream, len(entries), "replay", str(error)))
            return
        version = sum(entry.kind not in SILENT for entry in entries)
        if held is None or held.version != version:
            verdict.breaks.append(Break(stream, len(entries), "version", "the version differs"))
        else:
            verdict.breaks += _row_breaks(held, told)

    def _notices(self, cursor: Any, stream: str, entries: list[Entry], verdict: Verdict) -> None:
        rows = boards.notices(self._house.database, cursor, stream=stream)
        verdict.notices += len(rows)
        held = {(row["cause"], row["post"]): row for row in rows}
        said = {
            (notice["cause"], notice["post"]): (entry, notice)
            for entry in entries
            for notice in _body(entry).get("notices", ())
        }
        for key in sorted({*held, *said}):
            seq = said[key][0].seq if key in said else 0
            if key not in said or key not in held or not _is_told(held[key], *said[key]):
                detail = f"{key[0]} to {key[1]}"
                verdict.breaks.append(Break(stream, seq, "notice", detail))

    def checkpoint(self) -> dict[str, Any]:
        """Return a checkpoint: number and head of every stream, and one root over them."""
        database = self._house.database
        with database.read() as cursor:
            heads = ledger.heads(database, cursor)
            at = moment(self._house.now(cursor))
            size = ledger.count(database, cursor, Search())
        return {
            "house": self._house.identity, "at": at, "size": size, "root": _root(heads).hex(),
            "streams": {name: [head[1], head[3].hex()] for name, head in heads.items()},
        }  # fmt: skip

    def _against(
        self, checkpoint: Mapping[str, Any], verdict: Verdict, within: Collection[str] | None
    ) -> None:
        verdict.checkpoint = str(checkpoint["at"])
        if checkpoint["house"] != self._house.identity:
            verdict.breaks.append(Break("-", 0, "house", "the checkpoint is of another database"))
        database = self._house.database
        with database.read() as cursor:
            for stream, (seq, head) in sorted(checkpoint["streams"].items()):
                if within is not None and stream not in within:
                    continue
                found = ledger.entry_at(database, cursor, stream, int(seq))
                if found is None:
                    verdict.breaks.append(Break(stream, seq, "cut", "entries are missing"))
                elif found.chain.hex() != head:
                    verdict.breaks.append(Break(stream, seq, "rewritten", "the chain differs"))


def _root(heads: Mapping[str, tuple[str, int, int, bytes]]) -> bytes:
    leaves = [
        leaf_of(f"{name}\n{head[1]}\n{head[3].hex()}") for name, head in sorted(heads.items())
    ]
    return root(leaves)


def _entry_breaks(entry: Entry, number: int, chain: bytes, last: Entry | None) -> list[Break]:
    found = []
    if entry.seq != number:
        found.append(Break(entry.stream, entry.seq, "number", f"entry {number} is missing"))
    if entry.leaf != leaf_of(entry.canon):
        found.append(Break(entry.stream, entry.seq, "leaf", "the text was changed"))
    elif entry.chain != chain:
        found.append(Break(entry.stream, entry.seq, "chain", "the chain does not link"))
    elif not _is_canonical(entry):
        found.append(Break(entry.stream, entry.seq, "canon", "the text is not canonical"))
    else:
        found += [Break(entry.stream, entry.seq, "column", name) for name in _false_columns(entry)]
    if last is not None and entry.recorded_at < last.recorded_at:
        found.append(Break(entry.stream, entry.seq, "time", "recorded before the entry before it"))
    return found[:1]


def _body(entry: Entry) -> dict[str, Any]:
    """What an entry says; nothing where its text cannot be read, which breaks its leaf too."""
    try:
        body: Any = entry.body
    except json.JSONDecodeError:
        return {}
    return body if isinstance(body, dict) else {}


def _is_canonical(entry: Entry) -> bool:
    try:
        return canonical(_body(entry)) == entry.canon
    except TrailError:
        return False


def _false_columns(entry: Entry) -> list[str]:
    body = entry.body
    shown = {
        "stream": entry.stream, "seq": entry.seq, "at": moment(entry.recorded_at),
        "effective_on": entry.effective_on.isoformat(), "kind": entry.kind, "deed": entry.deed,
        "actor": entry.actor, "post": entry.post, "org": entry.org, "outcome": entry.outcome,
    }  # fmt: skip
    return [name for name, value in shown.items() if body.get(name) != value]


def _row_breaks(held: State, told: State) -> list[Break]:
    found = []
    for table in sorted({*held.tables, *told.tables}):
        rows, replayed = held.tables.get(table, {}), told.tables.get(table, {})
        for n in sorted({*rows, *replayed}):
            if rows.get(n) != replayed.get(n):
                detail = f"{table} {n} is not what the trail says"
                found.append(Break(held.stream, held.seq, "rows", detail))
    return found


def _is_told(row: Mapping[str, Any], entry: Entry, said: Mapping[str, Any]) -> bool:
    """Return whether a notice is what its entry says was told, when, and as which rung."""
    digest = notice_digest(NoticeRow(**{name: row[name] for name in NoticeRow.__slots__}))
    rung = None if row["rung"] is None else f"rung:{row['task']}:"
    named = rung is None or (row["cause"].startswith(rung) and row["cause"].endswith(row["rung"]))
    when = (row["seq"], row["created_at"]) == (entry.seq, entry.recorded_at)
    return digest == said and when and named
