"""我的待办: what a post owes in due order, the first item open beside it; and one item alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any

from engine.core.errors import RefusalError, ShidianError, StaleVersionError
from engine.core.rows import Part
from engine.services.inbox import Item, Opened
from engine.services.lifecycle import Ask
from engine.storage.papers import Paper
from web import asking, failing, receiving
from web.alike import Bunch, bunched
from web.asked import Answer, Asked, Go, Page
from web.facing import by_name, group_of, name_of, original_of, part_name, shown, turn_name
from web.faults import fault, field_of
from web.offers import days_wanted, offers_of
from web.pages.done import deeds
from web.routes import Routes
from web.rules import Rule

ROUTES = Routes()
GROUPS = ("late", "today", "week", "later", "undated")
BOXES = ("mine", "waiting", "done")
SHOWN = 60
"""Items listed at most: the rest is behind the search."""


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the list: `more` how many further projects of the same task stand behind it."""

    item: Item
    href: str
    lamp: Any
    name: str
    sub: str
    button: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Tried:
    """An act that was refused, and the file that came with it and is kept for the next try."""

    error: ShidianError
    held: Paper | None


@ROUTES.get("/", Rule.SIGNED_IN)
def inbox(asked: Asked) -> Answer:
    """Show what the post owes; the item asked for, or the first, is open beside it."""
    box = asked.query.get("box", "mine")
    return _page(asked, box if box in BOXES else "mine", asked.query.get("sel"))


def _page(
    asked: Asked, box: str, wanted: str | None, opened: Opened | None = None,
    tried: Tried | None = None,
) -> Page:  # fmt: skip
    items = asked.site.desk.inbox.of(asked.visitor.actor())
    boxes = {
        "mine": [item for item in items if any(turn.is_main for turn in item.turns)],
        "waiting": [item for item in items if not any(turn.is_main for turn in item.turns)],
    }
    listed = boxes.get(box, [])
    key = wanted or (_key(listed[0]) if listed else None)
    if opened is None and key is not None:
        opened = _open(asked, key)
    today = opened.on if opened else asked.site.desk.people.today()
    facts = {
        "box": box, "counts": {name: len(found) for name, found in boxes.items()},
        "groups": _groups(asked, listed[:SHOWN], key, today), "rest": max(0, len(listed) - SHOWN),
        "today": today, "summary": _summary(asked, boxes["mine"], today),
        "waiting": len(boxes["waiting"]), "boxes": BOXES,
        "deeds": deeds(asked) if box == "done" else [],
        "detail": detail(asked, opened, tried) if opened else None,
        "done": asked.query.get("done"),
        "unread": asked.site.desk.sights.unread(
            asked.visitor.account.person, asked.visitor.post.code
        ),
    }  # fmt: skip
    status = failing.status_of(tried.error) if tried else HTTPStatus.OK
    return Page("inbox.html.j2", facts, status.value)


def _key(item: Item) -> str:
    return f"{item.project.code}.{item.row.n}"


def _open(asked: Asked, key: str) -> Opened | None:
    code, _, n = key.rpartition(".")
    if not n.isdecimal():
        return None
    try:
        return asked.site.desk.inbox.open(code, int(n), asked.visitor.actor())
    except ShidianError:
        return None  # a link to what is gone opens the list without it


def _groups(
    asked: Asked, items: Sequence[Item], key: str | None, today: date
) -> list[tuple[str, int, list[Bunch[Line]]]]:
    found: dict[str, list[Line]] = {name: [] for name in GROUPS}
    for item in items:
        found[group_of(item.row.due, today)].append(_line(asked, item, _key(item) == key))
    return [
        (name, len(lines), bunched(lines, _kind, lambda line: line.is_open))
        for name, lines in found.items()
        if lines
    ]


def _kind(line: Line) -> tuple[str, str, str]:
    """Return what makes lines alike: the task of a workflow, and what is to be done with it."""
    return line.item.project.digest, line.item.row.key, line.button


def _line(asked: Asked, item: Item, is_open: bool) -> Line:
    say, workflow = asked.say, item.workflow
    main = next((turn for turn in item.turns if turn.is_main), None)
    button = turn_name(say, workflow, item.row, main) if main else say.say("turn.look")
    return Line(
        item, f"/?sel={_key(item)}", shown(say, item.lamp, item.row),
        name_of(say, workflow, item.row), _sub(asked, item), button, is_open,
    )  # fmt: skip


def _sub(asked: Asked, item: Item) -> str:
    say, workflow = asked.say, item.workflow
    if item.others and not any(turn.is_main for turn in item.turns):
        roles = dict.fromkeys(role for turn in item.others for role in turn.roles[:1])
        who = say.listing(say.name(workflow, "role", role) for role in roles)
        return say.say("inbox.waits_for", who=who)
    parts = [part_name(say, workflow, item.row, turn) for turn in item.turns if turn.is_main]
    named = list(dict.fromkeys(part for part in parts if part))
    return say.say("inbox.parts", parts=say.listing(named)) if named else ""


def _summary(asked: Asked, items: Sequence[Item], today: date) -> str:
    late = sum(1 for item in items if group_of(item.row.due, today) == "late")
    due = sum(1 for item in items if group_of(item.row.due, today) == "today")
    key = "inbox.some_due" if late or due else "inbox.none_due"
    return asked.say.say(key, late=late, due=due)


def detail(asked: Asked, opened: Opened, tried: Tried | None = None) -> dict[str, Any]:
    """Return one item as its pane shows it: facts, what can be done, and why not."""
    say, project = asked.say, opened.state.project
    return {
        "opened": opened, "project": project, "name": name_of(say, opened.workflow, opened.row),
        "stage": say.name(opened.workflow, "stage", project.stage),
        "region": opened.directory.org_name(project.parent),
        "lamp": shown(say, opened.lamp, opened.row), "row": opened.row,
        "reason": say.lamp(opened.lamp, opened.workflow), "words": opened.row.words,
        "offers": offers_of(asked, opened), "version": opened.state.version,
        "problem": _problem(asked, opened, tried.error if tried else None), "typed": asked.form,
        "faulty": field_of(tried.error if tried else None),
        "days_wanted": days_wanted(opened), "kept": tried.held if tried else None,
        "papers": papers_of(asked, opened),
        "status": say.name(opened.workflow, "status", opened.row.status),
        "holder": say.name(opened.workflow, "role", opened.row.waiting or opened.row.holder),
        "wanted": asked.query.get("open", ""), "late": _consequence(asked, opened),
        "original": original_of(say, opened.row),
    }  # fmt: skip


def _consequence(asked: Asked, opened: Opened) -> str:
    """Return what follows when an item is late: the rungs of its ladder, as the workflow says."""
    task = opened.workflow.tasks.get(opened.row.key)
    ladder = opened.workflow.ladder_of(task.ladder) if task else None
    if ladder is None or opened.row.due is None:
        return ""
    named = [asked.say.name(opened.workflow, "rung", rung.key) for rung in ladder.rungs]
    return asked.say.say("item.ladder", rungs=asked.say.listing(named))


def papers_of(asked: Asked, opened: Opened) -> list[tuple[str, str | None, str]]:
    """Return what was handed in for a task: its name, where the file is, and what it is for."""
    parts = [
        part
        for part in opened.state.rows(Part)
        if part.task == opened.row.n and not part.void and (part.doc_no or part.digest)
    ]
    kept = asked.site.desk.papers.named({part.digest for part in parts if part.digest})
    code, say = opened.state.project.code, asked.say
    return [
        (
            kept[part.digest].name if part.digest in kept else part.doc_no or "",
            f"/file/{code}/{part.digest}" if part.digest in kept else None,
            say.name(opened.workflow, "part", part.key, opened.row.key),
        )
        for part in parts
    ]


def _problem(asked: Asked, opened: Opened, problem: ShidianError | None) -> list[str]:
    if problem is None:
        return []
    if isinstance(problem, RefusalError):
        named = [by_name(opened.directory, reason) for reason in problem.reasons]
        return [asked.say.reason(reason, opened.workflow) for reason in named]
    if isinstance(problem, StaleVersionError):
        deed = asked.say.name(opened.workflow, "deed", problem.deed)
        return [asked.say.say("conflict.said", winner=_post_name(opened, problem), deed=deed)]
    return [fault(asked.say, problem)]


def _post_name(opened: Opened, problem: StaleVersionError) -> str:
    post = opened.directory.posts.get(problem.winner)
    return post.name if post else problem.winner


@ROUTES.get("/t/{code}/{n:int}", Rule.SIGNED_IN)
def one(asked: Asked) -> Answer:
    """Show one item alone: on a phone, or from a link in a message."""
    return _alone(asked, _asked_for(asked))


def _alone(asked: Asked, opened: Opened, tried: Tried | None = None) -> Page:
    status = failing.status_of(tried.error) if tried else HTTPStatus.OK
    return Page("item.html.j2", {"detail": detail(asked, opened, tried)}, status.value)


def _asked_for(asked: Asked) -> Opened:
    code, n = str(asked.at["code"]), int(asked.at["n"])
    return asked.site.desk.inbox.open(code, n, asked.visitor.actor())


@ROUTES.post("/t/{code}/{n:int}", Rule.SIGNED_IN)
def act(asked: Asked) -> Answer:
    """Do what the form asks, then open the next item; a refusal keeps what was typed."""
    opened = _asked_for(asked)
    code, held = opened.state.project.code, None
    try:
        held = receiving.received(asked, asked.site.desk.papers, asked.visitor.account.person)
        command = receiving.with_paper(asking.command_of(asked, opened.row), held)
        ask = Ask(
            command, asked.visitor.actor(),
            occurred_on=asking.occurred_on(asked), expected_version=asking.whole(asked, "version"),
            key=asked.typed("key") or None,
        )  # fmt: skip
        receipt = asked.site.desk.lifecycle.act(code, ask)
    except ShidianError as error:
        tried = Tried(error, held)
        fresh = _asked_for(asked)
        if asked.typed("from") == "inbox":
            return _page(asked, "mine", f"{code}.{opened.row.n}", fresh, tried)
        return _alone(asked, fresh, tried)
    if asked.typed("from") == "inbox":
        return Go(f"/?done={code}.{receipt.seq}")
    return Go(f"/p/{code}?done={receipt.seq}")
