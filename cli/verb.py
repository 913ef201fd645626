"""Declaring verbs: a function of a session becomes a command with the options that verbs share."""

import inspect
import os
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

import typer

from cli import output, stores
from cli.help import Branch, Leaf, setting_of
from cli.options import Acting, Alone, Reading
from cli.session import Session, opened
from cli.setting import Setting

Done = int | None
"""What a verb returns: an exit code, None for done."""

Verb = TypeVar("Verb", bound=Callable[..., Done])
Own = Mapping[str, Any]
Call = Callable[[Callable[..., Done], Setting, Any, Own], Done]
"""How a verb is called: with the setting, the options of its kind, and its own values."""

VARIABLES: Mapping[str, str] = {"db": stores.VARIABLE, "post": "SHIDIAN_AS"}
"""Options that may stand in the environment."""


def branch(name: str) -> typer.Typer:
    """Return a word that verbs are declared below."""
    return typer.Typer(name=name, cls=Branch, add_completion=False, no_args_is_help=True)


def leaf(name: str) -> typer.Typer:
    """Return a word that is itself a verb."""
    return typer.Typer(name=name, add_completion=False)


def reads(app: typer.Typer, name: str, kind: type[Reading] = Reading) -> Callable[[Verb], Verb]:
    """Declare a verb of a `Session` that reads; ``--at`` pretends that it is that moment."""
    return _declare(app, name, kind, _read, 1)


def acts(app: typer.Typer, name: str) -> Callable[[Verb], Verb]:
    """Declare a verb of a `Session` that changes something.

    ``--at`` moves a simulated clock there; in a dry run it pretends, and nothing is written.
    """
    return _declare(app, name, Acting, _act, 1)


def asks(app: typer.Typer, name: str) -> Callable[[Verb], Verb]:
    """Declare a verb of a `Setting` and `Reading`, which opens what it needs by itself."""
    return _declare(
        app, name, Reading, lambda verb, setting, given, own: verb(setting, given, **own), 2
    )


def alone(app: typer.Typer, name: str) -> Callable[[Verb], Verb]:
    """Declare a verb of a `Setting` only, which shares no options with others."""
    return _declare(app, name, Alone, lambda verb, setting, _, own: verb(setting, **own), 1)


def _read(verb: Callable[..., Done], setting: Setting, given: Reading, own: Own) -> Done:
    with opened(setting, given) as session:
        session.pretend()
        return verb(session, **own)


def _act(verb: Callable[..., Done], setting: Setting, given: Acting, own: Own) -> Done:
    with opened(setting, given) as session:
        if given.dry_run:
            session.pretend()
        else:
            _move(session)
        return verb(session, **own)


def _move(session: Session) -> None:
    """Move a simulated clock where that is asked for, and say what fell due on the way."""
    swept = session.move()
    if swept is not None:
        facts = {"n": swept.notices, "opened": swept.opened, "merged": swept.merged}
        output.tell(session.say.say("line.moved", at=session.today(), **facts))


def _declare(
    app: typer.Typer, name: str, kind: type[Alone], call: Call, skipped: int
) -> Callable[[Verb], Verb]:
    def declare(verb: Verb) -> Verb:
        app.command(name, cls=Leaf)(_command(verb, kind, call, skipped))
        return verb

    return declare


def _command(
    verb: Callable[..., Done], kind: type[Alone], call: Call, skipped: int
) -> Callable[..., Done]:
    """Return a function with the parameters of a verb and of its kind, as typer reads them."""
    names = [field.name for field in fields(kind)]

    def command(ctx: typer.Context, **values: Any) -> Done:
        given = kind(**{name: values.pop(name) for name in names})
        return call(verb, setting_of(ctx), _from_environment(given), values)

    own = list(inspect.signature(verb).parameters.values())[skipped:]
    both = [*own, *inspect.signature(kind).parameters.values()]
    parameters = [
        inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context),
        *(each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in both),
    ]
    vars(command)["__signature__"] = inspect.Signature(parameters)
    command.__annotations__ = {each.name: each.annotation for each in parameters}
    return command


def _from_environment(given: Alone) -> Alone:
    found = {
        name: os.environ[variable]
        for name, variable in VARIABLES.items()
        if getattr(given, name, "") is None and os.environ.get(variable)
    }
    return replace(given, **found)
