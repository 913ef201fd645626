"""The help of every verb: one sentence, an example, what can be given; in the caller's language."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

import typer
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from typer.core import TyperCommand, TyperGroup

from cli.errors import WrongError
from cli.options import COMMON
from cli.setting import Setting
from cli.words import speech
from templates.words import Words

WIDTH = 100
Param = Any
Context = Any
"""Of a command; typer names the classes that its own are made from in a private module only."""


class Leaf(TyperCommand):
    """A verb that does something."""

    allow_extra_args = True  # so that they are refused below, in the caller's language

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the arguments; a word too many is refused."""
        left = super().parse_args(ctx, args)
        if left and not ctx.resilient_parsing:
            raise WrongError("extra", given=" ".join(left), command=ctx.command_path)
        return left

    def format_help(self, ctx: Context, formatter: Any) -> None:
        """Write the help: sentence, example, arguments, own options, options that verbs share."""
        say, verb = _say(ctx), verb_of(ctx)
        shown = [param for param in self.get_params(ctx) if not getattr(param, "hidden", False)]
        arguments = [param for param in shown if param.param_type_name == "argument"]
        options = [param for param in shown if param.param_type_name == "option"]
        own = [param for param in options if param.name not in COMMON]
        shared = [param for param in options if param.name in COMMON]
        parts = [_usage(say, ctx, [*arguments, *options]), *_lead(say, verb)]
        for title, params in (("arguments", arguments), ("options", own), ("shared", shared)):
            if params:
                parts.append(_section(say, title, [_row(say, verb, each) for each in params]))
        formatter.write(_rendered(parts))


class Branch(TyperGroup):
    """A word with verbs below it."""

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the verb below; one that is not there is refused with those that are near."""
        name = args[0]
        if self.get_command(ctx, name) is None and not ctx.resilient_parsing:
            known = self.list_commands(ctx)
            near = get_close_matches(name, known) or known
            raise WrongError("no_verb", given=name, near=", ".join(near), command=ctx.command_path)
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: Context, incomplete: str) -> list[Any]:
        """Offer the verbs below, each with its sentence where a shell shows one."""
        say = _say(ctx)
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            key = ".".join(["verb", *verb_of(ctx).split(), name, "help"])
            if command is not None:
                command.short_help = say.say(key)
        return super().shell_complete(ctx, incomplete)

    def format_help(self, ctx: Context, formatter: Any) -> None:
        """Write the help: sentence, the verbs below with theirs, and the options of the word."""
        say, verb = _say(ctx), verb_of(ctx)
        below = [*verb.split(), "{}"]
        rows = [
            (name, say.say(f"verb.{'.'.join(below).format(name)}.help"))
            for name in self.list_commands(ctx)
        ]
        parts = [_usage(say, ctx, []), *_lead(say, verb), _section(say, "verbs", rows)]
        params = [param for param in self.get_params(ctx) if param.name != "help" or not verb]
        if params:
            options = [_row(say, verb, param) for param in params]
            parts.append(_section(say, "options", [*options, *(_global(say) if not verb else [])]))
        if not verb:
            parts.append(Text(say.say("help.exit_codes")))
        formatter.write(_rendered(parts))


def verb_of(ctx: typer.Context) -> str:
    """Return the words after the program's name: ``project act``, empty at the top."""
    return ctx.command_path.partition(" ")[2]


def setting_of(ctx: typer.Context) -> Setting:
    """Return the setting of the call; the usual one while a shell completes words."""
    return ctx.obj if isinstance(ctx.obj, Setting) else Setting()


def _say(ctx: typer.Context) -> Words:
    return speech(setting_of(ctx).locale)


def _usage(say: Words, ctx: typer.Context, params: Iterable[Param]) -> RenderableType:
    params = list(params)
    pieces = [_place(param) for param in params if param.param_type_name == "argument"]
    if isinstance(ctx.command, TyperGroup):
        pieces.append(say.say("help.verb"))
    if any(param.param_type_name == "option" for param in params):
        pieces.append(say.say("help.option"))
    line = " ".join([ctx.command_path, *pieces])
    return Text(say.say("help.usage", line=line), "bold")


def _place(param: Param) -> str:
    name = param.metavar or str(param.name).upper()
    shown = f"{name}..." if param.nargs == -1 else name
    return shown if param.required else f"[{shown}]"


def _lead(say: Words, verb: str) -> list[RenderableType]:
    key = ".".join(["verb", *verb.split()])
    lead: list[RenderableType] = [Text(say.say(f"{key}.help"))]
    if say.has(f"{key}.more"):
        lead.append(Text(say.say(f"{key}.more")))
    if say.has(f"{key}.example"):
        example = Text(say.say(f"{key}.example"), style="cyan")
        lead.append(Group(Text(say.say("help.example"), "bold"), Padding(example, (0, 0, 0, 2))))
    return lead


def _section(say: Words, title: str, rows: Iterable[tuple[str, str]]) -> RenderableType:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(overflow="fold")
    for name, text in rows:
        table.add_row(Text(name), Text(text))
    return Group(Text(say.say(f"help.{title}"), "bold"), Padding(table, (0, 0, 0, 2)))


def _row(say: Words, verb: str, param: Param) -> tuple[str, str]:
    if param.param_type_name == "argument":
        return _place(param), about(say, verb, param)
    value = "" if param.is_flag else f" {param.metavar or 'TEXT'}"
    names = ", ".join([*param.opts, *param.secondary_opts])
    return f"{names}{value}", about(say, verb, param)


def about(say: Words, verb: str, param: Param) -> str:
    """Return what a parameter of a verb is for."""
    own = ".".join(["param_of", *verb.split(), str(param.name)])
    return say.say(own if say.has(own) else f"param.{param.name}")


def _global(say: Words) -> list[tuple[str, str]]:
    return [("--lang zh|en", say.say("param.lang")), ("--debug", say.say("param.debug"))]


def _rendered(parts: Iterable[RenderableType]) -> str:
    console = Console(markup=False, highlight=False, emoji=False)
    console.width = min(console.width, WIDTH) if console.is_terminal else WIDTH
    with console.capture() as caught:
        for place, part in enumerate(parts):
            if place:
                console.print()
            console.print(part, soft_wrap=False)
    return "\n".join(line.rstrip() for line in caught.get().split("\n"))
