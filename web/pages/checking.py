"""Checking the trail from the desk, a step a request; and the checkpoint to keep elsewhere."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.datastructures import UploadFile

from engine.core.errors import UnknownObjectError
from web.asked import Answer, Asked, File, Go
from web.pages.audit import page
from web.routes import Routes
from web.rules import Rule
from web.scope import scope_of

ROUTES = Routes()
MOST_BYTES = 4 * 1024 * 1024
"""A checkpoint of ten thousand streams is smaller than one megabyte."""


@ROUTES.post("/audit/verify", Rule.TRAIL)
def verify(asked: Asked) -> Answer:
    """Begin a check, against a checkpoint where one is given, or take the next step of one."""
    desk, scope = asked.site.desk, scope_of(asked)
    if asked.typed("step") == "next":
        desk.checking.go_on(scope)
        return Go("/audit#verdict")
    given = _given(asked)
    checkpoint = _read(given) if given else None
    if given and checkpoint is None:
        return _refused(asked, "check.unreadable")
    if checkpoint is not None and checkpoint["house"] != desk.house.identity:
        return _refused(asked, "check.foreign")
    desk.checking.begin(scope, checkpoint)
    return Go("/audit#verdict")


def _refused(asked: Asked, key: str) -> Answer:
    return page(asked, asked.say.say(key), HTTPStatus.UNPROCESSABLE_ENTITY)


def _given(asked: Asked) -> bytes:
    sent = asked.form.get("checkpoint")
    return sent.file.read(MOST_BYTES + 1) if isinstance(sent, UploadFile) else b""


def _read(given: bytes) -> Mapping[str, Any] | None:
    """Return a checkpoint, None where the file is none."""
    try:
        found = json.loads(given) if len(given) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and _is_checkpoint(found) else None


def _is_checkpoint(found: Mapping[str, Any]) -> bool:
    streams = found.get("streams")
    if not isinstance(streams, dict) or not all(
        isinstance(found.get(name), str) for name in ("house", "at")
    ):
        return False
    return all(
        isinstance(held, list) and len(held) == len(("seq", "head"))
        and isinstance(held[0], int) and isinstance(held[1], str)
        for held in streams.values()
    )  # fmt: skip


@ROUTES.get("/audit/checkpoint.json", Rule.TRAIL)
def checkpoint(asked: Asked) -> Answer:
    """Return the heads of every stream, to be kept where nobody of this house can reach it."""
    if scope_of(asked).streams is not None:
        raise UnknownObjectError("checkpoint", "-")  # it names every stream
    found = asked.site.desk.proof.checkpoint()
    text = json.dumps(found, ensure_ascii=False, indent=1)
    return File(text, "application/json", f"checkpoint-{found['size']}.json")
