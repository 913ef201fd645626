"""Every command of the terminal, from the program itself and its English texts."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from cli import PROGRAM, app
from cli.help import about
from cli.options import COMMON, Acting, Reading
from cli.words import speech
from docs.parts.markdown import code, codes, table
from templates.words import Words

Param = Any
"""A parameter of a command; typer names its class in a private module only."""


@cache
def tree() -> dict[str, dict[str, Any]]:
    """Return the contexts of all commands: by first word, then by the whole verb."""
    program: Any = get_command(app)
    top = typer.Context(program, info_name=PROGRAM)
    found: dict[str, dict[str, Any]] = {}
    for word in program.list_commands(top):
        command = program.get_command(top, word)
        below = typer.Context(command, info_name=word, parent=top)
        found[word] = dict(_leaves(word, command, below))
    return found


def _leaves(word: str, command: Any, ctx: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(command, TyperGroup):
        yield word, ctx
        return
    for name in command.list_commands(ctx):
        leaf: Any = command.get_command(ctx, name)
        yield f"{word} {name}", typer.Context(leaf, info_name=name, parent=ctx)


def verbs() -> set[str]:
    """Return every verb: ``project act``, ``sweep``."""
    return {verb for leaves in tree().values() for verb in leaves}


def overview() -> str:
    """Return one line for each first word."""
    say = speech("en")
    rows = [
        (code(f"{PROGRAM} {word}"), codes(verb.removeprefix(f"{word} ") for verb in leaves
                                          if verb != word), _help(say, word))
        for word, leaves in tree().items()
    ]  # fmt: skip
    return table(("Command", "Verbs", "What it is for"), rows)


def _help(say: Words, verb: str) -> str:
    return say.say(f"verb.{verb.replace(' ', '.')}.help")


def commands() -> str:
    """Return every command with its arguments and options; those that verbs share come first."""
    say = speech("en")
    parts = [_shared(say)]
    for word, leaves in tree().items():
        parts.append(f"## {PROGRAM} {word}\n\n{_help(say, word)}")
        parts += [_command(say, verb, ctx, verb == word) for verb, ctx in leaves.items()]
    return "\n\n".join(parts)


def _shared(say: Words) -> str:
    ctx = tree()["project"]["project act"]
    params = [param for param in ctx.command.get_params(ctx) if param.name in COMMON]
    reading = Reading.__slots__
    rows = [
        (_name(param), "read and act" if param.name in reading or param.name == "help" else "act",
         about(say, "project act", param))
        for param in params
    ]  # fmt: skip
    assert len(rows) == len(Acting.__match_args__) + 1  # every shared option, and help
    heads = ("Option", "Of verbs that", "Meaning")
    return f"## Options that verbs share\n\n{table(heads, rows)}"


def _command(say: Words, verb: str, ctx: Any, is_whole: bool) -> str:
    params = [param for param in ctx.command.get_params(ctx) if not getattr(param, "hidden", False)]
    key = f"verb.{verb.replace(' ', '.')}"
    own = [p for p in params if p.name not in COMMON or say.has(f"param_of{key[4:]}.{p.name}")]
    usage = " ".join([PROGRAM, verb, *(_place(p) for p in own if p.param_type_name == "argument")])
    lines = [] if is_whole else [f"### {PROGRAM} {verb}", "", _help(say, verb), ""]
    if say.has(f"{key}.more"):
        lines += [say.say(f"{key}.more"), ""]
    lines += ["```", usage, "```"]
    if say.has(f"{key}.example"):
        lines += ["", "For example:", "", "```", say.say(f"{key}.example"), "```"]
    if own:
        rows = [(_name(param), about(say, verb, param)) for param in own]
        lines += ["", table(("Argument or option", "Meaning"), rows)]
    return "\n".join(lines)


def _place(param: Param) -> str:
    name = param.metavar or str(param.name).upper()
    shown = f"{name}..." if param.nargs == -1 else name
    return shown if param.required else f"[{shown}]"


def _name(param: Param) -> str:
    if param.param_type_name == "argument":
        return code(_place(param))
    value = "" if param.is_flag else f" {param.metavar or 'TEXT'}"
    return ", ".join(code(f"{name}{value}") for name in (*param.opts, *param.secondary_opts))
