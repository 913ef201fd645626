"""What went wrong, as application/problem+json: the same reasons as on a page.

Source: RFC 9457.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from engine.core.definition import Workflow
from engine.core.errors import (
    Reason,
    RefusalError,
    ShidianError,
    StaleVersionError,
    UnknownObjectError,
)
from templates.words import Words
from web.api.schemas import MalformedError
from web.failing import status_of

MEDIA_TYPE = "application/problem+json"
ABOUT = "/api#problem-{code}"


@dataclass(frozen=True, slots=True)
class ReasonShown:
    """One thing that stands in the way: the sentence, whose turn it is, and what lifts it."""

    code: str
    sentence: str
    holder: str | None
    holder_name: str | None
    lift: str | None
    lift_sentence: str | None
    undecided: bool
    facts: dict[str, str | int | bool | None]


@dataclass(frozen=True, slots=True)
class FaultShown:
    """One thing wrong with a request: where it stands and what is wrong."""

    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a call was not carried out. `record` is the entry of a refused attempt.

    `winner`, `deed` and `version` say who was first where the version was no longer the latest.
    """

    type: str
    title: str
    status: int
    detail: str
    code: str
    incident: str
    reasons: list[ReasonShown]
    errors: list[FaultShown]
    record: int | None = None
    winner: str | None = None
    deed: str | None = None
    version: int | None = None


def reason_shown(say: Words, workflow: Workflow, reason: Reason) -> ReasonShown:
    """Return a reason in the language asked for."""
    return ReasonShown(
        reason.code, say.reason(reason, workflow), reason.holder,
        say.name(workflow, "role", reason.holder) if reason.holder else None,
        reason.lift, say.lift(reason, workflow), reason.undecided, dict(reason.facts),
    )  # fmt: skip


def of_error(
    say: Words, error: ShidianError, workflow: Workflow | None = None, *, is_matched: bool = False
) -> Problem:
    """Return an error of ours as a problem.

    Args:
        say: the language.
        error: what was raised.
        workflow: names what its reasons speak of; without one they are told by code.
        is_matched: whether a version was demanded by If-Match, which then has failed (412).
    """
    status = status_of(error)
    if isinstance(error, StaleVersionError) and is_matched:
        status = HTTPStatus.PRECONDITION_FAILED
    more: dict[str, Any] = {}
    if isinstance(error, StaleVersionError):
        more = {"winner": error.winner, "deed": error.deed, "version": error.actual}
    if isinstance(error, RefusalError):
        more = {"record": error.seq}
    return _problem(
        say, status, error.code, _detail(say, error, workflow),
        reasons=_reasons(say, error, workflow), errors=_faults(error), **more,
    )  # fmt: skip


def of_status(say: Words, status: HTTPStatus, code: str | None = None) -> Problem:
    """Return the problem of a status; `code` chooses other words than the status's own."""
    key = code or str(status.value)
    return _problem(say, status, key, say.say(f"api.problem.{key}"))


def _problem(
    say: Words, status: HTTPStatus, code: str, detail: str, *,
    reasons: list[ReasonShown] | None = None, errors: list[FaultShown] | None = None, **more: Any,
) -> Problem:  # fmt: skip
    return Problem(
        ABOUT.format(code=code), say.say(f"api.status.{status.value}"), status.value, detail, code,
        secrets.token_hex(4), reasons or [], errors or [], **more,
    )  # fmt: skip


def _detail(say: Words, error: ShidianError, workflow: Workflow | None) -> str:
    if isinstance(error, UnknownObjectError):
        # Names that are near would tell of things that the post may not see.
        return say.say("api.problem.404")
    if isinstance(error, RefusalError) and workflow is not None:
        return say.listing(say.reason(reason, workflow) for reason in error.reasons)
    if isinstance(error, RefusalError):
        return say.say("api.problem.refusal", codes=", ".join(r.code for r in error.reasons))
    return say.error(error)


def _reasons(say: Words, error: ShidianError, workflow: Workflow | None) -> list[ReasonShown]:
    if not isinstance(error, RefusalError):
        return []
    if workflow is not None:
        return [reason_shown(say, workflow, reason) for reason in error.reasons]
    return [
        ReasonShown(r.code, r.code, r.holder, None, r.lift, None, r.undecided, dict(r.facts))
        for r in error.reasons
    ]


def _faults(error: ShidianError) -> list[FaultShown]:
    if isinstance(error, MalformedError):
        return [FaultShown(where, message) for where, message in error.faults]
    return []


def response(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """Return a problem as the framework sends it; what was not set is left out."""
    kept = {name: getattr(problem, name) for name in Problem.__slots__}
    body = {name: value for name, value in kept.items() if value is not None}
    text = json.dumps(body, ensure_ascii=False, default=_plain)
    return Response(text, problem.status, dict(headers or {}), media_type=MEDIA_TYPE)


def _plain(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}
