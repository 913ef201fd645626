"""The API within the application: one route an address, and the document that describes them."""

import json
from collections.abc import Iterable
from http import HTTPStatus

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from web.api import OPERATIONS, ROOT
from web.api.answering import CHALLENGE, bearer_of, endpoint, language, problem
from web.api.openapi import document
from web.api.operation import Operation
from web.site import Site


def add_api(app: FastAPI, site: Site, operations: Iterable[Operation] = OPERATIONS) -> None:
    """Add every operation, by address: a method that an address has not is told from the others."""
    by_path: dict[str, list[Operation]] = {}
    for one in operations:
        by_path.setdefault(one.path, []).append(one)
    for path, held in by_path.items():
        methods = [one.method for one in held]
        app.add_route(ROOT + path, endpoint(site, held), methods=methods, include_in_schema=False)
    _add_document(app, site)


def _add_document(app: FastAPI, site: Site) -> None:
    async def describe(request: Request) -> Response:
        bearer = await run_in_threadpool(bearer_of, site, request)
        if bearer is None:
            return problem(request, HTTPStatus.UNAUTHORIZED, CHALLENGE)
        return Response(text(language(request.headers.get("accept-language", ""))),
                        media_type="application/json")  # fmt: skip

    app.add_route(f"{ROOT}/openapi.json", describe, methods=["GET"], include_in_schema=False)


def text(locale: str) -> str:
    """Return the OpenAPI document of a language."""
    return json.dumps(document(locale), ensure_ascii=False, indent=1)


def is_call(request: Request) -> bool:
    """Return whether a request is one of the API, whose problems programs read."""
    return request.url.path.startswith(f"{ROOT}/")
