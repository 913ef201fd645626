"""交材料 by a link: made by whoever may hand in, opened on a phone, used once."""

from http import HTTPStatus
from typing import Any

from engine.core.commands import Paper, Submit, Target
from engine.core.decide.turns import Turn
from engine.core.errors import Reason, RefusalError, ShidianError, UnknownObjectError
from engine.services.inbox import Opened
from engine.services.lifecycle import Ask
from engine.services.links import Link, Purpose
from web import failing, receiving
from web.asked import Answer, Asked, Page
from web.facing import due_of, name_of
from web.routes import Routes
from web.rules import Rule

ROUTES = Routes()


@ROUTES.post("/t/{code}/{n:int}/link", Rule.SIGNED_IN)
def issue(asked: Asked) -> Answer:
    """Make a link for one slot of a task that the post holds or asks others for."""
    code, n = str(asked.at["code"]), int(asked.at["n"])
    opened = asked.site.desk.inbox.open(code, n, asked.visitor.actor())
    turn = _submission(opened, asked.typed("part"))
    purpose = Purpose(code, n, turn.part, _post(opened, turn))
    token, until = asked.site.desk.links.issue(purpose, asked.visitor.actor())
    facts = {**_facts(asked, opened, turn), "token": token, "until": until.date()}
    return Page("link_made.html.j2", {**facts, "host": asked.site.base, "code": code, "n": n})


def _submission(opened: Opened, part: str) -> Turn:
    for offer in opened.offers:
        if offer.turn.verb == "submit" and part in ("", offer.turn.part):
            return offer.turn
    raise UnknownObjectError("task", opened.row.key)


def _post(opened: Opened, turn: Turn) -> str:
    """Return the post for which a paper is handed in: one that holds the role of the task."""
    bound = {row.name: row.org for row in opened.parties}
    role = opened.workflow.roles[turn.roles[0]]
    found = opened.directory.holders(role, bound, opened.on)
    if not found:
        raise UnknownObjectError("post", role.key)
    return found[0].code


def _facts(asked: Asked, opened: Opened, turn: Turn) -> dict[str, Any]:
    say, workflow = asked.say, opened.workflow
    part = say.name(workflow, "slot", turn.part, opened.row.key) if turn.part else ""
    return {
        "project": opened.state.project, "name": name_of(say, workflow, opened.row),
        "part": part, "due": due_of(say, opened.row),
    }  # fmt: skip


@ROUTES.get("/s/{token}", Rule.OPEN)
def look(asked: Asked) -> Answer:
    """Show what is to be handed in, with one field for the file."""
    link, opened = _linked(asked)
    return _page(asked, link, opened)


def _linked(asked: Asked) -> tuple[Link, Opened]:
    desk = asked.site.desk
    link = desk.links.find(str(asked.at["token"]))
    return link, desk.inbox.open(link.code, link.task, desk.links.actor(link))


def _page(asked: Asked, link: Link, opened: Opened, problem: ShidianError | None = None) -> Page:
    turn = Turn(link.task, "submit", link.slot, (opened.row.holder,))
    facts = {**_facts(asked, opened, turn), "until": link.expires_at.date(), "problem": []}
    if isinstance(problem, RefusalError):
        facts["problem"] = [asked.say.reason(one, opened.workflow) for one in problem.reasons]
    elif problem is not None:
        facts["problem"] = [asked.say.error(problem)]
    status = failing.status_of(problem) if problem else HTTPStatus.OK
    return Page("link.html.j2", facts, status.value)


@ROUTES.post("/s/{token}", Rule.OPEN)
def hand_in(asked: Asked) -> Answer:
    """Take the file in and hand it in; the link has then served."""
    link, opened = _linked(asked)
    desk = asked.site.desk
    actor = desk.links.actor(link)
    try:
        held = receiving.received(asked, desk.papers, actor.person)
        if held is None:
            return _page(asked, link, opened, _nothing())
        paper = Paper(title=held.name, digest=held.digest)
        row = opened.row
        target = Target(row.key, row.period, row.ref)
        receipt = desk.lifecycle.act(link.code, Ask(Submit(target, link.slot, paper), actor))
    except ShidianError as error:
        return _page(asked, link, opened, error)
    desk.links.end(str(asked.at["token"]))
    facts = {"project": opened.state.project, "number": receipt.seq, "name": held.name}
    return Page("link_done.html.j2", facts)


def _nothing() -> RefusalError:
    return RefusalError((Reason("upload_empty", {"file": "-"}),))
