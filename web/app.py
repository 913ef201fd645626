"""The application: every page and the API under their rules, behind the guard."""

from collections.abc import Iterable
from http import HTTPStatus

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from engine.core.uploads import MOST_BYTES
from web.answering import endpoint, problem
from web.api import answering as api
from web.api.serving import add_api, is_call
from web.assets import assets
from web.display import add_display
from web.feed import add_feed
from web.headers import Guarded
from web.health import add_health
from web.pages import PAGES
from web.routes import Route, must_be_rule
from web.site import Site

SLACK = 1024 * 1024
"""What a form may hold beside one file of the largest size."""

FOREVER = "public, max-age=31536000, immutable"


def create(site: Site, pages: Iterable[Route] = PAGES) -> ASGIApp:
    """Return the application that serves one database.

    Raises:
        TypeError: a page has no rule.
    """
    app = FastAPI(title="Shidian", docs_url=None, redoc_url=None, openapi_url=None)
    for route in pages:
        must_be_rule(route.path, route.rule)
        app.add_route(
            route.path, endpoint(site, route), methods=[route.method], include_in_schema=False
        )
    add_api(app, site)
    _add_assets(app)
    add_health(app, site)
    add_feed(app, site)
    add_display(app, site)

    async def fail(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        if is_call(request):
            headers = error.headers if isinstance(error, HTTPException) else None
            return api.problem(request, HTTPStatus(status), dict(headers or {}))
        return problem(site, request, HTTPStatus(status))

    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=MOST_BYTES + SLACK)
    app.add_exception_handler(HTTPException, fail)
    app.add_exception_handler(Exception, fail)
    return Guarded(app, site.hosts, is_https=site.is_https)


def _add_assets(app: FastAPI) -> None:
    held = {asset.href: asset for asset in assets().values()}

    async def serve(request: Request) -> Response:
        asset = held.get(request.url.path)
        if asset is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        headers = {"cache-control": FOREVER}
        return Response(asset.body, media_type=asset.media_type, headers=headers)

    app.add_route("/static/{digest}/{name}", serve, methods=["GET"], include_in_schema=False)
