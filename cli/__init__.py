"""The terminal: ``shidian VERB …``, or ``python -m cli``."""

import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import metadata
from typing import Annotated, Any

import typer
from typer.main import get_command

from cli import faults
from cli.errors import DONE, INTERRUPTED
from cli.help import Branch, Context, Leaf
from cli.setting import Setting, take

VERBS: Mapping[str, tuple[str, ...]] = {
    "demo": ("cli.verbs.demo",),
    "up": ("cli.verbs.up",),
    "user": ("cli.verbs.user",),
    "doctor": ("cli.verbs.doctor",),
    "programme": ("cli.verbs.programme",),
    "project": ("cli.verbs.project", "cli.verbs.project_acts", "cli.verbs.project_sheets"),
    "task": ("cli.verbs.task", "cli.verbs.task_judging"),
    "extension": ("cli.verbs.extension",),
    "waiver": ("cli.verbs.waiver",),
    "entry": ("cli.verbs.entry",),
    "notice": ("cli.verbs.notice", "cli.verbs.notice_why"),
    "post": ("cli.verbs.post",),
    "calendar": ("cli.verbs.calendar", "cli.verbs.calendar_changes"),
    "deadline": ("cli.verbs.deadline",),
    "workflow": ("cli.verbs.workflow",),
    "audit": ("cli.verbs.audit",),
    "sweep": ("cli.verbs.sweep",),
    "worker": ("cli.verbs.worker",),
    "clock": ("cli.verbs.clock",),
    "token": ("cli.verbs.token",),
    "webhook": ("cli.verbs.webhook",),
    "db": ("cli.verbs.db",),
}
"""The first word and the modules behind it; the first of them holds the word.

They are loaded when the word is used: the database layer alone takes 0.7 s to load, which
``--help``, ``--version`` and completion by the Tab key must not wait for.
"""

PROGRAM = "shidian"
COMPLETION = "_SHIDIAN_COMPLETE"


class Root(Branch):
    """The program itself; its verbs are loaded one at a time."""

    def list_commands(self, ctx: Context) -> list[str]:
        """Return the first words."""
        return list(VERBS)

    is_offering = False

    def shell_complete(self, ctx: Context, incomplete: str) -> list[Any]:
        """Offer the first words without loading what stands behind them."""
        self.is_offering = True
        return super().shell_complete(ctx, incomplete)

    def get_command(self, ctx: Context, cmd_name: str) -> Any:
        """Return the command behind a first word, None when there is none."""
        if self.is_offering:
            return self.commands.setdefault(cmd_name, Leaf(cmd_name))
        return _command(cmd_name)


@cache
def _command(word: str) -> Any:
    modules = [importlib.import_module(name) for name in VERBS.get(word, ())]
    return get_command(modules[0].app) if modules else None


app = typer.Typer(name=PROGRAM, cls=Root)


@app.callback(invoke_without_command=True)
def _program(
    ctx: typer.Context, *, version: Annotated[bool, typer.Option("--version")] = False
) -> None:
    if version:
        sys.stdout.write(f"{PROGRAM} {_version()}\n")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        sys.stdout.write(f"{ctx.get_help()}\n")


def _version() -> str:
    try:
        return metadata.version(PROGRAM)
    except metadata.PackageNotFoundError:
        return "(source)"


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out a command line.

    Args:
        argv: the words after the program's name; those of the process when None.

    Returns:
        0 done, 1 refused, 2 wrong usage or malformed file, 3 conflict, 4 integrity broken,
        70 a fault of the product, 130 interrupted.
    """
    faults.make_streams_safe()
    setting = Setting()
    try:
        setting, args = take(sys.argv[1:] if argv is None else argv, os.environ)
        return _carry_out(setting, args)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return faults.reader_left()
    except Exception as error:  # noqa: BLE001  # the top of the terminal: nothing may escape as a trace
        return faults.told(error, setting)


def _carry_out(setting: Setting, args: Sequence[str]) -> int:
    program = get_command(app)
    try:
        if COMPLETION in os.environ:
            program.main(list(args), prog_name=PROGRAM)
        with program.make_context(PROGRAM, list(args), obj=setting) as ctx:
            return program.invoke(ctx) or DONE
    except typer.Exit as done:
        return done.exit_code
    except SystemExit as done:  # typer ends its own completion commands in this way
        return done.code if isinstance(done.code, int) else DONE
