"""Pages that say what went wrong, what was kept, and what to do next."""

import secrets
from http import HTTPStatus

from engine.core.errors import RefusalError, ShidianError, StaleVersionError, UnknownObjectError
from web.asked import Asked, Page

STATUSES: tuple[tuple[type[ShidianError], HTTPStatus], ...] = (
    (UnknownObjectError, HTTPStatus.NOT_FOUND),
    (StaleVersionError, HTTPStatus.CONFLICT),
    (RefusalError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (ShidianError, HTTPStatus.BAD_REQUEST),
)
"""Which status an error of ours answers with; the first that fits."""


def status_of(error: ShidianError) -> HTTPStatus:
    """Return the HTTP status of an error."""
    return next(status for kind, status in STATUSES if isinstance(error, kind))


def page_of(asked: Asked, error: ShidianError) -> Page:
    """Return the page of an error that a handler left to us."""
    status = status_of(error)
    if status is HTTPStatus.NOT_FOUND:
        return page(asked, status)
    return page(asked, status, detail=asked.say.error(error))


def page(asked: Asked, status: HTTPStatus, key: str | None = None, detail: str = "") -> Page:
    """Return the page of a status; `key` chooses other words than the status's own."""
    name = key or str(status.value)
    facts = {"key": name, "detail": detail, "incident": secrets.token_hex(4)}
    return Page("error.html.j2", facts, status.value)
