"""审计: the verdict on the trail, what happened and who did it, and what was known when."""

import json
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from engine.core.errors import UnknownObjectError
from engine.services.audit import facts_line
from engine.services.checking import Scope
from engine.services.lifecycle import stream_of
from web.asked import Answer, Asked, Page
from web.facing import MARKS
from web.paging import SIZE, pages, start_of
from web.routes import Routes
from web.rules import Rule
from web.scope import chosen_of, day_of, moment_of, scope_of, search_of
from web.trail import Lines, badge, deeds

ROUTES = Routes()


@ROUTES.get("/audit", Rule.TRAIL)
def audit(asked: Asked) -> Answer:
    """Show the entries that fit the query, newest first, below the last verdict."""
    return page(asked)


def page(asked: Asked, problem: str = "", status: int = 200) -> Page:
    """Return the page of the trail; `problem` says what was wrong with a form of it."""
    desk, scope = asked.site.desk, scope_of(asked)
    search, start = search_of(asked), start_of(asked)
    total = desk.audit.log(search, limit=1).total
    low = max(0, total - start - SIZE)
    found = desk.audit.log(search, limit=max(0, total - start - low), offset=low)
    words = Lines(asked)
    facts = {
        "lines": [words.line(entry) for entry in reversed(found.entries)], "total": total,
        "pages": pages(asked, total), "kinds": _kinds(asked), "chosen": chosen_of(asked),
        "query": urlencode(chosen_of(asked)),
        "deeds": list(deeds(asked).items()), "badge": badge(asked, desk.checking.last(scope)),
        "is_all": scope.streams is None, "asof": _asof(asked, scope), "problem": problem,
        "asked_on": asked.query.get("asof", ""), "asked_known": asked.query.get("known", ""),
    }  # fmt: skip
    return Page("audit.html.j2", facts, status)


def _kinds(asked: Asked) -> list[tuple[str, str]]:
    return [(key[5:], asked.say.say(key)) for key in asked.say.entries if key.startswith("kind.")]


def _asof(asked: Asked, scope: Scope) -> dict[str, Any] | None:
    """Return a project as it was on a day by what was known at a moment; None when not asked."""
    code = asked.query.get("project", "")
    on, known = day_of(asked, "asof"), moment_of(asked, "known")
    if not code or (on is None and known is None):
        return None
    facts: dict[str, Any] = {"code": code, "found": None}
    if scope.streams is not None and stream_of(code) not in scope.streams:
        return facts
    try:
        seen = asked.site.desk.audit.asof(code, on, known)
        workflow = asked.site.desk.publications.version(seen.state.project.digest).workflow
    except UnknownObjectError:
        return facts
    say, zone = asked.say, ZoneInfo(asked.site.timezone)
    return {
        **facts, "found": seen, "name": seen.state.project.name, "mark": MARKS[seen.lamp.light],
        "light": say.light(seen.lamp), "stage": say.name(workflow, "stage", seen.view.stage),
        "reason": say.lamp(seen.lamp, workflow), "known": seen.known.astimezone(zone),
        "holder": say.name(workflow, "role", seen.lamp.holder) if seen.lamp.holder else "",
    }  # fmt: skip


@ROUTES.get("/audit/{stream}/{seq:int}", Rule.TRAIL)
def entry(asked: Asked) -> Answer:
    """Show one entry whole: its facts, the cells it changed, and its place in the chain."""
    stream, seq = str(asked.at["stream"]), int(asked.at["seq"])
    streams = scope_of(asked).streams
    is_seen = streams is None or stream in streams
    held = asked.site.desk.audit.around(stream, seq) if is_seen else {}
    if seq not in held:
        raise UnknownObjectError("entry", f"{stream}#{seq}")
    found, line = held[seq], Lines(asked).line(held[seq])
    before, after = held.get(seq - 1), held.get(seq + 1)
    facts = {
        "line": line, "body": found.body, "cells": found.body["cells"], "canon": found.canon,
        "told": [(key, _plain(value)) for key, value in facts_line(found).items()],
        "leaf": found.leaf.hex(), "chain": found.chain.hex(),
        "before": before.chain.hex() if before else "", "after": after.chain.hex() if after else "",
        "back": f"/audit/{stream}/{seq - 1}" if before else None,
        "next": f"/audit/{stream}/{seq + 1}" if after else None,
        "sees_projects": asked.visitor.office is None,
    }  # fmt: skip
    return Page("audit_entry.html.j2", facts)


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
