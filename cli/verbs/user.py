"""``shidian user``: accounts and mandates from the server itself, which needs no administrator."""

import getpass
import sys
from datetime import date
from typing import Annotated

import typer

from cli import output
from cli.errors import DONE, REFUSED, WrongError
from cli.forms import day
from cli.options import Reading
from cli.session import Session, opened
from cli.setting import Setting
from cli.verb import Done, asks, branch, reads
from engine.core import administrators
from engine.core.errors import RefusalError
from engine.core.events import Actor
from engine.services.staff import must_be_name
from templates.words import Words

app = branch("user")

Who = Annotated[str, typer.Argument(metavar="ACCOUNT")]
Where = Annotated[str, typer.Argument(metavar="POST")]
Name = Annotated[str | None, typer.Option("--name", metavar="TEXT")]
FromOn = Annotated[date | None, typer.Option("--from", metavar="DATE", parser=day)]
ToOn = Annotated[date | None, typer.Option("--to", metavar="DATE", parser=day)]
LastOn = Annotated[date | None, typer.Option("--on", metavar="DATE", parser=day)]
Acting = Annotated[bool, typer.Option("--acting")]


@asks(app, "add")
def add(setting: Setting, given: Reading, person: Who, *, name: Name = None) -> Done:
    """Open an account."""
    must_be_name(person)
    with opened(setting, given) as session:
        if person in _accounts(session):
            raise WrongError("same_account", person=person)
        password = password_of(session.say, person)
        session.desk.accounts.add(person, name or person, password, setting.locale)
        return _said(session, "user_added", person=person)


@asks(app, "password")
def password_(setting: Setting, given: Reading, person: Who) -> Done:
    """Give an account another password."""
    with opened(setting, given) as session:
        _known(session, person)
        session.desk.accounts.set_password(person, password_of(session.say, person))
        return _said(session, "user_password", person=person)


@asks(app, "disable")
def disable(setting: Setting, given: Reading, person: Who) -> Done:
    """Shut an account."""
    with opened(setting, given) as session:
        _known(session, person)
        try:
            is_done = session.desk.accounts.disable(person)
        except RefusalError as error:
            return _refused(session, error)
        return _said(session, "user_disabled" if is_done else "user_was_disabled", person=person)


@asks(app, "appoint")
def appoint(
    setting: Setting, given: Reading, person: Who, post: Where, *, from_on: FromOn = None,
    to_on: ToOn = None, acting: Acting = False,
) -> Done:  # fmt: skip
    """Put a person into a post; the post of an administrator is made where there is none."""
    with opened(setting, given) as session:
        _known(session, person)
        people = session.desk.people
        try:
            if post in administrators.KINDS:
                people.office(post, session.say.say(f"office.{post}"), _actor())
            people.appoint(person, post, _actor(), from_on, to_on, acting=acting)
        except RefusalError as error:
            return _refused(session, error)
        return _said(session, "user_appointed", person=person, post=post)


@asks(app, "relieve")
def relieve(
    setting: Setting, given: Reading, person: Who, post: Where, *, to_on: LastOn = None
) -> Done:
    """End a person's time in a post."""
    with opened(setting, given) as session:
        on = to_on or session.today()
        try:
            is_done = session.desk.people.relieve(person, post, on, _actor())
        except RefusalError as error:
            return _refused(session, error)
        said = "user_relieved" if is_done else "user_not_in"
        facts = {"on": on.isoformat()} if is_done else {}
        _said(session, said, person=person, post=post, **facts)
        return DONE if is_done else REFUSED


@reads(app, "list")
def list_(session: Session) -> Done:
    """List the accounts."""
    people, say = session.desk.people, session.say
    rows = [
        {"person": one.person, "name": one.name, "enabled": one.disabled_at is None,
         "factor": one.totp is not None,
         "posts": [post.code for post in people.posts_of(one.person)]}
        for one in session.desk.accounts.all()
    ]  # fmt: skip
    heads = [say.say(f"people.{key}") for key in ("account", "name", "state", "their_posts")]
    lines = [
        (row["person"], row["name"],
         say.say("people.enabled" if row["enabled"] else "people.disabled"),
         " ".join(row["posts"]) or None)  # type: ignore[arg-type]  # a list of codes
        for row in rows
    ]  # fmt: skip
    session.answer(rows, lambda: output.table(heads, lines) if rows else say.say("line.no_users"))
    return None


def _actor() -> Actor:
    """Return who acts: whoever is signed in on the server, in no post."""
    return Actor(person=getpass.getuser(), post="system", org=administrators.NOWHERE, channel="cli")


def _accounts(session: Session) -> set[str]:
    return {one.person for one in session.desk.accounts.all()}


def _known(session: Session, person: str) -> None:
    if person not in _accounts(session):
        raise WrongError("no_account", person=person)


def _said(session: Session, key: str, **facts: str) -> Done:
    session.answer(facts, lambda: session.say.say(f"line.{key}", **facts))
    return None


def _refused(session: Session, error: RefusalError) -> int:
    for reason in error.reasons:
        facts = dict(reason.facts)
        if "kind" in facts:
            facts["kind"] = session.say.say(f"office.{facts['kind']}")
        output.tell(session.say.say(f"refused.{reason.code}", **facts))
    return REFUSED


def password_of(say: Words, person: str) -> str:
    """Return a new password: typed twice without an echo, or one line of standard input.

    Raises:
        WrongError: the two differ, or there is none.
    """
    if not sys.stdin.isatty():
        line = sys.stdin.readline().rstrip("\r\n")
        if not line:
            raise WrongError("no_password")
        return line
    first = getpass.getpass(say.say("line.ask_password", person=person))
    if first != getpass.getpass(say.say("line.ask_again")):
        raise WrongError("passwords_differ")
    return first
