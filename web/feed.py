"""The due days of a post as a calendar that programs subscribe to, under a secret address.

A calendar program sends no headers of its own: the token stands in the address. It can do
nothing else, and it is revoked like any other.
"""

from http import HTTPStatus

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from engine.services.agenda import Agenda, Due, agenda
from templates.ical import Event, calendar
from templates.words import Words
from web.api.answering import bearer_with
from web.facing import name_of
from web.site import Site
from web.words import speech

SCOPE = "calendar"


def add_feed(app: FastAPI, site: Site) -> None:
    """Add the calendars of all posts."""

    async def feed(request: Request) -> Response:
        return await run_in_threadpool(_feed, site, request)

    app.add_route("/calendar/{secret}.ics", feed, methods=["GET"], include_in_schema=False)


def _feed(site: Site, request: Request) -> Response:
    bearer = bearer_with(site, str(request.path_params["secret"]))
    if bearer is None or not bearer.token.has(SCOPE):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    say, found = speech(bearer.account.locale), agenda(site.desk.house, bearer.post)
    body = calendar(bearer.post.name, events(say, site.desk.house.identity, found), found.at)
    return Response(body, media_type="text/calendar; charset=utf-8")


def events(say: Words, identity: str, found: Agenda) -> list[Event]:
    """Return the due days of a post as events of a calendar."""
    return [_event(say, identity, due) for due in found.dues]


def _event(say: Words, identity: str, due: Due) -> Event:
    facts = {"name": name_of(say, due.workflow, due.row), "project": due.project.name}
    stage = say.name(due.workflow, "stage", due.project.stage)
    summary = say.say("api.feed.summary", **facts)
    return Event(
        uid=f"{due.project.code}-{due.row.n}@{identity}", on=due.on,
        summary=say.say("notice.due_short", due=summary) if due.row.provisional else summary,
        description=say.say("api.feed.description", code=due.project.code, stage=stage, **facts),
        sequence=due.revision, is_cancelled=not due.is_owed,
    )  # fmt: skip
