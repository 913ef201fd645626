"""审计: the verdict on the trail, what happened and who did it, and what was known when."""

import csv
import io
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from engine.core.directory import Directory
from engine.core.errors import UnknownObjectError
from engine.core.events import Entry
from engine.services.audit import facts_line, is_late_entry
from engine.services.lifecycle import stream_of
from engine.services.proof import Verdict
from engine.storage.ledger import Search
from web.asked import Answer, Asked, File, Page
from web.history import who_is
from web.paging import SIZE, pages, start_of
from web.routes import Routes
from web.rules import Rule

ROUTES = Routes()
BOM = "\ufeff"
"""Without it, office programs of the country read a CSV file in another encoding."""

FORMULA = "=+-@\t\r＝＋－＠"
"""A cell that begins with one of these would be a formula to a spreadsheet."""

MOST = 20_000
"""Entries that are checked while a browser waits; more of them are checked on the server."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the list."""

    entry: Entry
    at: datetime
    what: str
    who: str
    facts: str
    href: str
    is_late: bool


@ROUTES.get("/audit", Rule.TRAIL)
def audit(asked: Asked) -> Answer:
    """Show the entries that fit the query, newest first."""
    return _page(asked, None)


@ROUTES.post("/audit/verify", Rule.TRAIL)
def verify(asked: Asked) -> Answer:
    """Check now what the post may read, and show the verdict above the query."""
    desk, streams = asked.site.desk, _scope(asked)
    total = desk.audit.count(Search(streams=streams))
    return _page(asked, desk.proof.verify(within=streams) if total <= MOST else None, total)


def _page(asked: Asked, verdict: Verdict | None, too_many: int = 0) -> Page:
    search, start = _search(asked), start_of(asked)
    total = asked.site.desk.audit.count(search)
    low = max(0, total - start - SIZE)
    found = asked.site.desk.audit.log(search, limit=max(0, total - start - low), offset=low)
    directory = asked.site.desk.people.directory()
    facts = {
        "lines": [_line(asked, entry, directory) for entry in reversed(found.entries)],
        "verdict": verdict,
        "too_many": too_many if too_many > MOST else 0, "total": total,
        "pages": pages(asked, total), "chosen": dict(asked.query), "kinds": _kinds(asked),
        "breaks": [_break(asked, one) for one in verdict.breaks] if verdict else [],
    }  # fmt: skip
    return Page("audit.html.j2", facts)


def _break(asked: Asked, one: Any) -> tuple[str, int, str]:
    return one.stream, one.seq, f"{one.code} {one.detail}"


def _kinds(asked: Asked) -> list[tuple[str, str]]:
    texts = asked.say.entries
    return [(key[5:], asked.say.say(key)) for key in texts if key.startswith("kind.")]


def _search(asked: Asked) -> Search:
    def given(name: str) -> str | None:
        return asked.query.get(name) or None

    code = given("project")
    found = Search(
        stream=stream_of(code) if code else None, outcome=given("outcome"),
        actor=given("actor"), post=given("post"), org=given("org"), kind=given("kind"),
        from_on=_day(asked, "from_on"), to_on=_day(asked, "to_on"),
        since=_moment(asked, "since", time.min), until=_moment(asked, "until", time.max),
    )  # fmt: skip
    return replace(found, streams=_scope(asked))


def _scope(asked: Asked) -> tuple[str, ...] | None:
    """Return the streams that the post may read; None for all, registers included.

    Auditors read all. So does a post of an org that has none above it and some below it, if it
    sees every project: the registers are its own matter. Everybody else reads their projects.
    """
    if asked.visitor.office is not None:
        return None
    desk, org = asked.site.desk, asked.visitor.org
    seen = tuple(state.stream for state, _ in desk.inbox.seen_by(org))
    sees_all = len(seen) == len(desk.queries.board_codes())
    return None if sees_all and _is_root(desk.people.directory(), org) else seen


def _is_root(directory: Directory, org: str) -> bool:
    held = directory.orgs.get(org)
    has_below = any(one.parent == org for one in directory.orgs.values())
    return held is not None and held.parent is None and has_below


def _day(asked: Asked, name: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(asked.query.get(name, ""))
    return None


def _moment(asked: Asked, name: str, at: time) -> datetime | None:
    day = _day(asked, name)
    zone = ZoneInfo(asked.site.timezone)
    return datetime.combine(day, at, zone).astimezone(UTC) if day else None


def _line(asked: Asked, entry: Entry, directory: Directory) -> Line:
    held = {key: value for key, value in facts_line(entry).items() if isinstance(value, str | int)}
    return Line(
        entry, entry.recorded_at.astimezone(ZoneInfo(asked.site.timezone)),
        asked.say.event(entry.kind), who_is(asked.say, directory, entry.post),
        asked.say.say("history.separator").join(str(value) for value in held.values()),
        f"/audit/{entry.stream}/{entry.seq}", is_late_entry(entry, asked.site.timezone),
    )  # fmt: skip


@ROUTES.get("/audit/{stream}/{seq:int}", Rule.TRAIL)
def entry(asked: Asked) -> Answer:
    """Show one entry whole: its facts, the cells it changed, and its place in the chain."""
    stream, seq = str(asked.at["stream"]), int(asked.at["seq"])
    scope = _scope(asked)
    log = asked.site.desk.audit.log(Search(stream=stream, streams=scope), limit=3, offset=seq - 2)
    if seq == 1:
        log = asked.site.desk.audit.log(Search(stream=stream, streams=scope), limit=2)
    held = {one.seq: one for one in log.entries}
    if seq < 1 or seq not in held:
        raise UnknownObjectError("entry", f"{stream}#{seq}")
    found = held[seq]
    before, after = held.get(seq - 1), held.get(seq + 1)
    facts = {
        "line": _line(asked, found, asked.site.desk.people.directory()),
        "cells": found.body["cells"], "canon": found.canon,
        "leaf": found.leaf.hex(), "chain": found.chain.hex(),
        "before": before.chain.hex() if before else "", "after": after.chain.hex() if after else "",
        "code": stream.partition(":")[2] if stream.startswith("project:") else "",
        "back": f"/audit/{stream}/{seq - 1}" if before else None,
        "next": f"/audit/{stream}/{seq + 1}" if after else None,
    }  # fmt: skip
    return Page("audit_entry.html.j2", facts)


@ROUTES.get("/audit.csv", Rule.TRAIL)
def table(asked: Asked) -> Answer:
    """Return what the query finds as a table for a spreadsheet, at most so many lines."""
    found = asked.site.desk.audit.log(_search(asked), limit=MOST)
    directory = asked.site.desk.people.directory()
    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerow([asked.say.say(f"audit.head_{key}") for key in HEADS])
    for one in found.entries:
        shown = _line(asked, one, directory)
        cells = (
            one.stream, one.seq, shown.at.isoformat(timespec="seconds"), one.effective_on,
            one.kind, shown.what, one.post, shown.who, one.org, one.outcome, shown.facts,
        )  # fmt: skip
        writer.writerow([_safe(str(cell)) for cell in cells])
    return File(BOM + held.getvalue(), "text/csv; charset=utf-8", "audit.csv")


HEADS = ("stream", "seq", "at", "on", "kind", "what", "post", "who", "org", "outcome", "facts")


def _safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula. Source: OWASP ASVS 5.0, 1.2.10."""
    return f"'{cell}" if cell.lstrip().startswith(tuple(FORMULA)) else cell
