"""The wall for a screen that nobody signs in at, under a secret address that shows nothing else.

The page needs no other file and no script: the browser asks again by itself. It holds no link
into the desk and no name of a person.
"""

from http import HTTPStatus

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from engine.services.tokens import WALL, path_of
from templates.wall import wall_html
from web import chart
from web.api.answering import bearer_with
from web.documents import styles_of
from web.site import Site
from web.words import speech

AGAIN_SECONDS = 60
POLICY = (
    "default-src 'none'; style-src {styles}; form-action 'none'; frame-ancestors 'none';"
    " base-uri 'none'"
)
"""Not a sandbox: within one, a browser asks for nothing again by itself."""


def add_display(app: FastAPI, site: Site) -> None:
    """Add the screens of all posts."""

    async def screen(request: Request) -> Response:
        return await run_in_threadpool(_screen, site, request)

    app.add_route(path_of("{secret}"), screen, methods=["GET"], include_in_schema=False)


def _screen(site: Site, request: Request) -> Response:
    bearer = bearer_with(site, str(request.path_params["secret"]))
    if bearer is None or not bearer.token.has(WALL) or bearer.office is not None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    desk, say = site.desk, speech(bearer.account.locale)
    rows, day = desk.queries.board(org=bearer.org), desk.queries.today(site.timezone)
    drawn = chart.wall(desk, say, day, rows, simulated=site.is_simulated)
    page = wall_html(drawn, say.locale)
    headers = {
        "refresh": str(AGAIN_SECONDS), "referrer-policy": "no-referrer",
        "content-security-policy": POLICY.format(styles=styles_of(page)), "x-robots-tag": "noindex",
    }  # fmt: skip
    return HTMLResponse(page, headers=headers)
