"""From a call to an answer: find the token, hold rule and scope, read strictly, carry it out.

The cookie of a browser is never looked at: nobody's page can act here in their name.
"""

import logging
import re
from collections.abc import Awaitable, Callable, Iterable
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from engine.core.calendar import CalendarError
from engine.core.definition import Workflow
from engine.core.errors import ShidianError, UsageError
from templates.words import LOCALES, Words
from web.api import problems
from web.api.operation import Bearer, Call, Operation, Reply
from web.api.schemas import read_json, read_query, written
from web.rules import Rule
from web.site import Site
from web.words import speech

log = logging.getLogger("shidian.api")

LARGEST = 262_144
"""Bytes of a request's body at most."""

KEY = re.compile(r"[!-~]{1,200}")
MATCH = re.compile(r'"(\d{1,9})"')
CHALLENGE = {"www-authenticate": 'Bearer realm="shidian"'}


class _RefusedError(Exception):
    """A call that ends before its handler."""

    def __init__(self, status: HTTPStatus, code: str | None = None, **headers: str) -> None:
        super().__init__(status)
        self.status, self.code, self.headers = status, code, headers


Endpoint = Callable[[Request], Awaitable[Response]]


def endpoint(site: Site, operations: Iterable[Operation]) -> Endpoint:
    """Return the operations of one address as the framework takes them."""
    by_method = {one.method: one for one in operations}

    async def answer(request: Request) -> Response:
        operation = by_method[request.method if request.method != "HEAD" else "GET"]
        body = await _body(request) if operation.takes is not None else b""
        return await run_in_threadpool(_answer, site, operation, request, body)

    return answer


async def _body(request: Request) -> bytes | None:
    """Return the body, None when there is too much of it."""
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > LARGEST:
            return None
    return bytes(found)


def _answer(site: Site, operation: Operation, request: Request, body: bytes | None) -> Response:
    say = speech(language(request.headers.get("accept-language", "")))
    try:
        call = _call(site, say, operation, request, body)
    except _RefusedError as no:
        return problems.response(problems.of_status(say, no.status, no.code), no.headers)
    except ShidianError as error:
        return problems.response(problems.of_error(say, error))
    try:
        return _response(say, operation, operation.handler(call))
    except CalendarError as error:
        return problems.response(problems.of_error(say, error.told()))
    except ShidianError as error:
        matched = call.version is not None
        problem = problems.of_error(say, error, _workflow(call), is_matched=matched)
        return problems.response(problem)


def language(accepted: str) -> str:
    """Return the language of ours that Accept-Language likes best; the first of ours else.

    Source: RFC 9110, 12.5.4.
    """
    best, chosen = 0.0, LOCALES[0]
    for part in accepted.split(","):
        tag, _, weight = part.strip().partition(";q=")
        locale = tag.strip().partition("-")[0].lower()
        try:
            liked = float(weight or 1)
        except ValueError:
            continue
        if locale in LOCALES and liked > best:
            best, chosen = liked, locale
    return chosen


def bearer_of(site: Site, request: Request) -> Bearer | None:
    """Return who holds the token of a request, None when it opens nothing.

    A token whose post is no longer its owner's opens nothing either.
    """
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    return bearer_with(site, secret.strip()) if kind.lower() == "bearer" else None


def bearer_with(site: Site, secret: str) -> Bearer | None:
    """Return who holds a secret, None when it opens nothing."""
    held = site.desk.tokens.find(secret)
    if held is None:
        return None
    token, account = held
    posts = tuple(site.desk.people.posts_of(account.person))
    post = next((post for post in posts if post.code == token.post), None)
    return Bearer(account, post, posts, token) if post is not None else None


def _call(
    site: Site, say: Words, operation: Operation, request: Request, body: bytes | None
) -> Call:
    bearer = bearer_of(site, request)
    if bearer is None:
        raise _RefusedError(HTTPStatus.UNAUTHORIZED, **CHALLENGE)
    if not bearer.token.has(operation.scope):
        more = f', error="insufficient_scope", scope="{operation.scope}"'
        challenge = {"www-authenticate": CHALLENGE["www-authenticate"] + more}
        raise _RefusedError(HTTPStatus.FORBIDDEN, "scope", **challenge)
    if not Rule(operation.rule).admits(bearer.office):
        raise _RefusedError(HTTPStatus.NOT_FOUND)
    return Call(
        site, say, _places(request), read_query(operation.query, _parameters(request)),
        _read(operation, request, body), bearer,
        _key(operation, request), _version(operation, request),
    )  # fmt: skip


def _places(request: Request) -> dict[str, str]:
    at = {name: str(value) for name, value in request.path_params.items()}
    number = at.get("n", "1")
    is_number = number.isascii() and number.isdecimal() and len(number) < 10
    if not is_number or not all(value.isprintable() for value in at.values()):
        raise _RefusedError(HTTPStatus.NOT_FOUND)
    return at


def _parameters(request: Request) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in found:
            raise UsageError(f"{name}: given twice", "given_twice", name=name)
        if not value.isprintable():
            message = f"{name}: holds a character that cannot be read"
            raise UsageError(message, "unreadable_sign", name=name)
        found[name] = value
    return found


def _read(operation: Operation, request: Request, body: bytes | None) -> object:
    if operation.takes is None:
        return None
    if body is None:
        raise _RefusedError(HTTPStatus(413))
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/json":
        raise _RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if b"\\u0000" in body or b"\x00" in body:
        raise UsageError("body: the character U+0000 cannot be kept", "body_nought")
    return read_json(operation.takes, body)


def _key(operation: Operation, request: Request) -> str | None:
    given = request.headers.get("idempotency-key")
    if given is None or operation.takes is None or not operation.of_project:
        return None
    if not KEY.fullmatch(given):
        raise UsageError("Idempotency-Key: 1 to 200 visible ASCII characters", "idempotency_key")
    return given


def _version(operation: Operation, request: Request) -> int | None:
    given = request.headers.get("if-match", "*").strip()
    if given == "*" or operation.takes is None or not operation.of_project:
        return None
    found = MATCH.fullmatch(given)
    if not found:
        message = 'If-Match: the ETag of the project as it was read, like "12", or *'
        raise UsageError(message, "if_match")
    return int(found[1])


def _workflow(call: Call) -> Workflow | None:
    """Return the workflow whose words a refusal speaks, None where there is none."""
    house, code = call.desk.house, call.at.get("code")
    try:
        if code is not None:
            return call.desk.queries.project(code, org=call.org).workflow
        wanted = getattr(call.body, "workflow", None)
        with house.database.read() as cursor:
            return house.newest_workflow(cursor, wanted) if wanted is not None else None
    except ShidianError:
        return None


def _response(say: Words, operation: Operation, reply: Reply) -> Response:
    headers = {"content-language": say.say("lang"), "vary": "Accept-Language, Authorization"}
    if reply.version is not None:
        headers["etag"] = f'"{reply.version}"'
    if operation.answers is None:
        return Response(str(reply.value), operation.status, headers, media_type="image/svg+xml")
    body = written(operation.answers, reply.value)
    return Response(body, operation.status, headers, media_type="application/json")


def problem(
    request: Request, status: HTTPStatus, headers: dict[str, str] | None = None
) -> Response:
    """Return the problem of a call that reached no operation, or of a fault of ours."""
    say = speech(language(request.headers.get("accept-language", "")))
    found = problems.of_status(say, status)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("a call failed", extra={"incident": found.incident, "path": request.url.path})
    return problems.response(found, headers)
