"""The last stop of every error: one answer on stderr, one exit code, and no trace unless asked."""

import io
import os
import sys
import traceback
from collections.abc import Mapping
from typing import Any

import typer
from rich.text import Text

from cli import output
from cli.errors import DONE, FAULT, REFUSED, USAGE, exit_code
from cli.setting import Setting
from cli.words import sentence, speech
from engine.core.errors import ShidianError
from templates.words import Words

DRIVERS = frozenset({"OperationalError", "DatabaseError", "InterfaceError", "ProgrammingError"})
"""Errors of a database driver, which PEP 249 names; no driver is imported here to know them."""

USAGE_KEYS: Mapping[str, str] = {
    "MissingParameter": "missing",
    "NoSuchOption": "no_option",
    "BadParameter": "bad_value",
    "BadOptionUsage": "option_value",
}
"""What typer found wrong with the command line, by the name of its error."""


def told(error: Exception, setting: Setting) -> int:
    """Say what went wrong on stderr and return the exit code.

    Args:
        error: any error.
        setting: the call's; an unexpected error is shown with its trace when it is in debug.
    """
    say = speech(setting.locale)
    if isinstance(error, ShidianError):
        _say(say, sentence(say, error))
        return exit_code(error)
    if isinstance(error, typer.Abort):
        return REFUSED
    if isinstance(error, typer.TyperException):
        return _usage(say, error)
    if setting.is_debug:
        sys.stderr.write("".join(traceback.format_exception(error)))
    if type(error).__name__ in DRIVERS:
        _say(say, say.say("wrong.driver", detail=_first_line(error)))
        return USAGE
    _say(say, say.say("wrong.fault", kind=type(error).__name__, detail=_first_line(error)))
    return FAULT


def _say(say: Words, text: str) -> None:
    output.tell(Text.assemble((say.say("line.error"), "bold red"), " ", text))


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or ["-"])[0]


def _usage(say: Words, error: Any) -> int:
    """Say what is wrong with the command line, in the words of the catalogue."""
    name = type(error).__name__
    if name == "NoArgsIsHelpError":
        sys.stderr.write(f"{error.ctx.get_help()}\n")
        return USAGE
    param = getattr(error, "param", None)
    facts = {
        "param": _named(param), "option": getattr(error, "option_name", ""),
        "detail": error.message, "near": ", ".join(getattr(error, "possibilities", None) or ()),
    }  # fmt: skip
    _say(say, say.say(f"wrong.{USAGE_KEYS.get(name, 'usage')}", **facts))
    ctx = getattr(error, "ctx", None)
    if ctx is not None:
        output.tell(Text(say.say("line.try_help", command=ctx.command_path), "dim"))
    return USAGE


def _named(param: Any) -> str:
    if param is None:
        return "-"
    if param.param_type_name == "argument":
        return str(param.metavar or param.name.upper())
    return str(param.opts[0])


def reader_left() -> int:
    """End quietly when whoever read our output has gone, as ``head`` does."""
    # What is still buffered would fail again when Python closes the stream at the end.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def make_streams_safe() -> None:
    """Let a stream that cannot write a character write its escape: no name may end a call."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
