"""What is not a project: published definitions and calendars, orgs and posts, programmes.

Each change is an entry of the register's own stream, within the caller's transaction.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from engine.core import administrators
from engine.core.deadlines import local_day
from engine.core.decide.decision import Decision
from engine.core.errors import Fact, UnknownObjectError, UsageError
from engine.core.events import Actor
from engine.core.rows import Mandate, Org, Post, Programme, Published, Target, Wave
from engine.core.state import Draft
from engine.services import offices
from engine.services.house import CALENDARS, REGISTER, STREAM_KINDS, WORKFLOWS, House
from engine.services.writing import Frame, not_before, write
from engine.storage import boards

CHUNK = 100
"""Rows an entry of the register holds at most, so that it stays below 64 KiB."""

STANDING = frozenset({"lead", "deputy", "absence", "absent_from_on", "absent_to_on"})
"""What the office notes from day to day; a book that says nothing of it takes nothing back."""

PROGRAMME = "programme"


@dataclass(frozen=True, slots=True)
class Publication:
    """A text to publish: a workflow version, or a calendar arrangement."""

    key: str
    version: str
    digest: str
    text: str
    published_on: date | None = None


def publish_workflow(house: House, cursor: Any, new: Publication, actor: Actor) -> bool:
    """Publish a workflow version; False when exactly this text is published already."""
    return _publish(house, cursor, WORKFLOWS, "workflow", new, actor)


def publish_calendar(house: House, cursor: Any, new: Publication, actor: Actor) -> bool:
    """Publish a calendar arrangement; False when exactly this text is published already."""
    return _publish(house, cursor, CALENDARS, "calendar", new, actor)


def _publish(
    house: House, cursor: Any, stream: str, kind: str, new: Publication, actor: Actor
) -> bool:
    def change(draft: Draft) -> None:
        if any(row.digest == new.digest for row in draft.rows(Published)):
            return
        draft.add(
            Published, kind=kind, key=new.key, version=new.version, digest=new.digest,
            text=new.text, published_on=new.published_on,
        )  # fmt: skip

    return _change(house, cursor, stream, (f"{kind}.published", new.key), change, actor)


def enter(house: House, cursor: Any, rows: Iterable[Org | Post], actor: Actor) -> int:
    """Enter or amend orgs and posts by their code; return how many entries that took.

    Who is away, who stands in and who leads stays as it is where the new row does not say.

    Raises:
        UsageError: a post joins an administrator's role with another one.
    """
    todo: Sequence[Org | Post] = list(rows)
    for row in todo:
        if isinstance(row, Post):
            must_be_apart(row.code, row.roles)
    written = 0
    for start in range(0, len(todo), CHUNK):
        change = _put_all(todo[start : start + CHUNK], STANDING)
        written += _change(house, cursor, REGISTER, ("register.changed", "enter"), change, actor)
    return written


def must_be_apart(post: str, roles: str) -> None:
    """Hold that an administrator's post has that one role and no other.

    Raises:
        UsageError: it has another one.
    """
    if administrators.is_mixed(roles):
        apart = ", ".join(administrators.KINDS)
        message = f"post {post}: {apart} stand alone, not with other roles ({roles})"
        raise UsageError(message, "roles_apart", post=post, apart=apart, roles=roles)


def note(house: House, cursor: Any, deed: str, facts: Mapping[str, Fact], actor: Actor) -> None:
    """Write an entry of the register that changes no row of it."""
    store = house.store(cursor)
    held = store.lock(REGISTER, STREAM_KINDS[REGISTER])
    now = not_before(house.now(cursor), held.last_at)
    frame = Frame(actor, now, local_day(now, house.ports.timezone))
    write(store, held, Decision("register.changed", deed, Draft(held.state), dict(facts)), frame)
    house.forget(cursor)


def appoint(house: House, cursor: Any, new: Mandate, actor: Actor) -> None:
    """Put a person into a post for a time.

    Raises:
        UsageError: the time ends before it begins, or overlaps one the person has in the post.
    """
    if new.from_on is not None and new.to_on is not None and new.to_on < new.from_on:
        message = f"{new.to_on} lies before {new.from_on}: give the first day first"
        first, last = str(new.from_on), str(new.to_on)
        raise UsageError(message, "mandate_reversed", begun=first, until=last)

    def change(draft: Draft) -> None:
        for held in draft.rows(Mandate):
            if (held.person, held.post) == (new.person, new.post) and _overlap(held, new):
                message = f"{new.person} is in the post {new.post} at that time already"
                raise UsageError(message, "mandate_held", person=new.person, post=new.post)
        post = next((row for row in draft.rows(Post) if row.code == new.post), None)
        if post is not None:
            offices.must_be_separate(draft, new.person, post, offices.today(house, cursor))
        draft.add(
            Mandate, person=new.person, post=new.post, acting=new.acting,
            from_on=new.from_on, to_on=new.to_on,
        )  # fmt: skip

    change_register(house, cursor, "appoint", change, actor)


def _overlap(one: Mandate, other: Mandate) -> bool:
    first, last = date.min, date.max
    begun = (one.from_on or first) <= (other.to_on or last)
    return begun and (other.from_on or first) <= (one.to_on or last)


def amend(house: House, cursor: Any, row: Org | Post, actor: Actor) -> bool:
    """Replace an org or post by its code, exactly as given; False when it is so already."""

    def change(draft: Draft) -> None:
        if draft.row(type(row), row.n) != row:
            draft.put(row)

    return change_register(house, cursor, "amend", change, actor)


def change_register(
    house: House, cursor: Any, deed: str, change: Callable[[Draft], None], actor: Actor
) -> bool:
    """Change rows of the register under one entry; False when nothing changes."""
    return _change(house, cursor, REGISTER, ("register.changed", deed), change, actor)


def enter_programme(
    house: House, cursor: Any, programme: Programme, waves: Iterable[Wave],
    targets: Iterable[Target], actor: Actor,
) -> bool:  # fmt: skip
    """Enter or amend a programme with its waves and targets."""
    change = _put_all([programme, *waves, *targets])
    stream = f"{PROGRAMME}:{programme.code}"
    return _change(house, cursor, stream, ("programme.changed", "enter"), change, actor)


def _change(
    house: House, cursor: Any, stream: str, tag: tuple[str, str],
    change: Callable[[Draft], None], actor: Actor,
) -> bool:  # fmt: skip
    store = house.store(cursor)
    held = store.lock(stream, STREAM_KINDS.get(stream, PROGRAMME))
    draft = Draft(held.state)
    change(draft)
    if not draft.cells():
        return False
    now = not_before(house.now(cursor), held.last_at)
    frame = Frame(actor, now, local_day(now, house.ports.timezone))
    write(store, held, Decision(tag[0], tag[1], draft), frame)
    house.forget(cursor)
    return True


def _put_all(rows: Sequence[Any], keep: frozenset[str] = frozenset()) -> Callable[[Draft], None]:
    def change(draft: Draft) -> None:
        for row in rows:
            held = [old for old in draft.rows(type(row)) if old.code == row.code]
            if not held:
                values = {name: getattr(row, name) for name in row.__slots__}
                draft.add(type(row), **values)
                continue
            unsaid = [name for name in row.__slots__ if name in keep and getattr(row, name) is None]
            kept = {name: getattr(held[0], name) for name in unsaid}
            new = replace(row, n=held[0].n, **kept)
            if new != held[0]:
                draft.put(new)

    return change


def actor_of(
    house: House, post: str, person: str | None, channel: str, on_behalf: str | None = None
) -> Actor:
    """Return the actor for a post of the register.

    Raises:
        UnknownObjectError: the register knows no such post; names the nearest.
    """
    with house.database.read() as cursor:
        held = house.directory(cursor).posts.get(post)
        if held is None:
            known = tuple(sorted(house.directory(cursor).posts))
            raise UnknownObjectError("post", post, boards.closest(post, known))
    return Actor(person or post, post, held.org, channel, on_behalf)
