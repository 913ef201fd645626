"""Turning a decision into an entry of the trail, and writing both in the caller's transaction."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.core.decide.decision import Decision
from engine.core.definition import Workflow
from engine.core.directory import Directory
from engine.core.errors import ClockError, Reason
from engine.core.events import (
    SILENT,
    Actor,
    Entry,
    NoticeRequest,
    canonical,
    leaf_of,
    link,
)
from engine.core.recipients import Via
from engine.core.state import moment
from engine.services.house import House
from engine.storage.store import Held, NoticeRow, Store


@dataclass(frozen=True, slots=True)
class Frame:
    """Who, when and under which request an entry is written."""

    actor: Actor
    now: datetime
    occurred_on: date
    reason: str | None = None
    request: str | None = None
    batch: str | None = None
    definition: str | None = None


def write(
    store: Store, held: Held, decision: Decision, frame: Frame, notices: tuple[NoticeRow, ...] = ()
) -> Entry:
    """Write one entry with the rows it changes and the notices it causes; does not commit.

    Raises:
        TrailError: the entry does not fit, or another writer moved the locked stream.
    """
    before = held.state
    seq = before.seq + 1
    version = before.version + (0 if decision.kind in SILENT else 1)
    body = _body(held, decision, frame, seq, notices)
    canon = canonical(body)
    leaf = leaf_of(canon)
    entry = Entry(
        stream=before.stream, seq=seq, recorded_at=frame.now, effective_on=frame.occurred_on,
        kind=decision.kind, actor=frame.actor.person, post=frame.actor.post, org=frame.actor.org,
        outcome=body["outcome"], deed=decision.deed, canon=canon, leaf=leaf,
        chain=link(held.head, leaf),
    )  # fmt: skip
    store.append(held, decision.draft, version, entry, notices)
    return entry


def _body(
    held: Held, decision: Decision, frame: Frame, seq: int, notices: tuple[NoticeRow, ...]
) -> dict[str, Any]:
    actor = frame.actor
    body: dict[str, Any] = {
        "v": 1, "stream": held.state.stream, "seq": seq, "at": moment(frame.now),
        "effective_on": frame.occurred_on.isoformat(), "kind": decision.kind,
        "deed": decision.deed, "actor": actor.person, "post": actor.post, "org": actor.org,
        "on_behalf": actor.on_behalf, "channel": actor.channel,
        "outcome": "denied" if decision.reasons else "ok", "reason": frame.reason,
        "request": frame.request, "batch": frame.batch, "definition": frame.definition,
        "facts": dict(decision.facts), "cells": decision.draft.cells(),
    }  # fmt: skip
    if decision.reasons:
        body["reasons"] = [_reason(reason) for reason in decision.reasons]
    if notices:
        body["notices"] = [notice_digest(notice) for notice in notices]
    return body


def _reason(reason: Reason) -> dict[str, Any]:
    return {"code": reason.code, "facts": dict(reason.facts), "holder": reason.holder}


def notice_digest(notice: NoticeRow) -> dict[str, Any]:
    """Return what an entry keeps of a notice: its key, and the SHA-256 of what was said."""
    said = f"{notice.subject}\n{notice.body}\n{notice.page}".encode()
    return {
        "cause": notice.cause, "post": notice.post, "org": notice.org, "via": notice.via,
        "role": notice.role, "absent": notice.absent, "template": notice.template,
        "status": notice.status,
        "digest": hashlib.sha256(said).hexdigest(),
    }  # fmt: skip


def render(
    house: House, requests: tuple[NoticeRequest, ...], workflow: Workflow, directory: Directory
) -> tuple[NoticeRow, ...]:
    """Render the notices that a decision asks for, in the house's language."""
    rows = []
    for request in requests:
        text = house.ports.renderer.notice(request, workflow, directory, house.ports.locale)
        rows.append(
            NoticeRow(
                cause=request.cause, post=request.post, org=request.org, via=request.via,
                role=request.role, absent=request.absent,
                template=request.template, rung=request.rung, task=request.task,
                status=_status(request), locale=house.ports.locale,
                subject=text.subject, body=text.body, page=text.page,
            )
        )  # fmt: skip
    return tuple(rows)


def _status(request: NoticeRequest) -> str:
    if request.merged:
        return "merged"
    return "undeliverable" if request.via == Via.NOBODY else "ready"


def not_before(now: datetime, last: datetime | None, slack_seconds: int = 5) -> datetime:
    """Return a moment that does not precede the stream's last entry.

    Raises:
        ClockError: the clock stands more than `slack_seconds` before the last entry.
    """
    if last is None or now >= last:
        return now
    if (last - now).total_seconds() > slack_seconds:
        message = f"the clock says {now}, but the trail already holds {last}"
        raise ClockError(message, "clock_before_trail", now=str(now), newest=str(last))
    return last


def facts_of(entry: Entry) -> Mapping[str, Any]:
    """Return the facts of an entry."""
    facts: Mapping[str, Any] = entry.body["facts"]
    return facts
