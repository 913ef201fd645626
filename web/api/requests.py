"""What was asked and told: extensions, waivers and notices of the projects that may be seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, TypeVar

from engine.core.definition import Workflow
from engine.core.errors import UnknownObjectError
from engine.core.opening import label
from engine.core.rows import Grant, Row, TaskRow, Waiver
from engine.core.state import State
from engine.services.lifecycle import stream_of
from web.api.operation import Call, Operations, Reply
from web.api.paging import cut
from web.api.projects import seen
from web.api.schemas import Limit, Text

OPERATIONS = Operations()
R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class RequestsAsked:
    """Which requests: of one project, and open or decided."""

    project: Text | None = None
    state: Literal["open", "decided"] | None = None
    limit: Limit = 50
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class ExtensionShown:
    """More time asked for a task, and what became of it; `days` are those granted."""

    project: str
    n: int
    task: str
    name: str
    wanted_days: int
    reason: str
    asked_on: date | None
    asked_by: str
    decision: str | None
    days: int
    decided_on: date | None
    decided_by: str | None
    why: str | None


@dataclass(frozen=True, slots=True)
class ExtensionPage:
    """A page of extensions by project, and the cursor of the next."""

    items: list[ExtensionShown]
    next: str | None


@dataclass(frozen=True, slots=True)
class WaiverShown:
    """A task that somebody asks to be let off; it holds once a second person has confirmed."""

    project: str
    n: int
    task: str
    name: str
    reason: str
    proposed_on: date | None
    proposed_by: str
    confirmed_on: date | None
    confirmed_by: str | None


@dataclass(frozen=True, slots=True)
class WaiverPage:
    """A page of waivers by project, and the cursor of the next."""

    items: list[WaiverShown]
    next: str | None


def _rows(call: Call, kind: type[R]) -> Iterator[tuple[State, Workflow, R]]:
    wanted = call.query.project
    for state, workflow in call.desk.inbox.seen_by(call.org):
        if wanted in (None, state.project.code):
            yield from ((state, workflow, row) for row in state.rows(kind))


def _is_chosen(asked: RequestsAsked, *, is_decided: bool) -> bool:
    return asked.state is None or (asked.state == "decided") == is_decided


def _task(call: Call, state: State, workflow: Workflow, n: int) -> tuple[str, str]:
    row = state.row(TaskRow, n)
    return label(row), call.say.label(workflow, label(row), row.title)


@OPERATIONS.get("extensions_list", "/extensions", ExtensionPage, RequestsAsked)
def extensions(call: Call) -> Reply:
    """Return what more time was asked for."""
    found = [
        ExtensionShown(
            state.project.code, row.n, *_task(call, state, workflow, row.task), row.wanted_days,
            row.reason, row.asked_on, row.asked_by, row.decision, row.days, row.decided_on,
            row.decided_by, row.why,
        )
        for state, workflow, row in _rows(call, Grant)
        if _is_chosen(call.query, is_decided=row.decision is not None)
    ]  # fmt: skip
    page = cut(found, lambda one: [one.project, one.n], call.query)
    return Reply(ExtensionPage(page.items, page.next))


@OPERATIONS.get("waivers_list", "/waivers", WaiverPage, RequestsAsked)
def waivers(call: Call) -> Reply:
    """Return what somebody asked to be let off."""
    found = [
        WaiverShown(
            state.project.code, row.n, *_task(call, state, workflow, row.task), row.reason,
            row.proposed_on, row.proposed_by, row.confirmed_on, row.confirmed_by,
        )
        for state, workflow, row in _rows(call, Waiver)
        if _is_chosen(call.query, is_decided=row.confirmed_on is not None)
    ]  # fmt: skip
    page = cut(found, lambda one: [one.project, one.n], call.query)
    return Reply(WaiverPage(page.items, page.next))


@dataclass(frozen=True, slots=True)
class NoticesAsked:
    """Which notices: every filter that is given must hold."""

    project: Text | None = None
    post: Text | None = None
    rung: Text | None = None
    status: Text | None = None
    limit: Limit = 50
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One notice of the ledger: what caused it, and to which post it went."""

    project: str
    n: int
    created_at: datetime
    rung: str | None
    status: str
    post: str
    org: str
    subject: str


@dataclass(frozen=True, slots=True)
class NoticePage:
    """A page of notices, the oldest first, and the cursor of the next."""

    items: list[NoticeLine]
    next: str | None


@dataclass(frozen=True, slots=True)
class NoticeWhole:
    """One notice as it was written: plain text, and a page that can be printed."""

    notice: NoticeLine
    body: str
    page: str


@OPERATIONS.get("notices_list", "/notices", NoticePage, NoticesAsked)
def notices(call: Call) -> Reply:
    """Return the notices of the projects that the post may see."""
    asked = call.query
    equal = {name: getattr(asked, name) for name in ("post", "rung", "status")}
    given = {name: value for name, value in equal.items() if value is not None}
    if asked.project is not None:
        given["stream"] = stream_of(asked.project)
    mine = {state.stream for state, _ in call.desk.inbox.seen_by(call.org)}
    rows = [row for row in call.desk.queries.notice_heads(**given) if row["stream"] in mine]
    page = cut(rows, _place, asked)
    return Reply(NoticePage([_notice(row) for row in page.items], page.next))


def _place(row: dict[str, Any]) -> list[str | int]:
    return [row["created_at"].isoformat(timespec="microseconds"), row["stream"], row["n"]]


def _notice(row: dict[str, Any]) -> NoticeLine:
    return NoticeLine(
        row["stream"].partition(":")[2], row["n"], row["created_at"], row["rung"], row["status"],
        row["post"], row["org"], row["subject"],
    )  # fmt: skip


@OPERATIONS.get("notice_show", "/projects/{code}/notices/{n}", NoticeWhole)
def notice(call: Call) -> Reply:
    """Return one notice as it was written."""
    stream, number = seen(call).state.stream, int(call.at["n"])
    for row in call.desk.queries.notices(stream=stream):
        if row["n"] == number:
            return Reply(NoticeWhole(_notice(row), row["body"], row["page"]))
    raise UnknownObjectError("notice", call.at["n"])
