"""What holds for a whole call of the terminal: its language, and whether faults show their trace.

Both may stand anywhere on the command line, so they are taken off before the verbs are read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cli.errors import WrongError
from templates.catalogue import LOCALES

LANGUAGE = "SHIDIAN_LANG"
LANG, DEBUG, END = "--lang", "--debug", "--"


@dataclass(frozen=True, slots=True)
class Setting:
    """The language of everything that is said, and whether an unexpected fault is shown whole."""

    locale: str = LOCALES[0]
    is_debug: bool = False


def take(args: Sequence[str], environment: Mapping[str, str]) -> tuple[Setting, list[str]]:
    """Return the setting of a call, and its arguments without it.

    Raises:
        WrongError: a language that the product does not speak.
    """
    own, rest = _split(args)
    wanted = _language(own) or environment.get(LANGUAGE) or LOCALES[0]
    return Setting(_locale(wanted), DEBUG in own), rest


def _split(args: Sequence[str]) -> tuple[list[str], list[str]]:
    own: list[str] = []
    rest: list[str] = []
    given = iter(args)
    for arg in given:
        if arg == END:
            return own, [*rest, END, *given]
        if arg == LANG:
            own += [arg, next(given, "")]
        elif arg == DEBUG or arg.startswith(f"{LANG}="):
            own.append(arg)
        else:
            rest.append(arg)
    return own, rest


def _language(own: Sequence[str]) -> str | None:
    for place, arg in enumerate(own):
        if arg == LANG:
            return own[place + 1]
        if arg.startswith(f"{LANG}="):
            return arg.partition("=")[2]
    return None


def _locale(wanted: str) -> str:
    """Return the language asked for; ``zh_CN.UTF-8`` of an environment is ``zh``."""
    found = wanted.replace("-", "_").partition("_")[0].lower()
    if found not in LOCALES:
        raise WrongError("language", given=wanted, choices=", ".join(LOCALES))
    return found
