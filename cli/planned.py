"""What a sweep would write, on the terminal."""

from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from cli import output
from cli.session import Session
from engine.core.events import NoticeRequest, NoticeText
from engine.services.queries import Detail

Told = Sequence[tuple[NoticeRequest, NoticeText]]


def told(session: Session, planned: Sequence[NoticeRequest]) -> Told:
    """Return the notices of a preview with their texts, in the caller's language."""
    return [(request, _text(session, request)) for request in planned]


def _detail(session: Session, request: NoticeRequest) -> Detail:
    return session.desk.queries.project(request.args["code"])


def _text(session: Session, request: NoticeRequest) -> NoticeText:
    renderer, found = session.desk.house.ports.renderer, _detail(session, request)
    return renderer.notice(request, found.workflow, found.directory, session.setting.locale)


def data(found: Told) -> list[dict[str, Any]]:
    """Return the notices for JSON."""
    return [
        {"project": r.args["code"], "rung": r.rung, "post": r.post, "org": r.org,
         "merged": r.merged, "subject": text.subject, "body": text.body}
        for r, text in found
    ]  # fmt: skip


def table(session: Session, found: Told, *, full: bool = False) -> RenderableType:
    """Return the notices as a table, or their texts one below another."""
    say = session.say
    if not found:
        return Text(say.say("line.no_notices"))
    if full:
        return output.apart(
            [Group(Text(t.subject, "bold"), "", Text(t.body)) for r, t in found if not r.merged]
        )
    rows = [
        (r.args["code"], say.name(_detail(session, r).workflow, "rung", r.rung or "-"),
         say.say(f"notice_status.{'merged' if r.merged else 'ready'}"), r.post, t.subject)
        for r, t in found
    ]  # fmt: skip
    heads = [say.say(f"head.{key}") for key in ("code", "rung", "status", "post", "subject")]
    return output.table(heads, rows)
