"""The audit vocabulary: who acted, one entry of the trail, and its canonical bytes and hashes."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from engine.core.errors import TrailError

KINDS: Final = (
    "project.opened",
    "stage.moved",
    "standing.moved",
    "task.submitted",
    "task.accepted",
    "task.sealed",
    "task.scored",
    "task.concluded",
    "task.recorded",
    "task.counted",
    "task.raised",
    "task.reopened",
    "entry.voided",
    "entry.corrected",
    "extension.asked",
    "extension.checked",
    "extension.decided",
    "waiver.proposed",
    "waiver.confirmed",
    "party.bound",
    "date.chosen",
    "interval.chosen",
    "clock.ticked",
    "attempt.denied",
    "register.changed",
    "workflow.published",
    "calendar.published",
    "calendar.confirmed",
    "programme.changed",
    "trail.exported",
    "register.exported",
)
"""Every kind of entry. A kind is never renamed and never used again for another meaning."""

SILENT: Final = frozenset({"clock.ticked", "attempt.denied"})
"""Kinds that leave a project's version alone: they never make an open form stale."""

MAX_BYTES: Final = 65_536
MAX_DEPTH: Final = 8
_KEY = re.compile(r"[a-z][a-z0-9_]*\Z")
_SAFE = 2**53 - 1
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person in a post of an org, through a channel, perhaps on behalf of an org.

    `channel` is ``web`` | ``api`` | ``cli`` | ``worker`` | ``import``.
    """

    person: str
    post: str
    org: str
    channel: str
    on_behalf: str | None = None


CLOCK: Final = Actor(person="clock", post="clock", org="-", channel="worker")


@dataclass(frozen=True, slots=True)
class NoticeRequest:
    """A notice that an entry causes: unique by (stream, cause, post).

    `post` is the address; ``nobody:<role>`` when no post could be found. `merged` marks a rung
    that was missed and is told by a later one. `via`, `role` and `absent` say why it goes there.
    """

    cause: str
    post: str
    org: str
    via: str
    role: str
    absent: str | None
    template: str
    task: int | None
    rung: str | None
    merged: bool
    args: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NoticeText:
    """A rendered notice: subject, plain text, and a page (HTML) that can be printed."""

    subject: str
    body: str
    page: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as written: `canon` is the exact text that is hashed, and the only truth."""

    stream: str
    seq: int
    recorded_at: datetime
    effective_on: date
    kind: str
    actor: str
    post: str
    org: str
    outcome: str
    deed: str
    canon: str
    leaf: bytes = field(repr=False)
    chain: bytes = field(repr=False)

    @property
    def body(self) -> dict[str, Any]:
        """The entry's canonical text, parsed."""
        return json.loads(self.canon)  # type: ignore[no-any-return]  # an object by construction


def canonical(body: Mapping[str, Any]) -> str:
    """Return the canonical JSON text of an entry (RFC 8785, restricted).

    Keys match ``[a-z][a-z0-9_]*``; no floats; whole numbers within ±(2^53 - 1); no U+0000 and
    no lone surrogates; at most 64 KiB and eight levels.

    Raises:
        TrailError: the body does not fit these limits; the message names the place.
    """
    # Cells come from typed rows, so only their text can be at fault, which the result shows.
    _check({key: value for key, value in body.items() if key != "cells"}, "entry", 0)
    text = _ENCODER.encode(body)
    if "\\u0000" in text:
        _check(body, "entry", 0)
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise TrailError("entry: text holds a lone surrogate", "entry_surrogate") from error
    if size > MAX_BYTES:
        message = f"entry: {size} bytes; at most {MAX_BYTES} fit into one entry"
        raise TrailError(message, "entry_long", size=size, most=MAX_BYTES)
    return text


def _check(value: Any, path: str, depth: int) -> None:
    if value is None or isinstance(value, bool):
        return
    if depth > MAX_DEPTH:
        message = f"{path}: nested deeper than {MAX_DEPTH} levels"
        raise TrailError(message, "entry_deep", where=path, most=MAX_DEPTH)
    if isinstance(value, int):
        if abs(value) > _SAFE:
            message = f"{path}: {value} is too large for a whole number; write it as text"
            raise TrailError(message, "entry_number", where=path, found=str(value))
    elif isinstance(value, str):
        if "\x00" in value:
            raise TrailError(f"{path}: text holds U+0000", "entry_nought", where=path)
    elif isinstance(value, Mapping):
        _check_object(value, path, depth)
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            _check(item, f"{path}[{index}]", depth + 1)
    else:
        found = type(value).__name__
        raise TrailError(
            f"{path}: {found} cannot stand in an entry", "entry_type", where=path, found=found
        )


def _check_object(value: Mapping[str, Any], path: str, depth: int) -> None:
    for key, item in value.items():
        if not _KEY.match(key):
            message = f"{path}: key {key!r} must match [a-z][a-z0-9_]*"
            raise TrailError(message, "entry_key", where=path, found=str(key))
        if item is None or (item.__class__ is str and "\x00" not in item):
            continue  # most of an entry is plain text
        _check(item, f"{path}.{key}", depth + 1)


def leaf_of(canon: str) -> bytes:
    """Return the leaf hash of an entry, SHA-256, 32 bytes (RFC 6962 leaf)."""
    return hashlib.sha256(b"\x00" + canon.encode()).digest()


def origin_of(house: str, stream: str) -> bytes:
    """Return the chain value before a stream's first entry: it commits to house and stream."""
    return hashlib.sha256(b"\x03" + f"{house}\nsha256\n{stream}".encode()).digest()


def link(previous: bytes, leaf: bytes) -> bytes:
    """Return the chain value after an entry, SHA-256, 32 bytes."""
    return hashlib.sha256(b"\x02" + previous + leaf).digest()
