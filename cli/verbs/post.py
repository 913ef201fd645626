"""``shidian post``: who is in a post, who stands in for it, and who leads a unit."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Annotated, Any

import typer

from cli import output, publishing
from cli.errors import WrongError
from cli.forms import day
from cli.session import Session
from cli.verb import Done, acts, branch, reads
from engine.core.directory import is_absent, is_valid
from engine.core.events import Actor
from engine.core.rows import Post
from engine.services import postings
from engine.services.house import House
from engine.services.postings import ABSENCES, Absence

app = branch("post")

PostCode = Annotated[str, typer.Argument(metavar="POST")]
OrgCode = Annotated[str, typer.Argument(metavar="ORG")]
Other = Annotated[str | None, typer.Argument(metavar="POST")]
Deputy = Annotated[str | None, typer.Argument(metavar="DEPUTY")]
Kind = Annotated[str, typer.Argument(metavar="vacant|leave")]
From = Annotated[date | None, typer.Option("--from", metavar="DATE", parser=day)]
To = Annotated[date | None, typer.Option("--to", metavar="DATE", parser=day)]
Empty = Annotated[bool, typer.Option("--empty")]
Change = Callable[[House, Any, Actor], bool]


@reads(app, "list")
def list_(session: Session, *, empty: Empty = False) -> Done:
    """Print every post with its state today, who stands in, and whether it leads its unit."""
    house, say, today = session.desk.house, session.say, session.today()
    with house.database.read() as cursor:
        directory = house.directory(cursor)
    leads = {org.lead for org in directory.orgs.values()}
    held = [post for _, post in sorted(directory.posts.items())]
    held = [post for post in held if not empty or _state(post, today) != "manned"]
    data = [_data(post, today, is_lead=post.code in leads) for post in held]
    rows = [
        (p.code, p.name, directory.org_name(p.org), say.say(f"post_state.{_state(p, today)}"),
         p.absent_from_on, p.absent_to_on, p.deputy)
        for p in held
    ]  # fmt: skip
    keys = ("post", "name", "org", "manned", "absent_from", "absent_to", "deputy")
    heads = [say.say(f"head.{key}") for key in keys]
    session.answer(data, lambda: output.table(heads, rows, whole=(0,)))
    return None


def _state(post: Post, on: date) -> str:
    if not is_valid(post, on):
        return "ended"
    return post.absence or "vacant" if is_absent(post, on) else "manned"


def _data(post: Post, on: date, *, is_lead: bool) -> dict[str, Any]:
    return {
        "code": post.code, "name": post.name, "org": post.org, "state": _state(post, on),
        "absence": post.absence, "absent_from_on": post.absent_from_on,
        "absent_to_on": post.absent_to_on, "deputy": post.deputy, "lead": is_lead,
    }  # fmt: skip


@acts(app, "absent")
def absent(
    session: Session, subject: PostCode, kind: Kind, *, from_on: From = None, to_on: To = None
) -> Done:
    """Note that nobody is in a post: it is vacant, or its holder on leave."""
    if kind not in ABSENCES:
        raise WrongError("choice", given=kind, choices=", ".join(ABSENCES))
    given = Absence(kind, from_on or session.today(), to_on)
    if given.to_on is not None and given.to_on < given.from_on:
        raise WrongError("absence_reversed", until=str(given.to_on), begun=str(given.from_on))
    return _change(
        session, lambda *how: postings.set_absence(how[0], how[1], subject, given, how[2])
    )


@acts(app, "back")
def back(session: Session, subject: PostCode) -> Done:
    """Note that somebody is in a post again."""
    return _change(
        session, lambda *how: postings.set_absence(how[0], how[1], subject, None, how[2])
    )


@acts(app, "deputy")
def deputy(session: Session, subject: PostCode, deputy: Deputy = None) -> Done:
    """Name the post that stands in for another; without one, nobody does."""
    if deputy == subject:
        raise WrongError("own_deputy", post=subject)
    return _change(
        session, lambda *how: postings.set_deputy(how[0], how[1], subject, deputy, how[2])
    )


@acts(app, "lead")
def lead(session: Session, org: OrgCode, head: Other = None) -> Done:
    """Name the post that leads a unit; without one, none does."""
    return _change(session, lambda *how: postings.set_lead(how[0], how[1], org, head, how[2]))


class _DryRunError(Exception):
    """Takes a change of the register back once it is known to be possible."""


def _change(session: Session, change: Change) -> Done:
    actor, house, say = publishing.publisher(session), session.desk.house, session.say
    dry, is_new = session.acting.dry_run, False
    with suppress(_DryRunError), house.database.write() as cursor:
        is_new = change(house, cursor, actor)
        _take_back_if(dry=dry)
    key = ("would_note" if dry else "noted") if is_new else "noted_before"
    session.answer({"changed": is_new, "dry_run": dry}, lambda: say.say(f"line.{key}"))
    return None


def _take_back_if(*, dry: bool) -> None:
    if dry:
        raise _DryRunError
