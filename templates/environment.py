"""The one Jinja environment: sandboxed, strict about names, escaping wherever markup is made."""

import unicodedata
from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

FOLDER = Path(__file__).parent
"""Where templates lie: ``notices/`` (checked against the allow-list) and ``documents/``."""

_MARKUP = (".html", ".svg", ".html.j2", ".svg.j2")
_TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
"""Bidirectional classes of the characters that change the direction of the text after them."""


def _is_unprintable(character: str) -> bool:
    if character in "\t\n\r":
        return False
    is_code = unicodedata.category(character) in ("Cc", "Cs") or character in "\ufffe\uffff"
    return is_code or unicodedata.bidirectional(character) in _TURNING


_SUSPECTS = (*range(0xA0), *range(0x2000, 0x2070), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
_CONTROLS = dict.fromkeys(code for code in _SUSPECTS if _is_unprintable(chr(code)))


def printable(value: object) -> object:
    """Return a value to be written; text loses what XML forbids and what turns its direction."""
    return value.translate(_CONTROLS) if isinstance(value, str) else value


def one_line(value: str) -> str:
    """Return a text as one line of printable characters: a fact never breaks a line of ours."""
    return " ".join(str(printable(value)).split())


def _escapes(name: str | None) -> bool:
    return name is not None and name.endswith(_MARKUP)


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """Return the environment, made once."""
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(FOLDER, encoding="utf-8"),
        undefined=StrictUndefined,
        autoescape=_escapes,
        finalize=printable,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def render(name: str, facts: dict[str, object]) -> str:
    """Return a document of ours, filled; the name is its path below `FOLDER`.

    Raises:
        jinja2.UndefinedError: the document names a fact that is not given.
    """
    return environment().get_template(name).render(facts)
