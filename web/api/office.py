"""The asker, the whole trail for auditors, and the sweep for those who run the system."""

import base64
from dataclasses import dataclass
from datetime import datetime

from engine.core.errors import ShidianError, UsageError
from engine.storage.ledger import Search
from web.api.entries import EntryPage, entry_shown
from web.api.operation import Call, Operations, Reply
from web.api.paging import mark_of
from web.api.schemas import Limit, Moment, Text
from web.rules import Rule

OPERATIONS = Operations()


@dataclass(frozen=True, slots=True)
class PostShown:
    """A post with the org it belongs to."""

    code: str
    name: str
    org: str
    org_name: str
    roles: list[str]


@dataclass(frozen=True, slots=True)
class TokenShown:
    """The token of the call: what it is for, and when it ends."""

    id: str
    name: str
    scopes: list[str]
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Me:
    """Who is asking: the person, the post that the token speaks for, and the token."""

    person: str
    name: str
    post: PostShown
    token: TokenShown


@OPERATIONS.get("me", "/me", Me)
def me(call: Call) -> Reply:
    """Return who is asking."""
    held, directory = call.bearer, call.desk.people.directory()
    post, token = held.post, held.token
    return Reply(
        Me(
            held.account.person, held.account.name,
            PostShown(
                post.code, post.name, post.org, directory.org_name(post.org), post.roles.split()
            ),
            TokenShown(token.id, token.name, token.scopes.split(), token.expires_at),
        )
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class LogAsked:
    """Which entries of the whole trail: every filter that is given must hold."""

    stream: Text | None = None
    actor: Text | None = None
    post: Text | None = None
    org: Text | None = None
    kind: Text | None = None
    outcome: Text | None = None
    since: Moment | None = None
    until: Moment | None = None
    limit: Limit = 50
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class BreakShown:
    """One place where the trail or the rows are not what they must be."""

    stream: str
    seq: int
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class VerdictShown:
    """What a verification found: ``sound``, ``broken`` or ``empty``; `root` stands for it all."""

    verdict: str
    entries: int
    streams: int
    notices: int
    root: str
    breaks: list[BreakShown]


@dataclass(frozen=True, slots=True)
class FailureShown:
    """A project that could not be swept, and why."""

    stream: str
    sentence: str


@dataclass(frozen=True, slots=True)
class SweepShown:
    """What a sweep would do now; nothing is written."""

    at: datetime
    streams: int
    opened: int
    notices: int
    merged: int
    rungs: dict[str, int]
    failed: list[FailureShown]


@OPERATIONS.get("audit_log", "/audit/log", EntryPage, LogAsked, Rule.AUDIT)
def log(call: Call) -> Reply:
    """Return entries of the whole trail, the oldest first.

    The trail only grows at its end, so that a count of entries is a place that stays.
    """
    asked = call.query
    names = ("stream", "actor", "post", "org", "kind", "outcome", "since", "until")
    search = Search(**{name: getattr(asked, name) for name in names})
    start = _start(asked)
    found = call.desk.audit.log(search, asked.limit, start)
    end = start + len(found.entries)
    shown = [entry_shown(call.say, one, call.site.timezone) for one in found.entries]
    return Reply(EntryPage(shown, _cursor(asked, end) if end < found.total else None))


def _cursor(asked: LogAsked, start: int) -> str:
    return base64.urlsafe_b64encode(f"{mark_of(asked)}:{start}".encode()).decode()


def _start(asked: LogAsked) -> int:
    if asked.cursor is None:
        return 0
    try:
        said = base64.b64decode(asked.cursor.encode(), altchars=b"-_", validate=True).decode()
    except ValueError as error:
        raise UsageError("cursor: send the `next` of the page before", "cursor") from error
    mark, _, start = said.partition(":")
    if mark != mark_of(asked) or not (start.isascii() and start.isdecimal() and len(start) < 12):
        message = "cursor: send the `next` of the page before, with the same filters"
        raise UsageError(message, "cursor")
    return int(start)


@OPERATIONS.get("audit_verify", "/audit/verify", VerdictShown, rule=Rule.AUDIT)
def verify(call: Call) -> Reply:
    """Check every entry, link, row and notice."""
    found = call.desk.proof.verify()
    breaks = [BreakShown(b.stream, b.seq, b.code, b.detail) for b in found.breaks]
    return Reply(
        VerdictShown(found.verdict, found.entries, found.streams, found.notices, found.root, breaks)
    )


@OPERATIONS.get("sweep_preview", "/sweep/preview", SweepShown, rule=Rule.SYSTEM)
def preview(call: Call) -> Reply:
    """Return what a sweep would do now."""
    found = call.desk.sweep.preview()
    failed = [FailureShown(stream, _sentence(call, error)) for stream, error in found.failed]
    return Reply(
        SweepShown(
            found.at, found.streams, found.opened, found.notices, found.merged, found.rungs, failed
        )
    )


def _sentence(call: Call, error: ShidianError) -> str:
    return call.say.error(error)
