"""Publishing definitions and entering registers: who may, and what is written."""

from collections.abc import Callable
from typing import Any

from bootstrap import SYSTEM
from cli.errors import WrongError
from cli.session import Session
from engine.core.events import Actor
from engine.core.plan import Plan
from engine.services.registers import Publication

Publish = Callable[[Any, Any, Publication, Actor], bool]


def publisher(session: Session, plan: Plan | None = None) -> Actor:
    """Return who publishes or imports: a post of the register, or of the plan that brings it.

    While the register has no posts, nobody can be asked who they are: the system acts.

    Raises:
        WrongError: the register has posts, and none is given.
        UnknownObjectError: no such post.
    """
    given = session.asking
    if given.post is None and not _has_posts(session):
        return SYSTEM
    for post in plan.posts if plan else ():
        if post.code == given.post:
            return Actor(given.person or post.code, post.code, post.org, "cli", given.on_behalf)
    return session.actor()


def _has_posts(session: Session) -> bool:
    with session.desk.house.database.read() as cursor:
        return bool(session.desk.house.directory(cursor).posts)


def write(session: Session, publication: Publication, how: Publish) -> bool:
    """Publish a definition unless the run is a dry one; returns whether it is, or would be, new.

    Raises:
        WrongError: a post is needed to publish, and none is given.
    """
    actor = publisher(session)
    if session.acting.dry_run:
        return True
    with session.desk.house.database.write() as cursor:
        return how(session.desk.house, cursor, publication, actor)


def publish(session: Session, publication: Publication, how: Publish) -> int:
    """Publish a definition, or say that exactly this one is there; returns the exit code.

    Raises:
        WrongError: the version stands there with another text.
    """
    say, is_new = session.say, write(session, publication, how)
    facts = {"key": publication.key, "version": publication.version}
    key = "line.published" if is_new else "line.published_before"
    session.answer(
        {**facts, "digest": publication.digest, "new": is_new, "dry_run": session.acting.dry_run},
        lambda: say.say("line.would_publish" if session.acting.dry_run else key, **facts),
    )
    return 0


def refuse_another_text(held: dict[str, str], publication: Publication) -> None:
    """Refuse a version that is published with another text: what is published is never replaced.

    Args:
        held: digests by version, of the same key.
        publication: what is to be published.

    Raises:
        WrongError: it is.
    """
    digest = held.get(publication.version)
    if digest is not None and digest != publication.digest:
        raise WrongError("version_taken", key=publication.key, version=publication.version)
