"""From a request to an answer: find the visitor, hold the rule, check the form, run the page."""

import secrets
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from engine.core.calendar import CalendarError
from engine.core.errors import ShidianError
from templates.words import LOCALES
from web import failing, layout
from web.asked import Answer, Asked, File, Go
from web.routes import Route
from web.rules import Rule
from web.site import Site
from web.visitor import Visitor
from web.words import speech

LANGUAGE, SIZE = "shidian-lang", "shidian-text"
"""Cookies of a browser that nobody has signed in with yet: language and size of text."""

OFFICE = "/settings/people"
"""Where administrators begin: they have no items of projects."""

YEAR = 31_536_000


def endpoint(site: Site, route: Route) -> Callable[[Request], Awaitable[Response]]:
    """Return a route as the framework takes it."""

    async def answer(request: Request) -> Response:
        if request.method != "POST":
            return await run_in_threadpool(_answer, site, route, request, FormData())
        async with request.form() as form:  # closes the files that came with it
            return await run_in_threadpool(_answer, site, route, request, form)

    return answer


def _answer(site: Site, route: Route, request: Request, form: FormData) -> Response:
    guest = site.visitor(request.cookies.get(site.cookie))
    asked = _asked(site, request, form, guest)
    refused = _refused(route, request, asked)
    if refused is not None:
        return _response(asked, refused)
    try:
        return _response(asked, route.handler(asked))
    except CalendarError as error:
        return _response(asked, failing.page_of(asked, error.told()))
    except ShidianError as error:
        return _response(asked, failing.page_of(asked, error))


def _asked(site: Site, request: Request, form: FormData, guest: Visitor | None) -> Asked:
    locale = guest.account.locale if guest else request.cookies.get(LANGUAGE, LOCALES[0])
    size = guest.account.text_size if guest else request.cookies.get(SIZE, "standard")
    return Asked(
        site, speech(locale if locale in LOCALES else LOCALES[0]), request.url.path,
        request.path_params, request.query_params, form, guest,
        request.client.host if request.client else "-", size,
    )  # fmt: skip


def _refused(route: Route, request: Request, asked: Asked) -> Answer | None:
    """Return the answer to one who may not ask this, None when the rule is kept."""
    if route.rule is Rule.SIMULATED and not asked.site.is_simulated:
        return failing.page(asked, HTTPStatus.NOT_FOUND)
    if route.rule is not Rule.OPEN and asked.guest is None:
        target = request.url.path if request.method == "GET" else "/"
        return Go(f"/login?next={quote(target)}")
    if asked.guest is not None and not route.rule.admits(asked.guest.office):
        # Whoever has no part in it finds nothing there; the home page sends them on.
        return Go(OFFICE) if route.path == "/" else failing.page(asked, HTTPStatus.NOT_FOUND)
    if request.method == "POST" and not _is_ours(request, asked):
        return failing.page(asked, HTTPStatus.FORBIDDEN, "csrf")
    return None


def _is_ours(request: Request, asked: Asked) -> bool:
    """Return whether a form was sent from one of our own pages: by origin and by token."""
    origin = request.headers.get("origin")
    if origin not in (None, "null") and urlsplit(origin).netloc != request.headers.get("host"):
        return False
    if request.headers.get("sec-fetch-site") not in (None, "same-origin", "none"):
        return False
    if asked.guest is None:
        return True  # nobody is signed in, so that nobody's rights can be borrowed
    return secrets.compare_digest(asked.typed("csrf"), asked.guest.session.csrf)


def _response(asked: Asked, answer: Answer) -> Response:
    if isinstance(answer, Go):
        return _going(asked, answer)
    if isinstance(answer, File):
        return _file(answer)
    return HTMLResponse(layout.render(asked, answer), answer.status)


def _going(asked: Asked, answer: Go) -> Response:
    response = RedirectResponse(answer.to, HTTPStatus.SEE_OTHER)
    site = asked.site
    if answer.token:
        response.set_cookie(
            site.cookie, answer.token, secure=site.is_https, httponly=True, samesite="lax", path="/"
        )
    elif answer.token is not None:
        response.delete_cookie(site.cookie, path="/", secure=site.is_https, httponly=True)
    for name, value in answer.keep.items():
        response.set_cookie(name, value, max_age=YEAR, httponly=True, samesite="lax", path="/")
    return response


def _file(answer: File) -> Response:
    headers = {}
    if answer.name is not None:
        headers["content-disposition"] = f"attachment; filename*=UTF-8''{quote(answer.name)}"
    if answer.policy is not None:
        headers["content-security-policy"] = answer.policy
    if answer.framed:
        headers["x-frame-options"] = "SAMEORIGIN"
    return Response(answer.body, media_type=answer.media_type, headers=headers)


def problem(site: Site, request: Request, status: HTTPStatus) -> Response:
    """Return the page of an error outside every handler: an address that leads nowhere."""
    guest = site.visitor(request.cookies.get(site.cookie))
    asked = _asked(site, request, FormData(), guest)
    return _response(asked, failing.page(asked, status))
