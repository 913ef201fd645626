"""Confirming a calendar: the open deadlines of a project are counted anew, and owners are told."""

from collections.abc import Mapping
from typing import Any

from engine.core.arrangements import COUNTRY, Arrangement
from engine.core.commands import ConfirmCalendar
from engine.core.context import Context, office, parties
from engine.core.decide.decision import Decision, date_reasons, refuse, refuse_if
from engine.core.events import NoticeRequest
from engine.core.opening import label
from engine.core.recipients import recipients
from engine.core.state import Draft
from engine.core.timing import lateness, reckon
from engine.core.unconfirmed import Move, dated_rows, unconfirmed

TEMPLATE = "moved"


def confirm(draft: Draft, _: ConfirmCalendar, ctx: Context) -> Decision:
    """Count every open deadline with the calendar known now; those that move are told of.

    Possible in any standing: a correction of the calendar is no work on the project. The clock
    holds no role, so that it never confirms.
    """
    refuse_if(date_reasons(draft, ctx) + ctx.lacks_role(draft, ctx.workflow.correctors))
    found = list(unconfirmed(draft, ctx.workflow, ctx.calendar))
    if not found:
        raise refuse("nothing_to_confirm", project=draft.project.code)
    for row in dated_rows(draft, ctx.workflow):
        reckon(draft, ctx, row)
    moved = [move for move in found if move.is_moved]
    facts = {
        "calendar": ctx.calendar.version,
        "moved": [_fact(move) for move in moved],
        "settled": [label(move.row) for move in found if not move.is_moved],
    }
    notices = tuple(one for move in moved for one in _tell(draft, ctx, move))
    return Decision("calendar.confirmed", "confirmcalendar", draft, facts, notices)


def _fact(move: Move) -> dict[str, Any]:
    return {
        "task": label(move.row), "was": move.was.isoformat(), "now": move.now.isoformat(),
        "provisional": move.provisional,
    }  # fmt: skip


def _tell(draft: Draft, ctx: Context, move: Move) -> list[NoticeRequest]:
    role = ctx.role(move.row.holder)
    cause, args = f"moved:{move.row.n}:{ctx.calendar.version}", _args(draft, ctx, move)
    return [
        NoticeRequest(
            cause, to.post, to.org, to.via.value, to.role, to.absent, TEMPLATE, move.row.n, None,
            merged=False, args=args,
        )
        for to in recipients(ctx.directory, (role,), parties(draft), ctx.today)
    ]  # fmt: skip


def _args(draft: Draft, ctx: Context, move: Move) -> Mapping[str, Any]:
    project, row, due = draft.project, move.row, move.now
    return {
        "project": project.name, "code": project.code, "stage": project.stage, "task": row.key,
        "kind": row.kind, "period": row.period, "ref": row.ref, "title": row.title,
        "due": due.isoformat(), "was": move.was.isoformat(), "words": row.words,
        "provisional": move.provisional, "original_due": None,
        "late": lateness(due, ctx.today, ctx.calendar),
        "left": max(0, ctx.calendar.between(ctx.today, due)),
        "rung": None, "merged": [], "missing": [], "on": ctx.today.isoformat(),
        "issuer": ctx.directory.org_name(office(ctx.workflow, parties(draft))),
        "paper": _paper(ctx, move),
    }  # fmt: skip


def _paper(ctx: Context, move: Move) -> Mapping[str, str | None] | None:
    """Return what arranged the days last that lie between the anchor and the day now due."""
    days = [step.to for step in move.found.steps] + [move.was]
    paper = ctx.calendar.decided_by(min(days), max(days))
    if paper is None:
        return None
    org = None if paper.region == COUNTRY else ctx.directory.org_name(paper.region)
    published = paper.published_on.isoformat() if paper.published_on else None
    return {"name": paper.document or _named(paper), "published": published, "org": org}


def _named(paper: Arrangement) -> str:
    names = [paper.names[day] for day in sorted(paper.names)]
    return " / ".join(dict.fromkeys(names)) or paper.id
