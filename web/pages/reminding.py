"""提醒: the words with which whoever holds the ball is reminded, ready to be sent by the sender.

The desk sends nothing itself and records nothing here: a rung of the ladder is written by the
clock alone, so that a friendly word beside it never counts as one.
"""

from engine.services.inbox import Opened
from web.asked import Answer, Asked, Page
from web.facing import by_name, name_of, shown
from web.routes import Routes
from web.rules import Rule

ROUTES = Routes()


@ROUTES.get("/t/{code}/{n:int}/remind", Rule.SIGNED_IN)
def remind(asked: Asked) -> Answer:
    """Show the words for one item: what is due when, what is missing, where it is done."""
    code, n = str(asked.at["code"]), int(asked.at["n"])
    opened = asked.site.desk.inbox.open(code, n, asked.visitor.actor())
    say, row = asked.say, opened.row
    holder = say.name(opened.workflow, "role", row.waiting or row.holder)
    facts = {
        "project": opened.state.project, "row": row, "holder": holder,
        "name": name_of(say, opened.workflow, row), "text": _text(asked, opened, holder),
    }  # fmt: skip
    return Page("remind.html.j2", facts)


def _text(asked: Asked, opened: Opened, holder: str) -> str:
    """Return the words: facts first, the day, what is missing, and the way to ask for time."""
    say, row, project = asked.say, opened.row, opened.state.project
    lamp = shown(say, opened.lamp, row)
    lines = [
        say.say("remind.open", holder=holder),
        say.say(
            "remind.fact", project=project.name, code=project.code,
            what=name_of(say, opened.workflow, row), due=lamp.due, lamp=lamp.text,
        ),
        *_missing(asked, opened),
        say.say("remind.close"),
    ]  # fmt: skip
    if asked.site.base:
        lines.append(f"{asked.site.base}/t/{project.code}/{row.n}")
    return "\n".join(lines)


def _missing(asked: Asked, opened: Opened) -> list[str]:
    """Return what still stands in the way, each once; who may take the turn is not part of it."""
    reasons = {
        asked.say.reason(by_name(opened.directory, reason), opened.workflow): None
        for offer in opened.offers if offer.turn.is_main
        for reason in offer.reasons if reason.code not in ("role_missing", "self_review")
    }  # fmt: skip
    if not reasons:
        return []
    return [asked.say.say("remind.missing", what=asked.say.listing(reasons))]
