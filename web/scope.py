"""What of the trail a post may read, and what an address asks of it."""

from contextlib import suppress
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from engine.core.directory import Directory
from engine.services.checking import EVERYTHING, Scope
from engine.services.lifecycle import stream_of
from engine.storage.ledger import Search
from web.asked import Asked

FILTERS = (
    "project", "org", "post", "actor", "kind", "deed", "outcome", "from_on", "to_on", "since",
    "until",
)  # fmt: skip
"""What a query may name, in the order of the form."""


def scope_of(asked: Asked) -> Scope:
    """Return what of the trail the visitor may read.

    Auditors read all of it. So does a post of an org that has none above it and some below it,
    and that sees every project: the registers, the definitions and what was exported are its own
    matter. Everybody else reads the entries of the projects they may see, and no others.
    """
    if asked.visitor.office is not None:
        return Scope(EVERYTHING, None)
    desk, org = asked.site.desk, asked.visitor.org
    seen = tuple(desk.queries.seen(org))
    if _is_root(desk.people.directory(), org) and len(seen) == len(desk.queries.board_codes()):
        return Scope(EVERYTHING, None)
    return Scope(org, seen)


def _is_root(directory: Directory, org: str) -> bool:
    held = directory.orgs.get(org)
    has_below = any(one.parent == org for one in directory.orgs.values())
    return held is not None and held.parent is None and has_below


def search_of(asked: Asked) -> Search:
    """Return what the address asks of the trail, within the visitor's scope.

    A unit or a post may be given by name or by code; nonsense in a day is as if it were not there.
    """

    def given(name: str) -> str | None:
        return asked.query.get(name) or None

    code, directory = given("project"), asked.site.desk.people.directory()
    orgs = {one.name: one.code for one in directory.orgs.values()}
    posts = {one.name: one.code for one in directory.posts.values()}
    org, post = given("org"), given("post")
    return Search(
        stream=stream_of(code) if code else None, streams=scope_of(asked).streams,
        actor=given("actor"), post=posts.get(post or "", post), org=orgs.get(org or "", org),
        kind=given("kind"), deed=given("deed"), outcome=given("outcome"),
        from_on=day_of(asked, "from_on"), to_on=day_of(asked, "to_on"),
        since=_edge(asked, "since", time.min), until=_edge(asked, "until", time.max),
    )  # fmt: skip


def chosen_of(asked: Asked) -> dict[str, str]:
    """Return the filters that the address sets."""
    return {name: asked.query[name] for name in FILTERS if asked.query.get(name)}


def day_of(asked: Asked, name: str) -> date | None:
    """Return a day from the address, None where it is absent or no day."""
    with suppress(ValueError):
        return date.fromisoformat(asked.query.get(name, ""))
    return None


def moment_of(asked: Asked, name: str) -> datetime | None:
    """Return a moment by the office's clock from the address, to the end of its minute; UTC."""
    with suppress(ValueError, OverflowError):
        given = datetime.fromisoformat(asked.query.get(name, ""))
        local = given.replace(second=59, microsecond=999_999, tzinfo=ZoneInfo(asked.site.timezone))
        return local.astimezone(UTC)
    return None


def _edge(asked: Asked, name: str, at: time) -> datetime | None:
    day = day_of(asked, name)
    if day is None or not 1 < day.year < date.max.year:
        return None
    return datetime.combine(day, at, ZoneInfo(asked.site.timezone)).astimezone(UTC)
