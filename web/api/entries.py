"""Entries of the audit trail as the API shows them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.core.events import Entry
from engine.services.audit import facts_line, is_late_entry
from templates.words import Words


@dataclass(frozen=True, slots=True)
class EntryShown:
    """One entry. `is_late` marks what was recorded on a later day than it happened."""

    stream: str
    seq: int
    recorded_at: datetime
    effective_on: date
    kind: str
    kind_name: str
    deed: str
    actor: str
    post: str
    org: str
    outcome: str
    is_late: bool
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class EntryPage:
    """A page of entries, the oldest first, and the cursor of the next."""

    items: list[EntryShown]
    next: str | None


@dataclass(frozen=True, slots=True)
class EntryWhole:
    """One entry with what proves it: its canonical text, and its hashes as hexadecimal digits."""

    entry: EntryShown
    canon: str
    leaf: str
    chain: str


def entry_shown(say: Words, entry: Entry, timezone: str) -> EntryShown:
    """Return an entry with its kind in words."""
    return EntryShown(
        entry.stream, entry.seq, entry.recorded_at, entry.effective_on, entry.kind,
        say.event(entry.kind), entry.deed, entry.actor, entry.post, entry.org, entry.outcome,
        is_late_entry(entry, timezone), facts_line(entry),
    )  # fmt: skip


def entry_whole(say: Words, entry: Entry, timezone: str) -> EntryWhole:
    """Return an entry with its proof."""
    return EntryWhole(
        entry_shown(say, entry, timezone), entry.canon, entry.leaf.hex(), entry.chain.hex()
    )
