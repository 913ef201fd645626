"""``shidian token``: programs that speak for a person, made, listed and ended."""

from typing import Annotated, Any

import typer

from cli import output
from cli.errors import WrongError
from cli.forms import whole
from cli.session import Session
from cli.verb import Done, acts, branch, reads
from engine.services.tokens import LONGEST_DAYS, WALL, is_live, path_of
from engine.storage.tokens import Token

app = branch("token")

Name = Annotated[str, typer.Argument(metavar="NAME")]
Id = Annotated[str, typer.Argument(metavar="ID")]
Scopes = Annotated[list[str], typer.Option("--scope", metavar="SCOPE")]
Days = Annotated[int, typer.Option("--days", metavar="N", parser=whole)]
HEADS = ("token", "person", "post", "name", "scopes", "status")


@acts(app, "add")
def add(session: Session, name: Name, *, scope: Scopes, days: Days = LONGEST_DAYS) -> Done:
    """Make a token for the person and post given, and print it this once."""
    actor = session.actor()
    if session.acting.dry_run:
        session.answer({"dry_run": True}, lambda: session.say.say("line.would_make_token"))
        return None
    made = session.desk.tokens.add(actor.person, actor.post, name, scope, days)
    path = path_of(made.secret) if made.token.has(WALL) else None
    data = {**_data(made.token), "secret": made.secret, **({"path": path} if path else {})}
    key = "line.token_wall" if path else "line.token"
    session.answer(data, lambda: session.say.say(key, secret=made.secret, path=path))
    return None


@reads(app, "list")
def list_(session: Session) -> Done:
    """Print every token, without what its program holds."""
    found = session.desk.tokens.all()
    say, now = session.say, session.desk.tokens.now()

    def row(one: Token) -> tuple[str, ...]:
        status = say.say("line.token_live" if is_live(one, now) else "line.token_ended")
        return one.id, one.person, one.post, one.name, one.scopes, status

    heads = [say.say(f"head.{key}") for key in HEADS]
    session.answer([_data(one) for one in found], lambda: output.table(heads, map(row, found)))
    return None


@acts(app, "revoke")
def revoke(session: Session, token: Id) -> Done:
    """End a token.

    Raises:
        WrongError: there is none of that id.
    """
    if token not in {one.id for one in session.desk.tokens.all()}:
        raise WrongError("token", given=token)
    if not session.acting.dry_run:
        session.desk.tokens.revoke(token)
    data = {"id": token, "dry_run": session.acting.dry_run}
    session.answer(data, lambda: session.say.say("line.token_revoked", given=token))
    return None


def _data(one: Token) -> dict[str, Any]:
    return {
        "id": one.id, "person": one.person, "post": one.post, "name": one.name,
        "scopes": one.scopes.split(), "created_at": one.created_at, "expires_at": one.expires_at,
        "used_at": one.used_at, "revoked_at": one.revoked_at,
    }  # fmt: skip
