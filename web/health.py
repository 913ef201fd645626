"""What a supervisor asks: whether the process lives, is ready, and how much goes on.

Source: the text format of Prometheus, 0.0.4.
"""

from collections.abc import Iterable
from http import HTTPStatus

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from engine.services.health import Measure, checks, measures
from web.api.answering import CHALLENGE, bearer_of, problem
from web.site import Site

SCOPE = "metrics"
FORMAT = "text/plain; version=0.0.4; charset=utf-8"


def add_health(app: FastAPI, site: Site) -> None:
    """Add the three addresses; only the measures are closed: they need a token of their scope."""

    async def alive(_: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def ready(_: Request) -> Response:
        return await run_in_threadpool(_ready, site)

    async def measured(request: Request) -> Response:
        return await run_in_threadpool(_measured, site, request)

    for path, handler in (("/healthz", alive), ("/readyz", ready), ("/metrics", measured)):
        app.add_route(path, handler, methods=["GET"], include_in_schema=False)


def _ready(site: Site) -> Response:
    found = checks(site.desk.house)
    lines = [f"{one.name}: {'ok' if one.is_well else 'FAIL'} ({one.detail})\n" for one in found]
    is_well = all(one.is_well for one in found)
    status = HTTPStatus.OK if is_well else HTTPStatus.SERVICE_UNAVAILABLE
    return PlainTextResponse("".join(lines), status)


def _measured(site: Site, request: Request) -> Response:
    bearer = bearer_of(site, request)
    if bearer is None:
        return problem(request, HTTPStatus.UNAUTHORIZED, CHALLENGE)
    if not bearer.token.has(SCOPE):
        return problem(request, HTTPStatus.FORBIDDEN)
    return Response(exposition(measures(site.desk.house)), media_type=FORMAT)


def exposition(found: Iterable[Measure]) -> str:
    """Return measures as Prometheus reads them: each name with its type once."""
    lines, told = [], set()
    for one in found:
        name = f"shidian_{one.name}"
        if name not in told:
            told.add(name)
            lines.append(f"# TYPE {name} gauge")
        labels = ",".join(f'{key}="{_escaped(value)}"' for key, value in one.labels)
        lines.append(f"{name}{{{labels}}} {one.value:g}" if labels else f"{name} {one.value:g}")
    return "\n".join(lines) + "\n"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
