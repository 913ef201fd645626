"""督办: what was told to whom, why, and the notice itself to be read, copied and printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from engine.core.definition import Workflow
from engine.core.directory import Directory
from engine.core.errors import UnknownObjectError
from engine.core.opening import label
from engine.services.lifecycle import stream_of
from engine.services.telling import Told
from templates.facts import due_day
from templates.notice import LETTERS, NOBODY
from web.asked import Answer, Asked, File, Go, Page
from web.documents import styles_of
from web.paging import paged
from web.routes import Routes
from web.rules import Rule

ROUTES = Routes()
PAPER = "default-src 'none'; style-src {styles}; frame-ancestors 'self'; base-uri 'none'; sandbox"
"""A stored page brings its own style, each sheet named by its digest, and nothing that runs."""

STATES = ("to_sign", "unreached", "merged")
"""What a notice may be besides sent: unsigned, told to nobody, or told with a later one."""


@dataclass(frozen=True, slots=True)
class Line:
    """One notice of the list."""

    code: str
    n: int
    project: str
    rung: str
    subject: str
    to: str
    at: datetime
    is_letter: bool
    reached: bool
    is_new: bool


@ROUTES.get("/n", Rule.SIGNED_IN)
def notices(asked: Asked) -> Answer:
    """Show the notices of the projects that the post may see, newest first; or those to it."""
    seen = {state.stream: (state, wf) for state, wf in _seen(asked)}
    chosen = {name: asked.query.get(name, "") for name in ("rung", "project", "mine", "state")}
    rows = [
        row
        for row in reversed(asked.site.desk.queries.notice_heads())
        if row["stream"] in seen and _fits(asked, row, chosen)
    ]
    found, pages = paged(asked, rows)
    directory, new = asked.site.desk.people.directory(), _new(asked)
    facts = {
        "lines": [_line(asked, row, seen[row["stream"]], directory, new) for row in found],
        "unread": len(new), "states": STATES, "n": len(rows), "chosen": chosen,
        "pages": pages, "rungs": _rungs(asked, seen),
    }  # fmt: skip
    return Page("notices.html.j2", facts)


def _seen(asked: Asked) -> list[Any]:
    return asked.site.desk.inbox.seen_by(asked.visitor.org)


def _fits(asked: Asked, row: Mapping[str, Any], chosen: Mapping[str, str]) -> bool:
    if chosen["mine"] and row["post"] != asked.visitor.post.code:
        return False
    if chosen["project"] and row["stream"] != stream_of(chosen["project"]):
        return False
    if chosen["state"] in STATES and not _is(chosen["state"], row):
        return False
    if chosen["state"] != "merged" and row["status"] == "merged":
        return False
    return not chosen["rung"] or row["rung"] == chosen["rung"]


def _is(state: str, row: Mapping[str, Any]) -> bool:
    found: dict[str, bool] = {
        "to_sign": row["template"] in LETTERS and row["status"] != "merged",
        "unreached": str(row["post"]).startswith(NOBODY),
        "merged": row["status"] == "merged",
    }
    return found[state]


def _new(asked: Asked) -> frozenset[tuple[str, int]]:
    """Return the notices to the visitor's post that they have not opened."""
    visitor = asked.visitor
    held = asked.site.desk.sights.of(visitor.account.person, visitor.post.code)
    return frozenset((each.row["stream"], each.row["n"]) for each in held if each.is_new)


@ROUTES.post("/n/seen", Rule.SIGNED_IN)
def seen(asked: Asked) -> Answer:
    """Take every notice to the visitor's post as seen by them; the trail does not tell of it."""
    asked.site.desk.sights.see(asked.visitor.account.person, asked.visitor.post.code)
    return Go("/n?mine=1")


def _rungs(asked: Asked, seen: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the rungs of every ladder in sight, each once, in their order."""
    workflows = {wf.digest: wf for _, wf in seen.values()}.values()
    rungs = [r for wf in workflows for ladder in wf.ladders.values() for r in ladder.rungs]
    return list({rung.key: (rung.key, rung.name[asked.say.locale]) for rung in rungs}.values())


def _line(
    asked: Asked, row: Mapping[str, Any], held: Any, directory: Directory,
    new: frozenset[tuple[str, int]] = frozenset(),
) -> Line:  # fmt: skip
    state, workflow = held
    return Line(
        state.project.code, row["n"], state.project.name, _rung(asked, workflow, row["rung"]),
        row["subject"], _to(asked, row, directory), _local(workflow, row["created_at"]),
        row["template"] in LETTERS, not str(row["post"]).startswith(NOBODY),
        (row["stream"], row["n"]) in new,
    )  # fmt: skip


def _rung(asked: Asked, workflow: Workflow, key: str | None) -> str:
    return asked.say.name(workflow, "rung", key) if key else asked.say.say("notices.information")


def _to(asked: Asked, row: Mapping[str, Any], directory: Directory) -> str:
    post = directory.posts.get(row["post"])
    name = post.name if post else asked.say.say("notices.nobody")
    return asked.say.say("notices.to", org=directory.org_name(row["org"]), post=name)


def _local(workflow: Workflow, at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(workflow.timezone))


@ROUTES.get("/n/{code}/{n:int}", Rule.SIGNED_IN)
def notice(asked: Asked) -> Answer:
    """Show one notice: its words, why it was sent, and what was told of the same task before."""
    told = _told(asked)
    row, workflow = told.notice, told.workflow
    if row["post"] == asked.visitor.post.code:
        person = asked.visitor.account.person
        asked.site.desk.sights.see(person, row["post"], (row["stream"], row["n"]))
    directory = asked.site.desk.people.directory()
    facts = {
        "told": told, "row": row, "to": _to(asked, row, directory),
        "rung": _rung(asked, workflow, row["rung"]), "at": _local(workflow, row["created_at"]),
        "task": asked.say.label(workflow, label(told.row), told.row.title) if told.row else "",
        "why": _why(asked, told), "is_letter": row["template"] in LETTERS,
        "before": _others(asked, told, directory, is_same_cause=False),
        "beside": _others(asked, told, directory, is_same_cause=True),
    }  # fmt: skip
    return Page("notice.html.j2", facts)


def _told(asked: Asked) -> Told:
    code, n = str(asked.at["code"]), int(asked.at["n"])
    if code not in {state.project.code for state, _ in _seen(asked)}:
        raise UnknownObjectError("notice", f"{code}/{n}")
    return asked.site.desk.telling.notice(code, n)


def _why(asked: Asked, told: Told) -> str:
    if told.rung is None or told.day is None or told.row is None or told.row.due is None:
        return asked.say.say("notices.why_entry", n=told.entry.seq)
    key = "notices.why_after" if told.rung.days > 0 else "notices.why_before"
    due = due_day(asked.say, told.row.due, provisional=told.row.provisional)
    on = due_day(asked.say, told.day, provisional=told.is_provisional)
    return asked.say.say(key, due=due, n=abs(told.rung.days), on=on)


def _others(asked: Asked, told: Told, directory: Directory, *, is_same_cause: bool) -> list[Line]:
    """Return who else was told for the same cause, or what else was told of the same task."""
    state = next(s for s, _ in _seen(asked) if s.stream == told.notice["stream"])
    rows = asked.site.desk.queries.notice_heads(stream=state.stream)
    return [
        _line(asked, row, (state, told.workflow), directory)
        for row in reversed(rows)
        if row["task"] == told.notice["task"] and row["n"] != told.notice["n"]
        and (row["cause"] == told.notice["cause"]) is is_same_cause and row["status"] != "merged"
    ]  # fmt: skip


@ROUTES.get("/n/{code}/{n:int}/page", Rule.SIGNED_IN)
def paper(asked: Asked) -> Answer:
    """Return the notice as it is printed, exactly as it was written down."""
    text = str(_told(asked).notice["page"])
    return File(text, "text/html", policy=policy_of(text), framed=True)


def policy_of(text: str) -> str:
    """Return the content security policy of a stored page."""
    return PAPER.format(styles=styles_of(text))
